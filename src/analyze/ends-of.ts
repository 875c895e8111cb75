import { oneLine } from '../kernel/text.js';
import type { CellRecord } from '../model/results/cell-record.js';
import { wrongStatuses } from '../model/results/wrong-statuses.js';

const MOST_NAMED = 3;

/** What became of requests that did not succeed, the most frequent first: `1000 × status 500`. */
export function endsOf(cells: readonly CellRecord[]): string[] {
  const ends = new Map<string, number>();
  const add = (name: string, count: number): void => {
    if (count > 0) ends.set(name, (ends.get(name) ?? 0) + count);
  };
  for (const cell of cells) {
    const { counts, failures } = cell;
    // An answer with a good status has failed a check, which is among the failures.
    for (const [status, count] of wrongStatuses(cell)) add(`status ${status}`, count);
    for (const [kind, count] of Object.entries(failures)) add(oneLine(kind), count);
    add('timed out', counts.timedOut);
    add('dropped', counts.dropped);
    add('unfinished', counts.unfinished);
  }
  const sorted = [...ends].sort(([, a], [, b]) => b - a).map(([name, count]) => `${count} × ${name}`);
  const left = sorted.length - MOST_NAMED;
  return left > 0 ? [...sorted.slice(0, MOST_NAMED), `and ${left} more kinds`] : sorted;
}
