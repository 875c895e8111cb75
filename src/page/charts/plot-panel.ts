import uPlot from 'uplot';
import type { ChartModel, Panel, Series } from './models/chart-model.js';
import { paintBehind, paintHeat, paintPanel } from './paint-panel.js';
import { panelAxes, yRange, type PanelPlace } from './panel-axes.js';
import { seriesColor, themeColor } from './theme.js';

export interface PanelEvents {
  /** The cursor stands at a position of the x axis, or nowhere. */
  readonly onCursor: (plot: uPlot, at: number | null) => void;
  readonly onZoom: (min: number, max: number) => void;
  readonly onReset: () => void;
  readonly isHidden: (key: string) => boolean;
}

interface Line {
  readonly series: Series;
  readonly values: (number | null)[];
  readonly areBounds: boolean;
}

const DASHES: Readonly<Record<Series['style']['line'], number[]>> = {
  solid: [],
  dashed: [7, 5],
  dotted: [2, 4],
};
const BOUND_DASH = [2, 3];

/** Draws one panel of a chart. */
export function plotPanel(
  model: ChartModel,
  panel: Panel,
  place: PanelPlace & { readonly widthPx: number; readonly parent: HTMLElement },
  events: PanelEvents,
): uPlot {
  const lines = panel.series.flatMap(linesOf);
  const plot = new uPlot(
    {
      width: place.widthPx,
      height: panel.heightPx + (place.isLast ? 22 : 0),
      padding: [8, 14, 0, 0],
      legend: { show: false },
      cursor: cursorOf(model, lines),
      scales: {
        x: withKind({ time: false, range: (_plot, min, max) => [min, max] }, model.x.isLog),
        y: withKind({ range: yRange(panel, place.isLog) }, place.isLog),
      },
      axes: panelAxes(model, place),
      series: [{}, ...lines.map((line) => lineOptions(line, panel, events))],
      hooks: {
        drawClear: [
          (self) => panel.heat && paintHeat(self, panel.heat),
          (self) => paintBehind(self, model.xs, panel, events.isHidden),
        ],
        draw: [(self) => paintPanel(self, model, panel, events.isHidden)],
        setCursor: [(self) => events.onCursor(self, self.cursor.idx ?? null)],
        setSelect: [(self) => zoomTo(self, events)],
      },
    },
    dataOf(model, lines, place.isLog),
    place.parent,
  );
  plot.over.addEventListener('dblclick', events.onReset);
  return plot;
}

/** Hides or shows what the legend turned off or on. */
export function showSeries(plot: uPlot, panel: Panel, isHidden: (key: string) => boolean): void {
  const lines = panel.series.flatMap(linesOf);
  plot.batch(() => {
    lines.forEach(({ series }, at) => plot.setSeries(at + 1, { show: !isHidden(series.key) }));
  });
}

function cursorOf({ xs }: ChartModel, lines: readonly Line[]): uPlot.Cursor {
  return {
    y: false,
    // The zoom is applied to all panels, by the chart.
    drag: { x: true, y: false, setScale: false, dist: 5 },
    bind: { dblclick: () => null },
    // What is told belongs to a point, so the cursor stands at it.
    move: (plot, left, top) => [left < 0 ? left : plot.valToPos(xs[plot.posToIdx(left)] ?? 0, 'x'), top],
    points: {
      size: 8,
      width: 2,
      stroke: (_plot, at) => colorAt(lines[at - 1]?.series),
      fill: () => themeColor('paper'),
    },
  };
}

function withKind(scale: uPlot.Scale, isLog: boolean): uPlot.Scale {
  // uPlot's numbers for linear and logarithmic; it exports their names as types only.
  return Object.assign({ distr: isLog ? 3 : 1 }, scale);
}

function colorAt(series: Series | undefined): string {
  return series ? seriesColor(series.style) : themeColor('ink-soft');
}

function lineOptions({ series, areBounds }: Line, panel: Panel, { isHidden }: PanelEvents): uPlot.Series {
  const { style, key } = series;
  return {
    show: !isHidden(key),
    stroke: () => (panel.heat || style.isAcross === true ? 'transparent' : colorAt(series)),
    width: style.color === null ? 1.25 : 2,
    dash: areBounds ? BOUND_DASH : DASHES[style.line],
    points: { show: false },
    ...(style.isHistogram === true
      ? {
          paths: stepped(),
          fill: () => `color-mix(in srgb, ${colorAt(series)} 25%, transparent)`,
          width: 1.25,
        }
      : {}),
  };
}

function stepped(): uPlot.Series.PathBuilder {
  const build = uPlot.paths.stepped;
  if (!build) throw new Error('uPlot was built without stepped paths');
  return build({ align: 1 });
}

/** A line that turns into lower bounds is two: the solid one, and a fine one that goes on from its end. */
function linesOf(series: Series): Line[] {
  const { values, bounds, style } = series;
  const from = bounds.indexOf(true);
  const whole: Line = { series, values: [...values], areBounds: false };
  if (style.hasMarkers || from === -1) return [whole];
  return [
    { ...whole, values: values.map((value, at) => (at < from ? value : null)) },
    { ...whole, values: values.map((value, at) => (at >= from - 1 ? value : null)), areBounds: true },
  ];
}

function dataOf({ xs }: ChartModel, lines: readonly Line[], isLog: boolean): uPlot.AlignedData {
  // There is no place for 0 on a logarithmic scale.
  const drawn = (value: number | null): number | null =>
    isLog && value !== null && value <= 0 ? null : value;
  return [[...xs], ...lines.map(({ values }) => values.map(drawn))];
}

function zoomTo(plot: uPlot, { onZoom }: PanelEvents): void {
  const { left, width } = plot.select;
  if (width < 2) return;
  const [min, max] = [plot.posToVal(left, 'x'), plot.posToVal(left + width, 'x')];
  plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
  onZoom(min, max);
}
