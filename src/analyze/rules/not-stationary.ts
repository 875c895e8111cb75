import { formatFigure } from '../../kernel/format.js';
import { keepsUp } from '../../model/results/keeps-up.js';
import { easingOf, isSteady, populationOf } from '../../model/loads/index.js';
import type { UnjudgedCell } from '../../model/results/cell-record.js';
import type { CellRule } from '../cell-rule.js';

/** Shorter windows have too few seconds to halve. */
const LEAST_SECONDS = 4;
const MOST_RATIO = 1.5;
/** Differences below this are noise, whatever their ratio. */
const LEAST_DIFFERENCE_MS = 2;
/** What a stamp can tell from nothing. */
const LEAST_MEDIAN_MS = 0.001;

export const notStationary: CellRule = {
  id: 'not-stationary',
  state: 'SUSPECT',
  explain(cell) {
    // The median of a mixture of fast and slow operations jumps from one to the other by chance.
    if (!isSteady(cell.load) || cell.subject.operations.length > 1) return undefined;
    const medians = medianByHalf(cell);
    if (medians === undefined) return undefined;
    const [first, second] = medians;
    const [low, high] = [Math.min(first, second), Math.max(first, second)];
    if (high <= MOST_RATIO * low || high - low < LEAST_DIFFERENCE_MS) return undefined;
    const remedy = `the latency depends on how long the test lasts: ${easingOf(cell.load)} if overloaded, else warm up or measure longer`;
    const severity = high / Math.max(low, LEAST_MEDIAN_MS);
    const change = `the median went from ${formatFigure(first)} ms in the first half to ${formatFigure(second)} ms in the second`;
    if (second > first && keepsUp(cell) === false) {
      const { plannedRps } = cell.window;
      const expected = plannedRps === null ? '' : ` of ${formatFigure(plannedRps)}`;
      return {
        message: `overloaded: ${change}, with ${formatFigure(cell.achievedRps)}${expected} requests/s done`,
        remedy,
        severity,
      };
    }
    return { message: `not stationary: ${change}`, remedy, severity };
  },
};

/** The median of the seconds' medians, for both halves of the window. */
function medianByHalf({ series, load, window }: UnjudgedCell): [number, number] | undefined {
  const { durationMs } = window;
  // While users are still starting, the load itself changes.
  const fromMs = (populationOf(load)?.full?.fromUs ?? 0) / 1000;
  const seconds = series.filter(({ second }) => second * 1000 >= fromMs && (second + 1) * 1000 <= durationMs);
  if (seconds.length < LEAST_SECONDS) return undefined;
  const middle = Math.floor(seconds.length / 2);
  const first = medianOf(seconds.slice(0, middle));
  const second = medianOf(seconds.slice(-middle));
  return first === undefined || second === undefined ? undefined : [first, second];
}

function medianOf(seconds: UnjudgedCell['series']): number | undefined {
  const medians = seconds.map(({ p50Ms }) => p50Ms).filter((p50Ms) => p50Ms !== null);
  return medians.sort((a, b) => a - b)[Math.floor(medians.length / 2)];
}
