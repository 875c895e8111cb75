import type { CellRule } from '../cell-rule.js';

const REMEDY =
  'the target is too slow for this rate, or --max-connections is too low; the wait counts as response time';

export const connectionLimitReached: CellRule = {
  id: 'connection-limit-reached',
  state: 'SUSPECT',
  explain({ generator: { connectionLimitReached: reached, longestQueue } }) {
    if (!reached) return undefined;
    return {
      message: `all connections were in use, and up to ${longestQueue} requests waited for one`,
      remedy: REMEDY,
      severity: longestQueue,
    };
  },
};
