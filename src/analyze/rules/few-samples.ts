import { LEAST_FOR_P99 } from '../../model/results/verdict.js';
import type { CellRule } from '../cell-rule.js';

const REMEDY = 'measure longer (--duration, or longer --stages)';

export const fewSamples: CellRule = {
  id: 'few-samples',
  state: 'SUSPECT',
  explain({ counts }) {
    if (counts.planned >= LEAST_FOR_P99) return undefined;
    return {
      message: `${counts.planned} requests are too few for a p99 (${LEAST_FOR_P99} are needed)`,
      remedy: REMEDY,
      severity: -counts.planned,
    };
  },
};
