import { formatFigure } from '../kernel/format.js';
import type { Figure } from '../model/figures/figure.js';

/** One figure over another. */
interface Ratio {
  readonly value: number;
  /** On which side of it the true ratio may lie; `exact` = on none. */
  readonly bound: 'exact' | 'lower' | 'upper';
}

/** `null` where it says nothing: one of the two is not known, nothing can be divided by 0, or the true one may be any. */
export function ratioOf(right: Figure | null, left: Figure | null): Ratio | null {
  if (right === null || left === null || left.value === 0) return null;
  if (right.isLowerBound && left.isLowerBound) return null;
  const value = right.value / left.value;
  // What is divided by something larger becomes smaller.
  if (left.isLowerBound) return { value, bound: 'upper' };
  if (!right.isLowerBound) return { value, bound: 'exact' };
  return value === 0 ? null : { value, bound: 'lower' };
}

const SIGNS: Readonly<Record<Ratio['bound'], string>> = { exact: '', lower: '≥', upper: '≤' };
/** Below it two decimals would be too few. */
const SMALL = 0.1;

export function ratioText({ value, bound }: Ratio): string {
  const text = value < SMALL ? String(Number(value.toPrecision(2))) : formatFigure(value);
  return `${SIGNS[bound]}${text}`;
}
