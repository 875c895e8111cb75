import { formatFigure, percent } from '../kernel/format.js';
import type { Change, ComparedFigure, ComparedMetric } from '../model/results/comparison.js';
import { NOT_KNOWN } from './table-model.js';

/** Which way a figure has gone; not whether that is more than chance. */
export type Direction = 'better' | 'worse' | 'same' | 'not-known';

export interface ShownMetric {
  readonly base: string;
  readonly candidate: string;
  readonly change: string;
  readonly direction: Direction;
}

/** The figures of a metric and its change, as columns show them: without the unit of the figures. */
export function shownMetric(metric: ComparedMetric): ShownMetric {
  return {
    base: shownFigure(metric, metric.base),
    candidate: shownFigure(metric, metric.candidate),
    change: shownChange(metric),
    direction: directionOf(metric),
  };
}

function shownFigure({ unit }: ComparedMetric, figure: ComparedFigure | null): string {
  if (figure === null) return NOT_KNOWN;
  const text = unit === '%' ? percent(figure.value / 100) : formatFigure(figure.value);
  return figure.isLowerBound ? `≥${text}` : text;
}

const BOUND_MARKS: Readonly<Record<Change['bound'], string>> = { exact: '', 'at-least': '≥', 'at-most': '≤' };

/** From here on people think in times, not in per cent. */
const TIMES_FROM = 10;

function shownChange({ unit, change }: ComparedMetric): string {
  if (change === null) return NOT_KNOWN;
  const { absolute, percent: inPercent, bound } = change;
  if (absolute === 0 && bound === 'exact') return '=';
  const mark = BOUND_MARKS[bound];
  // A per cent of a per cent is read wrongly.
  if (unit === '%') return `${mark}${signed(absolute, bound, POINTS)}pt`;
  if (inPercent === null) return `${mark}${signed(absolute, bound, FIGURE)}`;
  const times = 1 + inPercent / 100;
  if (times >= TIMES_FROM) return `${mark}×${formatFigure(rounded(times, times < 99.95 ? 1 : 0, bound))}`;
  return `${mark}${signed(inPercent, bound, PERCENT)}%`;
}

/** A change that is known in per cent, or of a figure in per cent in points: `+23%`, `−0.50pt`. */
export function percentWords(percent: number, unit: string): string {
  if (percent === 0) return '=';
  return unit === '%' ? `${signed(percent, 'exact', POINTS)}pt` : `${signed(percent, 'exact', PERCENT)}%`;
}

/** How many decimals a number of this size gets. */
type Decimals = (size: number) => number;

const PERCENT: Decimals = (size) => (size < 9.95 || isJustBelow100(size) ? 1 : 0);
const FIGURE: Decimals = (size) => {
  if (size < 9.995) return 2;
  return size < 99.95 ? 1 : 0;
};

const POINTS: Decimals = (size) => {
  if (size < 0.995) return 2;
  return size < 99.95 || isJustBelow100(size) ? 1 : 0;
};

function isJustBelow100(size: number): boolean {
  return size > 99 && size < 100;
}

function signed(value: number, bound: Change['bound'], decimals: Decimals): string {
  const size = Math.abs(value);
  const digits = decimals(size);
  // What is left is not nothing: −99.97 % is never shown as −100 %.
  const toZero = bound === 'exact' && isJustBelow100(size);
  const shown = toZero ? Math.sign(value) * floorTo(size, digits) : rounded(value, digits, bound);
  const sign = value > 0 ? '+' : '−';
  if (shown === 0) return bound === 'exact' ? `${sign}<${(10 ** -digits).toFixed(digits)}` : '0';
  return `${shown > 0 ? '+' : '−'}${Math.abs(shown).toFixed(digits)}`;
}

/** To so many decimals; a bound in the direction in which it stays one. */
function rounded(value: number, digits: number, bound: Change['bound']): number {
  switch (bound) {
    case 'exact':
      return Number(value.toFixed(digits));
    case 'at-least':
      return floorTo(value, digits);
    case 'at-most':
      return -floorTo(-value, digits);
  }
}

function floorTo(value: number, digits: number): number {
  const scale = 10 ** digits;
  // 18 × 0.1 must not become 17 for a rounding error of the computer's.
  return Math.floor(value * scale + 1e-9) / scale;
}

/** A bound tells the direction only where the rest lies on the same side of no change. */
function directionOf({ better, change }: ComparedMetric): Direction {
  if (change === null) return 'not-known';
  const { absolute, bound } = change;
  if (absolute === 0 && bound === 'exact') return 'same';
  const isUp = absolute > 0 && bound !== 'at-most';
  const isDown = absolute < 0 && bound !== 'at-least';
  if (!isUp && !isDown) return 'not-known';
  if (better === null) return 'not-known';
  return isUp === (better === 'higher') ? 'better' : 'worse';
}
