import { button, element, type Attributes } from './element.js';
import type { ChartModel, Series } from './models/chart-model.js';
import { markerCorners } from './models/marker-shapes.js';

/** A button for each key that shows or hides its lines; `hidden` is changed in place. */
export function legendOf(model: ChartModel, hidden: Set<string>, onToggle: () => void): HTMLElement {
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
  return element(
    'div',
    { class: 'chart-legend', role: 'group', 'aria-label': 'Series' },
    ...entries.map(({ root: one }) => one),
    ...all,
  );
}

function entryOf(key: string, series: Series, hidden: Set<string>, onToggle: () => void) {
  const update = (): void => root.setAttribute('aria-pressed', String(!hidden.has(key)));
  const root = button('', { class: 'chart-key', title: key }, () => {
    if (!hidden.delete(key)) hidden.add(key);
    update();
    onToggle();
  });
  root.append(sampleOf(series), element('span', {}, key));
  update();
  return { root, update };
}

const SVG = 'http://www.w3.org/2000/svg';
const WIDTH_PX = 22;
const HEIGHT_PX = 12;
const RADIUS_PX = 4;
const DASHES: Readonly<Record<Series['style']['line'], string>> = { solid: '', dashed: '5 3', dotted: '2 3' };

/** The line as it is drawn, in the colours of the page. */
function sampleOf({ style }: Series): SVGElement {
  const { color } = style;
  const paint = color === null ? 'var(--ink-soft)' : `var(--series-${color + 1})`;
  const middle = { x: WIDTH_PX / 2, y: HEIGHT_PX / 2 };
  const line = shape('path', {
    d: `M0 ${middle.y}H${WIDTH_PX}`,
    'stroke-width': '2',
    'stroke-dasharray': DASHES[style.line],
  });
  // Set so, since the page's policy forbids style attributes.
  line.style.stroke = paint;
  const marker = style.hasMarkers ? [markerOf(color ?? 0, middle, paint)] : [];
  const sample = shape('svg', {
    class: 'chart-sample',
    viewBox: `0 0 ${WIDTH_PX} ${HEIGHT_PX}`,
    'aria-hidden': 'true',
  });
  sample.append(line, ...marker);
  return sample;
}

function markerOf(color: number, { x, y }: { x: number; y: number }, paint: string): SVGElement {
  const corners = markerCorners(color);
  const points = corners.map(([right, down]) => `${x + right * RADIUS_PX},${y + down * RADIUS_PX}`);
  const marker =
    corners.length === 0
      ? shape('circle', { cx: String(x), cy: String(y), r: String(RADIUS_PX) })
      : shape('polygon', { points: points.join(' ') });
  marker.style.fill = paint;
  return marker;
}

function shape(name: 'svg' | 'path' | 'circle' | 'polygon', attributes: Attributes): SVGElement {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}
