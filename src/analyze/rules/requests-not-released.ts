import { isClosedLoop } from '../../model/loads/index.js';
import type { CellRule } from '../cell-rule.js';

const LEAST_SHARE = 0.999;

const REMEDY = 'lower the rate, or free a core for the generator';

export const requestsNotReleased: CellRule = {
  id: 'requests-not-released',
  state: 'INVALID',
  explain({ counts, load, generator }) {
    // Of a closed loop, what was planned is what was got to.
    if (isClosedLoop(load)) return undefined;
    if (generator.released >= LEAST_SHARE * counts.planned) return undefined;
    const share = generator.released / counts.planned;
    const message = `the generator got to only ${(100 * share).toFixed(1)} % of the planned requests`;
    return { message, remedy: REMEDY, severity: 1 - share };
  },
};
