import { addMarker } from './draw-marker.js';
import { button, element } from './element.js';
import type { ChartModel, Series } from './models/chart-model.js';
import { seriesColor, themeColor } from './theme.js';

export interface Legend {
  readonly root: HTMLElement;
  /** Draws the samples of the lines anew, in the colours of the page. */
  redraw(): void;
}

/** A button for each key that shows or hides its lines; `hidden` is changed in place. */
export function legendOf(model: ChartModel, hidden: Set<string>, onToggle: () => void): Legend {
  const byKey = new Map<string, Series>();
  for (const series of model.panels.flatMap((panel) => panel.series)) {
    if (!byKey.has(series.key)) byKey.set(series.key, series);
  }
  const entries = [...byKey].map(([key, series]) => entryOf(key, series, hidden, onToggle));
  const setAll = (isShown: boolean): void => {
    for (const key of byKey.keys())
      if (isShown) hidden.delete(key);
      else hidden.add(key);
    entries.forEach(({ update }) => update());
    onToggle();
  };
  const all =
    byKey.size < 6
      ? []
      : [
          button('All', { class: 'chart-legend-all' }, () => setAll(true)),
          button('None', { class: 'chart-legend-all' }, () => setAll(false)),
        ];
  const root = element(
    'div',
    { class: 'chart-legend', role: 'group', 'aria-label': 'Series' },
    ...entries.map(({ root: one }) => one),
    ...all,
  );
  return { root, redraw: () => entries.forEach(({ redraw }) => redraw()) };
}

function entryOf(key: string, series: Series, hidden: Set<string>, onToggle: () => void) {
  const sample = element('canvas', { class: 'chart-sample', 'aria-hidden': 'true' });
  const update = (): void => root.setAttribute('aria-pressed', String(!hidden.has(key)));
  const root = button('', { class: 'chart-key', title: key }, () => {
    if (!hidden.delete(key)) hidden.add(key);
    update();
    onToggle();
  });
  root.append(sample, element('span', {}, key));
  const redraw = (): void => drawSample(sample, series);
  update();
  redraw();
  return { root, update, redraw };
}

const WIDTH_PX = 22;
const HEIGHT_PX = 12;

function drawSample(canvas: HTMLCanvasElement, { style }: Series): void {
  const ratio = devicePixelRatio;
  canvas.width = WIDTH_PX * ratio;
  canvas.height = HEIGHT_PX * ratio;
  const context = canvas.getContext('2d');
  if (!context) return;
  const middle = (HEIGHT_PX * ratio) / 2;
  context.strokeStyle = style.color === null ? themeColor('ink-soft') : seriesColor(style);
  context.fillStyle = context.strokeStyle;
  context.lineWidth = 2 * ratio;
  if (style.color === null) context.setLineDash([5 * ratio, 3 * ratio]);
  if (style.line === 'dotted') context.setLineDash([2 * ratio, 3 * ratio]);
  context.beginPath();
  context.moveTo(0, middle);
  context.lineTo(WIDTH_PX * ratio, middle);
  context.stroke();
  if (!style.hasMarkers) return;
  context.beginPath();
  addMarker(context, style.color ?? 0, { x: (WIDTH_PX * ratio) / 2, y: middle, radius: 4 * ratio });
  context.fill();
}
