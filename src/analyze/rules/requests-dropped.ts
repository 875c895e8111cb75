import type { CellRule } from '../cell-rule.js';

export const requestsDropped: CellRule = {
  id: 'requests-dropped',
  state: 'SUSPECT',
  remedy: 'raise --max-queue, or lower the rate',
  explain({ counts: { dropped, planned } }) {
    if (dropped === 0) return undefined;
    return `${dropped} of ${planned} requests were dropped because the queue was full`;
  },
};
