import type { CellRule } from '../cell-rule.js';

const LEAST_SHARE = 0.999;

const REMEDY = 'lower the rate, or free a core for the generator';

export const requestsNotReleased: CellRule = {
  id: 'requests-not-released',
  state: 'INVALID',
  explain({ counts, generator }) {
    if (generator.released >= LEAST_SHARE * counts.planned) return undefined;
    const share = ((100 * generator.released) / counts.planned).toFixed(1);
    return { message: `the generator got to only ${share} % of the planned requests`, remedy: REMEDY };
  },
};
