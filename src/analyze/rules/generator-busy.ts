import type { CellRule } from '../cell-rule.js';

const MOST_BUSY = 0.8;

const REMEDY =
  'the generator is near its own limit (`bench doctor` tells it): lower the rate, or add --threads';

export const generatorBusy: CellRule = {
  id: 'generator-busy',
  state: 'SUSPECT',
  explain({ generator: { busyShare } }) {
    if (busyShare <= MOST_BUSY) return undefined;
    const message = `the generator's thread was ${(100 * busyShare).toFixed(0)} % busy`;
    return { message, remedy: REMEDY, severity: busyShare };
  },
};
