import { plural } from '../../kernel/format.js';
import type { CellRule } from '../cell-rule.js';

const REMEDY = 'repeat the cell; if it dies again, look for a lack of memory on this machine';

export const generatorDied: CellRule = {
  id: 'generator-died',
  state: 'INVALID',
  explain({ generator: { deaths } }) {
    const [first] = deaths;
    if (first === undefined) return undefined;
    return {
      message: `${plural(deaths.length, 'generator thread')} died in the window, and the requests are counted as unfinished: ${first}`,
      remedy: REMEDY,
      severity: deaths.length,
    };
  },
};
