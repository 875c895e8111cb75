/** Draws when the element comes near what is seen, or when the page is printed: most charts never are. */
export function whenSeen(place: Element, draw: () => void): void {
  const drawOnce = (): void => {
    observer.disconnect();
    removeEventListener('beforeprint', drawOnce);
    draw();
  };
  const observer = new IntersectionObserver(
    (entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) drawOnce();
    },
    { rootMargin: '300px' },
  );
  observer.observe(place);
  addEventListener('beforeprint', drawOnce);
}
