import type { CellRule } from '../cell-rule.js';

const MOST_BUSY = 0.8;

export const generatorBusy: CellRule = {
  id: 'generator-busy',
  state: 'SUSPECT',
  remedy: 'the generator is near its own limit (`bench doctor` tells it): lower the rate, or add --threads',
  explain({ generator: { busyShare } }) {
    if (busyShare <= MOST_BUSY) return undefined;
    return `the generator's thread was ${(100 * busyShare).toFixed(0)} % busy`;
  },
};
