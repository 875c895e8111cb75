import { oneLine } from '../../kernel/text.js';
import { serialCount } from '../../model/requests/holes.js';
import { mostRequestsOf } from '../../model/loads/index.js';
import type { BuiltOperation } from '../../model/requests/request.js';
import { builtFor, type PlannedCell } from './plan-cells.js';
import type { Observer } from '../../model/live/run-events.js';

/** Says where a load sends more requests than its serial numbers have digits for: the target then gets values again. */
export function noteFewDigits(
  cells: readonly PlannedCell[],
  operations: readonly BuiltOperation[],
  observe: Observer,
): void {
  const names = cells.flatMap((cell) => {
    const requests = mostRequestsOf(cell.load) ?? 0;
    return builtFor(cell, operations)
      .filter((built) => requests > countOf(built))
      .map(({ operation: { method, path } }) => `${method} ${path}`);
  });
  if (names.length === 0) return;
  const message = `Serial numbers of few digits begin again within the load, and the target may refuse what it has had: ${[...new Set(names)].join(', ')}. Send less, or write {n} with more digits.`;
  observe({ kind: 'notice', message: oneLine(message) });
}

/** Of serial numbers before the first one comes again; numbers are handed out over all operations of a cell. */
function countOf({ blueprints }: BuiltOperation): number {
  const digits = blueprints.flatMap(({ holes = [] }) => holes.map((hole) => hole.digits));
  return digits.length === 0 ? Infinity : serialCount(Math.min(...digits));
}
