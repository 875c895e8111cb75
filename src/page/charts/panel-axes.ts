import type uPlot from 'uplot';
import type { ChartModel, Panel, XTick } from './models/chart-model.js';
import { tickLabel } from './models/told-values.js';
import { themeColor } from './theme.js';

const FONT = '12px system-ui, sans-serif';
const LEFT_PX = 52;
const BOTTOM_PX = 26;
/** Labels nearer to each other than this would touch. */
const LABEL_PX = 46;

export interface PanelPlace {
  readonly isLast: boolean;
  readonly isLog: boolean;
}

/** Both axes of a panel; only the last one has labels below it, all share one x axis. */
export function panelAxes({ x }: ChartModel, { isLast, isLog }: PanelPlace): uPlot.Axis[] {
  const common: uPlot.Axis = {
    font: FONT,
    stroke: () => themeColor('ink-soft'),
    ticks: { show: false },
    border: { show: false },
    gap: 6,
  };
  const grid = { stroke: () => themeColor('line'), width: 1 };
  const { ticks } = x;
  return [
    {
      ...common,
      grid: { ...grid, show: false },
      border: { show: true, stroke: () => themeColor('line'), width: 1 },
      size: isLast ? BOTTOM_PX : 4,
      space: LABEL_PX,
      ...(ticks === null ? {} : { splits: (plot) => visibleTicks(plot, ticks).map(({ value }) => value) }),
      ...(ticks === null && x.isLog ? { filter: sparseLogTicks, space: 20 } : {}),
      values: (_plot, splits) =>
        isLast ? splits.map((split) => labelOf(split, ticks)) : splits.map(() => ''),
    },
    {
      ...common,
      grid,
      size: LEFT_PX,
      space: isLog ? 16 : 30,
      ...(isLog ? { filter: sparseLogTicks } : {}),
      values: (_plot, splits) =>
        splits.map((split: number | null) => (split === null ? '' : tickLabel(split))),
    },
  ];
}

/** Where a panel's y axis ends. */
export function yRange(panel: Panel, isLog: boolean): uPlot.Range.Function {
  const highestDot = Math.max(0, ...panel.series.flatMap(({ dots }) => dots.map(({ value }) => value)));
  const edges = panel.heat?.heat.edgesMs;
  if (edges) return () => [isLog ? (edges[0] ?? 0.001) : 0, edges.at(-1) ?? 1];
  return (_plot, dataMin: number | null, dataMax: number | null) => {
    const highest = Math.max(panel.max ?? 0, dataMax ?? 0, highestDot);
    if (isLog) return logRange(dataMin, highest);
    if (panel.max === 100) return [0, 104];
    return [0, highest > 0 ? highest * 1.08 : 1];
  };
}

/** Half a decade at least, and a little room at both ends. */
function logRange(dataMin: number | null, highest: number): [number, number] {
  const lowest = dataMin !== null && dataMin > 0 ? dataMin : Math.max(highest, 1) / 10;
  const top = Math.max(highest, lowest) * 1.3;
  return [Math.min(lowest / 1.3, top / 5), top];
}

/** 1, 2 and 5 of each decade when it is few of them, else the decades alone. */
const sparseLogTicks: uPlot.Axis.Filter = (plot, splits, axis) => {
  const key = axis === 0 ? 'x' : 'y';
  const { min, max } = plot.scales[key] ?? {};
  const decades = Math.log10((max ?? 10) / (min ?? 1));
  const lengthPx = axis === 0 ? plot.bbox.width : plot.bbox.height;
  const room = lengthPx / devicePixelRatio / decades;
  const wanted = room > 110 ? [1, 2, 5] : room > 70 ? [1, 3] : [1];
  return splits.map((split) => (wanted.includes(leadingDigit(split)) ? split : null));
};

function leadingDigit(value: number): number {
  return Math.round(value / 10 ** Math.floor(Math.log10(value) + 1e-9));
}

/** Of the ticks that a chart asks for, those in sight that do not touch; the last one stays. */
function visibleTicks(plot: uPlot, ticks: readonly XTick[]): XTick[] {
  const { min, max } = plot.scales['x'] ?? {};
  const inSight = ticks.filter(({ value }) => value >= (min ?? -Infinity) && value <= (max ?? Infinity));
  const kept: XTick[] = [];
  let leftmost = Infinity;
  for (const tick of [...inSight].reverse()) {
    const place = plot.valToPos(tick.value, 'x');
    if (leftmost - place < LABEL_PX) continue;
    kept.unshift(tick);
    leftmost = place;
  }
  return kept;
}

function labelOf(split: number | null, ticks: readonly XTick[] | null): string {
  if (split === null) return '';
  return ticks?.find(({ value }) => value === split)?.label ?? tickLabel(split);
}
