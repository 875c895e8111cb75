import { plural } from '../../kernel/format.js';
import type { CellRule } from '../cell-rule.js';

export const generatorDied: CellRule = {
  id: 'generator-died',
  state: 'INVALID',
  remedy: 'repeat the cell; if it dies again, look for a lack of memory on this machine',
  explain({ generator: { deaths } }) {
    const [first] = deaths;
    if (first === undefined) return undefined;
    return `${plural(deaths.length, 'generator thread')} died in the window, and the requests are counted as unfinished: ${first}`;
  },
};
