import type { CellRule } from '../cell-rule.js';

const MOST_SHARE = 0.01;
/** A hundredth of the slowest hundredth needs this many answers to be one of them. */
const LEAST_ANSWERS = 10_000;

export const lagInTail: CellRule = {
  id: 'lag-in-tail',
  state: 'INVALID',
  explain({ counts, generator }) {
    if (counts.completed < LEAST_ANSWERS || generator.lagHeavyTailShare <= MOST_SHARE) return undefined;
    const share = (100 * generator.lagHeavyTailShare).toFixed(0);
    return `in ${share} % of the slowest 1 % of the answers more than a tenth of the time was the generator's own lag: the tail is not the target's`;
  },
};
