import { oneLine } from '../kernel/text.js';
import { serialCount } from '../model/holes.js';
import { durationMsOf, highestRateOf } from '../model/loads/index.js';
import type { PreparedOperation } from '../model/request.js';
import { preparedFor, type PlannedCell } from './plan-cells.js';
import type { Observer } from './run-events.js';

/** Says where a load sends more requests than its serial numbers have digits for: the target then gets values again. */
export function noteFewDigits(
  cells: readonly PlannedCell[],
  operations: readonly PreparedOperation[],
  observe: Observer,
): void {
  const names = cells.flatMap((cell) => {
    const { operation, blueprints } = preparedFor(cell, operations);
    const digits = blueprints.flatMap(({ holes = [] }) => holes.map((hole) => hole.digits));
    const requests = (highestRateOf(cell.plan) * durationMsOf(cell.plan)) / 1000;
    const isEnough = digits.length === 0 || requests <= serialCount(Math.min(...digits));
    return isEnough ? [] : [`${operation.method} ${operation.path}`];
  });
  if (names.length === 0) return;
  const message = `Serial numbers of few digits begin again within the load, and the target may refuse what it has had: ${[...new Set(names)].join(', ')}. Send less, or write {n} with more digits.`;
  observe({ kind: 'notice', message: oneLine(message) });
}
