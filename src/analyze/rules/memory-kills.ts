import { bytesInWords } from '../../kernel/units.js';
import type { CellRule } from '../cell-rule.js';

const REMEDY =
  'the memory of the resource case is the limit here: give the case more, start fewer workers in it, or read the figures as those of a target that loses processes';

/** The end of the target itself is `target-died`. */
export const memoryKills: CellRule = {
  id: 'memory-kills',
  state: 'SUSPECT',
  explain({ memoryKills: kills = 0, case: limits, targetDeath }) {
    if (kills === 0 || targetDeath !== undefined) return undefined;
    const limit = typeof limits?.memoryBytes === 'number' ? ` of ${bytesInWords(limits.memoryBytes)}` : '';
    const message = `the system killed ${kills === 1 ? 'a process' : `${kills} processes`} of the target at its memory limit${limit}`;
    return { message, remedy: REMEDY, severity: kills };
  },
};
