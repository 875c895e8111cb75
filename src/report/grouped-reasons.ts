import { grouped } from '../kernel/grouped.js';
import type { Reason, VerdictState } from '../model/results/verdict.js';
import type { CellRecord } from '../model/results/cell-record.js';
import { loadName } from '../model/loads/index.js';
import type { Sizing } from '../model/results/sizing.js';
import { withSizing } from './sizing-words.js';
import { shownName, shownText } from './shown-text.js';

/** One reason for verdicts, with all cells that it was found in. */
export interface ReasonGroup {
  readonly id: string;
  /** What this reason alone makes of a cell. */
  readonly state: Exclude<VerdictState, 'VALID'>;
  /** Each once, the worst first; as measured where the results do not say how bad it is. */
  readonly cells: readonly CellRecord[];
  /** What was seen in the first of them. */
  readonly message: string;
  /** Whether that is known to be the worst: results of older versions do not say. */
  readonly isWorstKnown: boolean;
  /** What to do about it: each once, the one for most cells first; empty when there is no advice. */
  readonly remedies: readonly string[];
}

/** The reasons behind the verdicts of some cells: INVALID before SUSPECT, then those of most cells. */
export function groupedReasons(cells: readonly CellRecord[]): ReasonGroup[] {
  const found = cells.flatMap((cell) => cell.verdict.reasons.map((reason) => ({ cell, reason })));
  const groups = [...grouped(found, ({ reason }) => reason.id).values()].map(groupOf);
  return groups.sort(
    (a, b) =>
      Number(b.state === 'INVALID') - Number(a.state === 'INVALID') || b.cells.length - a.cells.length,
  );
}

interface FoundReason {
  readonly cell: CellRecord;
  readonly reason: Reason;
}

function groupOf(found: readonly FoundReason[]): ReasonGroup {
  const sorted = found.toSorted((a, b) => severityOf(b) - severityOf(a));
  const remedies = grouped(found, ({ reason }) => reason.remedy);
  return {
    id: shownText(sorted[0]?.reason.id ?? ''),
    state: stateOf(found),
    cells: [...new Set(sorted.map(({ cell }) => cell))],
    message: shownText(sorted[0]?.reason.message ?? ''),
    isWorstKnown: found.length === 1 || found.every(({ reason }) => reason.severity !== undefined),
    remedies: [...remedies]
      .sort(([, a], [, b]) => b.length - a.length)
      .flatMap(([remedy]) => (remedy === undefined ? [] : shownText(remedy))),
  };
}

/** The same for all where the results do not say, so that the order stays as measured. */
function severityOf({ reason }: FoundReason): number {
  return reason.severity ?? 0;
}

/** Results of older versions do not say: then it is the mildest verdict that a cell with this reason has. */
function stateOf(found: readonly FoundReason[]): ReasonGroup['state'] {
  const states = found.map(({ cell, reason }) => reason.state ?? cell.verdict.state);
  return states.every((state) => state === 'INVALID') ? 'INVALID' : 'SUSPECT';
}

/** Tells a cell from all others but its repeats: `get_item at 100/s`, `get_item at 100/s, 4 workers`. */
export function cellWords(cell: CellRecord, sizingOf: (one: Sizing) => string): string {
  return withSizing(`${shownName(cell.subject.id)} at ${loadName(cell.load)}`, sizingOf(cell));
}
