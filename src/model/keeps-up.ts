import { targetRps } from './target-rps.js';
import { LEAST_ANSWERED_SHARE } from './finding.js';
import type { CellRecord } from './run-record.js';

type Kept = Pick<CellRecord, 'keepsUp' | 'achievedRps' | 'load' | 'counts'>;

/** Whether the target kept up with the cell's plan; `null` = not known. */
export function keepsUp(cell: Kept): boolean | null {
  // Results of older versions do not say, and count what was answered inside the window alone.
  if (cell.keepsUp === undefined) return cell.achievedRps >= LEAST_ANSWERED_SHARE * targetRps(cell);
  return cell.keepsUp;
}

export const KEPT_WORST_FIRST: readonly (boolean | null)[] = [false, null, true];

/** The median of repeats, the worse one of two in the middle. */
export function keepsUpTogether(repeats: readonly Kept[]): boolean | null {
  const places = repeats.map((cell) => KEPT_WORST_FIRST.indexOf(keepsUp(cell))).sort((a, b) => a - b);
  const middle = places[Math.ceil(places.length / 2) - 1];
  return middle === undefined ? null : (KEPT_WORST_FIRST[middle] ?? null);
}
