import { coresInWords } from '../../kernel/format.js';
import { throttledShare } from '../../model/results/cpu-quota.js';
import { easingOf, type Load } from '../../model/loads/index.js';
import type { CellRule } from '../cell-rule.js';

/** One period of 100 ms in ten seconds: as much as a p99 can show. */
export const LEAST_THROTTLED_SHARE = 0.01;

function remedyFor(load: Load): string {
  return `raise the CPU quota of bench (docker run --cpus, limits.cpu in Kubernetes), run it outside of the quota, or ${easingOf(load)}; --pacing precise spins, and uses a quota up`;
}

/** Not INVALID by itself: what it does to the schedule shows as send lag, which judges the cell. */
export const generatorThrottled: CellRule = {
  id: 'generator-throttled',
  state: 'SUSPECT',
  explain({ load, window, cpuQuota }) {
    const use = cpuQuota?.generator;
    if (!use) return undefined;
    const share = throttledShare(use, window.durationMs);
    if (share < LEAST_THROTTLED_SHARE) return undefined;
    const who = cpuQuota.isShared ? 'bench and the target, which share' : 'bench, which has';
    const message =
      `${who} a CPU quota (cgroup) of ${coresInWords(use.cores)}, used it up and stood still in ` +
      `${(100 * share).toFixed(0)} % of its periods (${use.periodMs} ms each)`;
    return { message, remedy: remedyFor(load), severity: share };
  },
};
