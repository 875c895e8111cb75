import { coresInWords } from '../../kernel/format.js';
import { throttledShare } from '../../model/results/cpu-quota.js';
import type { CellRule } from '../cell-rule.js';
import { LEAST_THROTTLED_SHARE } from './generator-throttled.js';

const REMEDY =
  'the CPU quota is the limit here, not the code: raise it (docker run --cpus, limits.cpu in Kubernetes), or read the figures as those of a target with this quota';

/** Quotas are whole microseconds of each period. */
const SAME_CORES = 0.001;

/** Of a quota that it shares with bench, `generator-throttled` tells. */
export const targetThrottled: CellRule = {
  id: 'target-throttled',
  state: 'SUSPECT',
  explain({ window, cpuQuota, case: limits }) {
    const use = cpuQuota?.target;
    if (!use || cpuQuota.isShared) return undefined;
    // What a resource case takes away was asked for: the comparison of the cases shows it.
    if (Math.abs((limits?.cpuCores ?? 0) - use.cores) < SAME_CORES) return undefined;
    const share = throttledShare(use, window.durationMs);
    if (share < LEAST_THROTTLED_SHARE) return undefined;
    const message =
      `the target used up its CPU quota (cgroup) of ${coresInWords(use.cores)} and was stopped in ` +
      `${(100 * share).toFixed(0)} % of its periods (${use.periodMs} ms each)`;
    return { message, remedy: REMEDY, severity: share };
  },
};
