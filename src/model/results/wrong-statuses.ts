import { isExpectedStatus } from '../requests/answer-check.js';
import type { CellRecord } from './cell-record.js';

/** Answers whose status was not what their operation expects, by status. */
export function wrongStatuses(
  cell: Pick<CellRecord, 'statusCodes' | 'expect' | 'byOperation'>,
): [status: number, count: number][] {
  const sums = new Map<number, number>();
  for (const { statusCodes, expect } of cell.byOperation ?? [cell]) {
    for (const [text, count] of Object.entries(statusCodes)) {
      const status = Number(text);
      if (!isExpectedStatus(status, expect)) sums.set(status, (sums.get(status) ?? 0) + count);
    }
  }
  return [...sums];
}
