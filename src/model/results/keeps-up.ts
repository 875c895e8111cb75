import { LEAST_ANSWERED_SHARE } from './verdict.js';
import type { CellRecord } from './cell-record.js';

type Kept = Pick<CellRecord, 'keepsUp' | 'achievedRps' | 'window'>;

/** Whether the target kept up with the cell's load; `null` = not known. */
export function keepsUp(cell: Kept): boolean | null {
  // Results of older versions do not say, and count what was answered inside the window alone.
  if (cell.keepsUp !== undefined) return cell.keepsUp;
  const share = achievedShare(cell);
  return share === null ? null : share >= LEAST_ANSWERED_SHARE;
}

/** What was achieved of the planned rate, 0 to 1 and a little beyond; null where there is no rate to reach. */
export function achievedShare({ achievedRps, window }: Pick<Kept, 'achievedRps' | 'window'>): number | null {
  if (window.plannedRps === null) return null;
  return window.plannedRps > 0 ? achievedRps / window.plannedRps : 1;
}

export const KEPT_WORST_FIRST: readonly (boolean | null)[] = [false, null, true];

/** The median of repeats, the worse one of two in the middle. */
export function keepsUpTogether(repeats: readonly Kept[]): boolean | null {
  const places = repeats.map((cell) => KEPT_WORST_FIRST.indexOf(keepsUp(cell))).sort((a, b) => a - b);
  const middle = places[Math.ceil(places.length / 2) - 1];
  return middle === undefined ? null : (KEPT_WORST_FIRST[middle] ?? null);
}
