import type { CellRule } from '../cell-rule.js';

const REMEDY = 'raise --max-queue, or lower the rate';

export const requestsDropped: CellRule = {
  id: 'requests-dropped',
  state: 'SUSPECT',
  explain({ counts: { dropped, planned } }) {
    if (dropped === 0) return undefined;
    return {
      message: `${dropped} of ${planned} requests were dropped because the queue was full`,
      remedy: REMEDY,
      severity: dropped / planned,
    };
  },
};
