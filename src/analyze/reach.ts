import { grouped } from '../kernel/grouped.js';
import type { Reach } from '../model/report/analysis.js';
import { achievedShare, keepsUp, KEPT_WORST_FIRST } from '../model/results/keeps-up.js';
import { isClosedLoop } from '../model/loads/index.js';
import type { CellRecord } from '../model/results/cell-record.js';
import { LEAST_ANSWERED_SHARE } from '../model/results/verdict.js';

/** Judged by cells that are not INVALID alone: in those the generator was the limit. */
export function reachOf(cells: readonly CellRecord[]): Reach {
  const keptUp: string[] = [];
  const behind: string[] = [];
  const unknown: string[] = [];
  const worst: CellRecord[] = [];
  // A closed loop has no rate to keep up with.
  const open = cells.filter(({ load }) => !isClosedLoop(load));
  for (const [subject, own] of grouped(open, ({ subject }) => subject.id)) {
    const [furthest] = own.filter(({ verdict }) => verdict.state !== 'INVALID').sort(byReach);
    const kept = furthest === undefined ? null : keepsUp(furthest);
    (kept === null ? unknown : kept ? keptUp : behind).push(subject);
    if (furthest && (kept !== true || shareOf(furthest) < LEAST_ANSWERED_SHARE)) worst.push(furthest);
  }
  return { keptUp, behind, unknown, worst: worst.sort(byReach) };
}

function byReach(a: CellRecord, b: CellRecord): number {
  const placeOf = (cell: CellRecord): number => KEPT_WORST_FIRST.indexOf(keepsUp(cell));
  return placeOf(a) - placeOf(b) || shareOf(a) - shareOf(b);
}

/** A load without a rate to reach cannot stay behind it. */
function shareOf(cell: CellRecord): number {
  return achievedShare(cell) ?? 1;
}
