import { easingOf } from '../../model/loads/index.js';
import type { CellRule } from '../cell-rule.js';
import { freeACore } from './free-a-core.js';

/**
 * Half: beyond it the p99 is more the generator's than the target's. At 1 %, as first proposed, 12 of the
 * 14 cells of a healthy run on two cores would be invalid, with shares of 4 to 35 %.
 */
const MOST_SHARE = 0.5;
/** Fewer answers have too small a slowest hundredth. */
const LEAST_ANSWERS = 1000;

export const lagInTail: CellRule = {
  id: 'lag-in-tail',
  state: 'INVALID',
  explain({ load, counts, generator }) {
    if (counts.completed < LEAST_ANSWERS || generator.lagHeavyTailShare <= MOST_SHARE) return undefined;
    const share = (100 * generator.lagHeavyTailShare).toFixed(0);
    return {
      message: `in ${share} % of the slowest 1 % of the answers over 1 ms and over a tenth of the time was the generator's own lag`,
      remedy: `the tail is not the target’s alone: ${easingOf(load)}, or ${freeACore({ generator })}`,
      severity: generator.lagHeavyTailShare,
    };
  },
};
