import type uPlot from 'uplot';
import type { ChartModel, Panel, XAxis, XTick } from './models/chart-model.js';
import { logTicks } from './models/ticks.js';
import { tickLabel } from './models/told-values.js';
import { themeColor } from './theme.js';

const FONT = '12px system-ui, sans-serif';
const LEFT_PX = 52;
const BOTTOM_PX = 26;
/** Labels nearer to each other than this would touch. */
const LABEL_PX = 46;
/** Of seconds. */
const WHOLE_STEPS = [1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200];

export interface PanelPlace {
  readonly isLast: boolean;
  readonly isLog: boolean;
}

/** Both axes of a panel; only the last one has labels below it, all share one x axis. */
export function panelAxes(model: ChartModel, { isLast, isLog }: PanelPlace): uPlot.Axis[] {
  const common: uPlot.Axis = {
    font: FONT,
    stroke: () => themeColor('ink-soft'),
    ticks: { show: false },
    border: { show: false },
    gap: 6,
  };
  const grid = { stroke: () => themeColor('line'), width: 1 };
  const { ticks } = model.x;
  return [
    {
      ...common,
      grid: { ...grid, show: false },
      border: { show: true, stroke: () => themeColor('line'), width: 1 },
      size: isLast ? BOTTOM_PX : 4,
      space: LABEL_PX,
      ...xTicks(model.x),
      values: (_plot, splits) =>
        isLast ? splits.map((split) => labelOf(split, ticks)) : splits.map(() => ''),
    },
    {
      ...common,
      grid,
      size: LEFT_PX,
      space: 30,
      ...(isLog ? LOG_TICKS : {}),
      values: (_plot, splits) =>
        splits.map((split: number | null) => (split === null ? '' : tickLabel(split))),
    },
  ];
}

function xTicks({ ticks, isLog }: XAxis): uPlot.Axis {
  if (ticks === null) return isLog ? LOG_TICKS : { incrs: [...WHOLE_STEPS] };
  return {
    splits: (plot) => visibleTicks(plot, ticks).map(({ value }) => value),
    filter: (_plot, splits) => splits,
  };
}

/** Where a panel's y axis ends. */
export function yRange(panel: Panel, isLog: boolean): uPlot.Range.Function {
  const single = panel.series.flatMap(({ dots, behind = [] }) => [...dots.map(({ value }) => value), ...behind.flat()]);
  const [lowestSingle, highestSingle] = extremesOf(single);
  const edges = panel.heat?.heat.edgesMs;
  if (edges) return () => [isLog ? (edges[0] ?? 0.001) : 0, edges.at(-1) ?? 1];
  return (_plot, dataMin: number | null, dataMax: number | null) => {
    const highest = Math.max(panel.max ?? 0, dataMax ?? 0, highestSingle);
    if (isLog) return logRange(panel.min ?? lowerOf(dataMin, lowestSingle), highest);
    if (panel.max === 100) return [0, 104];
    return [0, highest > 0 ? highest * 1.08 : 1];
  };
}

/** Of what is above 0; without any `Infinity` and 0. */
function extremesOf(values: readonly (number | null)[]): readonly [lowest: number, highest: number] {
  return values.reduce<[number, number]>(
    ([lowest, highest], value) =>
      value === null || value <= 0
        ? [lowest, highest]
        : [Math.min(lowest, value), Math.max(highest, value)],
    [Infinity, 0],
  );
}

function lowerOf(dataMin: number | null, lowestSingle: number): number | null {
  return dataMin === null || lowestSingle === Infinity ? dataMin : Math.min(dataMin, lowestSingle);
}

/** Half a decade at least, and a little room at both ends. */
function logRange(dataMin: number | null, highest: number): [number, number] {
  const lowest = dataMin !== null && dataMin > 0 ? dataMin : Math.max(highest, 1) / 10;
  const top = Math.max(highest, lowest) * 1.3;
  return [Math.min(lowest / 1.3, top / 5), top];
}

/** uPlot's own ticks of a logarithmic axis are round only where it begins at a power of ten. */
const LOG_TICKS: uPlot.Axis = {
  splits: (plot, axis, min, max) =>
    logTicks(min, max, (axis === 0 ? plot.bbox.width : plot.bbox.height) / devicePixelRatio),
  filter: (_plot, splits) => splits,
};

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
