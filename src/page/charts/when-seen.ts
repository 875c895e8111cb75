/** What draws itself once it is seen. */
const waiting = new Set<() => void>();

// Drawing may bring more that waits to be seen.
addEventListener('beforeprint', () => {
  for (const drawOnce of waiting) drawOnce();
});

/** Draws when the element comes near what is seen, or when the page is printed: most charts never are. */
export function whenSeen(place: Element, draw: () => void): void {
  const drawOnce = (): void => {
    observer.disconnect();
    waiting.delete(drawOnce);
    draw();
  };
  const observer = new IntersectionObserver(
    (entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) drawOnce();
    },
    { rootMargin: '300px' },
  );
  observer.observe(place);
  waiting.add(drawOnce);
}
