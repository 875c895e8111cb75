import { easingOf } from '../../model/loads/index.js';
import type { CellRule } from '../cell-rule.js';

const MOST_BUSY = 0.8;

export const generatorBusy: CellRule = {
  id: 'generator-busy',
  state: 'SUSPECT',
  explain({ load, generator: { busyShare } }) {
    if (busyShare <= MOST_BUSY) return undefined;
    const message = `the generator's thread was ${(100 * busyShare).toFixed(0)} % busy`;
    const remedy = `the generator is near its own limit (\`bench doctor\` tells it): ${easingOf(load)}, or add --threads`;
    return { message, remedy, severity: busyShare };
  },
};
