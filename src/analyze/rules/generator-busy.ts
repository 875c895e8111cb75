import type { CellRule } from '../cell-rule.js';

const MOST_BUSY = 0.8;

export const generatorBusy: CellRule = {
  id: 'generator-busy',
  state: 'SUSPECT',
  explain({ generator: { busyShare } }) {
    if (busyShare === null || busyShare <= MOST_BUSY) return undefined;
    return `the generator's thread was ${(100 * busyShare).toFixed(0)} % busy: it is near its own limit`;
  },
};
