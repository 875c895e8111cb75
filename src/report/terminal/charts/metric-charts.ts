import { formatFigure, percent } from '../../../kernel/format.js';
import {
  CELL_METRICS,
  type CellMetric,
  type CellMetricId,
  type Figure,
} from '../../../model/cell-metrics.js';
import { LEAST_ANSWERED_SHARE } from '../../../model/verdict.js';
import type { ReportCell } from '../../../model/report.js';
import type { GridLoad } from '../../../model/grid-load.js';
import {
  achievedShare,
  keepsUp,
  metricOf,
  worstVerdict,
  type GridEndpoint,
} from '../../../model/load-grid.js';
import { figureText, type ChartStyle } from './chart-style.js';
import { toneOf, type BarChart, type BarValue } from './draw-bars.js';
import { linearScale } from './scale.js';

/** What of a run is charted: its telling endpoints, its loads. */
export interface Selection {
  readonly endpoints: readonly GridEndpoint[];
  readonly loads: readonly GridLoad[];
}

/** Achieved against target: each bar inside the length of its target. */
export function achievedChart(selection: Selection, style: ChartStyle): BarChart {
  return {
    title: 'Achieved rate, req/s',
    explanation: 'a full bar is the target',
    hasTarget: true,
    loads: selection.loads,
    rows: rowsOf(selection, (cells) => achievedBar(cells, style)),
  };
}

function achievedBar(cells: readonly ReportCell[], style: ChartStyle): BarValue {
  const state = worstVerdict(cells);
  // What keeps up and succeeds within the tolerance fills its target; anything less must be seen to.
  const achieved = achievedShare(cells);
  const isFull = keepsUp(cells) === true && achieved >= LEAST_ANSWERED_SHARE;
  const share = isFull ? 1 : Math.min(achieved, 0.999);
  const text = figureText(metricOf(cells, metric('achieved')), style, state);
  return { share, text, tone: state === 'INVALID' ? 'bad' : share < 1 ? 'warning' : 'plain' };
}

export function successChart(selection: Selection, style: ChartStyle): BarChart {
  const success = metric('success');
  const endpoints = selection.endpoints.filter(({ byLoad }) => failsAtTimes([...byLoad.values()].flat()));
  const isPart = endpoints.length < selection.endpoints.length;
  return {
    title: 'Success, %',
    explanation: `a full bar is 100 %${isPart ? '; every other endpoint: 100 %' : ''}`,
    hasTarget: true,
    loads: selection.loads,
    rows: rowsOf({ ...selection, endpoints }, (cells) => {
      const figure = metricOf(cells, success);
      const share = (figure?.value ?? 0) / 100;
      const text = figureText(figure, style, worstVerdict(cells), (value) => percent(value / 100));
      return { share, text, tone: share < POOR_SUCCESS ? 'bad' : share < 1 ? 'warning' : 'plain' };
    }),
  };
}

const POOR_SUCCESS = 0.95;

function failsAtTimes(cells: readonly ReportCell[]): boolean {
  return cells.some(({ record }) => record.successRate < 1);
}

/** What the target's process cost. */
export const COST_METRICS = ['cpu', 'memory', 'cpu-per-request'] as const satisfies readonly CellMetricId[];

/**
 * A metric of which the whole length is the highest value. In a word where bars would all be the same;
 * `null` when nothing of it is known.
 */
export function costChart(
  id: (typeof COST_METRICS)[number],
  selection: Selection,
  style: ChartStyle,
): BarChart | string | null {
  const charted = metric(id);
  const values = valuesOf(selection, charted).map(({ value }) => value);
  if (values.length === 0) return null;
  const scale = linearScale(values);
  const least = Math.min(...values);
  if (values.length > 1 && scale.high <= least * MUCH_THE_SAME)
    return `${charted.title}: ${rangeText(least, scale.high)} ${charted.unit} everywhere.`;
  return {
    title: `${charted.title}, ${charted.unit}`,
    explanation: `${WORDS[id]}linear, a full bar is ${formatFigure(scale.high)} ${charted.unit}`,
    hasTarget: false,
    loads: selection.loads,
    rows: rowsOf(selection, (cells) => {
      const figure = metricOf(cells, charted);
      const state = worstVerdict(cells);
      return {
        share: figure && scale.at(figure.value),
        text: figureText(figure, style, state),
        tone: toneOf(state),
      };
    }),
  };
}

function rangeText(least: number, most: number): string {
  const [low, high] = [formatFigure(least), formatFigure(most)];
  return low === high ? low : `${low} to ${high}`;
}

/** Bars that differ by less say nothing at this length. */
const MUCH_THE_SAME = 1.15;

const WORDS = { cpu: '100 % is one core; ', memory: '', 'cpu-per-request': '' } as const;

function metric(id: CellMetricId): CellMetric {
  const found = CELL_METRICS.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no metric ${id}`);
  return found;
}

function valuesOf({ endpoints, loads }: Selection, charted: CellMetric): Figure[] {
  const cells = endpoints.flatMap(({ byLoad }) => loads.map(({ key }) => byLoad.get(key) ?? []));
  return cells.map((repeats) => metricOf(repeats, charted)).filter((figure) => figure !== null);
}

function rowsOf(
  { endpoints, loads }: Selection,
  barOf: (cells: readonly ReportCell[]) => BarValue,
): BarChart['rows'] {
  return endpoints.map(({ id, byLoad }) => ({
    name: id,
    bars: loads.map(({ key }) => {
      const cells = byLoad.get(key);
      return cells ? barOf(cells) : null;
    }),
  }));
}
