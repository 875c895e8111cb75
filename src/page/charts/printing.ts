/** The width of a page of letter size on its side, without its margins: charts cannot ask for that of the paper. */
const PAPER_PX = 940;

let isPrinting = false;
addEventListener('beforeprint', () => (isPrinting = true));
addEventListener('afterprint', () => (isPrinting = false));

/** How wide a chart is drawn in its place. */
export function chartWidthPx(place: HTMLElement): number {
  return isPrinting ? PAPER_PX : place.clientWidth;
}

/** Calls before and after the page is printed, as long as the element is in the page. */
export function onPrinting(owner: Element, resize: () => void): void {
  const onChange = (): void => {
    if (owner.isConnected) resize();
    else stop();
  };
  const stop = (): void => {
    removeEventListener('beforeprint', onChange);
    removeEventListener('afterprint', onChange);
  };
  addEventListener('beforeprint', onChange);
  addEventListener('afterprint', onChange);
}
