import type { CellRule } from '../cell-rule.js';

/** Independent samples that a 95 % interval of the 99th percentile needs. */
const LEAST_FOR_P99 = 368;

export const fewSamples: CellRule = {
  id: 'few-samples',
  state: 'SUSPECT',
  remedy: 'measure longer (--duration)',
  explain({ counts }) {
    if (counts.planned >= LEAST_FOR_P99) return undefined;
    return `${counts.planned} requests are too few for a p99 (${LEAST_FOR_P99} are needed)`;
  },
};
