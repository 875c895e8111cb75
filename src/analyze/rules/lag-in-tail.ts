import type { CellRule } from '../cell-rule.js';

/**
 * Half: then the p99 is as much the generator's as the target's. A stricter limit (1 %) made nearly every
 * cell with sub-millisecond answers invalid, where p99 with and without the lag differed by a third.
 */
const MOST_SHARE = 0.5;
/** Fewer answers have too small a slowest hundredth. */
const LEAST_ANSWERS = 1000;

export const lagInTail: CellRule = {
  id: 'lag-in-tail',
  state: 'INVALID',
  remedy: 'the tail is not the target’s alone: lower the rate, or free a core for the generator',
  explain({ counts, generator }) {
    if (counts.completed < LEAST_ANSWERS || generator.lagHeavyTailShare <= MOST_SHARE) return undefined;
    const share = (100 * generator.lagHeavyTailShare).toFixed(0);
    return `in ${share} % of the slowest 1 % of the answers over 1 ms and over a tenth of the time was the generator's own lag`;
  },
};
