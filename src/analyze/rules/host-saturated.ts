import { easingOf } from '../../model/loads/index.js';
import type { CellRule } from '../cell-rule.js';

const MOST_CPU_PERCENT = 95;
const MOST_STEAL_PERCENT = 5;

export const hostSaturated: CellRule = {
  id: 'host-saturated',
  state: 'SUSPECT',
  explain({ load, generator: { hostCpuPercent, stealPercent } }) {
    const remedy = `target and generator slow each other down: ${easingOf(load)}, or stop what else runs on this machine`;
    if ((stealPercent ?? 0) > MOST_STEAL_PERCENT) {
      return {
        message: `other machines took ${(stealPercent ?? 0).toFixed(0)} % of this one's CPU time (steal)`,
        remedy,
        // Beyond any share of busy cores: it is looked at first.
        severity: 100 + (stealPercent ?? 0),
      };
    }
    if ((hostCpuPercent ?? 0) <= MOST_CPU_PERCENT) return undefined;
    return {
      message: `all cores of this machine were ${(hostCpuPercent ?? 0).toFixed(0)} % busy`,
      remedy,
      severity: hostCpuPercent ?? 0,
    };
  },
};
