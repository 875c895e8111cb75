import type { CellRule } from '../cell-rule.js';

const MOST_CPU_PERCENT = 95;
const MOST_STEAL_PERCENT = 5;

const REMEDY =
  'target and generator slow each other down: lower the rate, or stop what else runs on this machine';

export const hostSaturated: CellRule = {
  id: 'host-saturated',
  state: 'SUSPECT',
  explain({ generator: { hostCpuPercent, stealPercent } }) {
    if ((stealPercent ?? 0) > MOST_STEAL_PERCENT) {
      return {
        message: `other machines took ${(stealPercent ?? 0).toFixed(0)} % of this one's CPU time (steal)`,
        remedy: REMEDY,
        // Beyond any share of busy cores: it is looked at first.
        severity: 100 + (stealPercent ?? 0),
      };
    }
    if ((hostCpuPercent ?? 0) <= MOST_CPU_PERCENT) return undefined;
    return {
      message: `all cores of this machine were ${(hostCpuPercent ?? 0).toFixed(0)} % busy`,
      remedy: REMEDY,
      severity: hostCpuPercent ?? 0,
    };
  },
};
