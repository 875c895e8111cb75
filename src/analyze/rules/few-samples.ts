import { LEAST_FOR_P99 } from '../../model/finding.js';
import type { CellRule } from '../cell-rule.js';

export const fewSamples: CellRule = {
  id: 'few-samples',
  state: 'SUSPECT',
  remedy: 'measure longer (--duration, or longer --stages)',
  explain({ counts }) {
    if (counts.planned >= LEAST_FOR_P99) return undefined;
    return `${counts.planned} requests are too few for a p99 (${LEAST_FOR_P99} are needed)`;
  },
};
