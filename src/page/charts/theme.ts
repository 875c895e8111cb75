import type { SeriesStyle } from './models/chart-model.js';

/** The value of a colour of the page, as canvases need it. */
export function themeColor(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

export function seriesColor({ color }: SeriesStyle): string {
  return themeColor(color === null ? 'ink-soft' : `series-${color + 1}`);
}

export function isDark(): boolean {
  return getComputedStyle(document.documentElement).colorScheme === 'dark';
}

/** Calls whenever colours change, by hand or with the system, as long as the element is in the page. */
export function onThemeChange(owner: Element, redraw: () => void): void {
  const onChange = (): void => {
    if (owner.isConnected) redraw();
    else stop();
  };
  const watcher = new MutationObserver(onChange);
  const media = matchMedia('(prefers-color-scheme: dark)');
  const stop = (): void => {
    watcher.disconnect();
    media.removeEventListener('change', onChange);
  };
  watcher.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme', 'class'] });
  media.addEventListener('change', onChange);
}
