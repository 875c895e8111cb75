import type { CellRule } from '../cell-rule.js';

/** Of one core: so much taken from a machine at its limit shows in the figures. */
const MOST_PERCENT = 10;
const MOST_NAMED = 2;

export const probesCostly: CellRule = {
  id: 'probes-costly',
  state: 'SUSPECT',
  explain({ probes = {}, window }) {
    const costs = Object.entries(probes).sort(([, a], [, b]) => b.cpuMs - a.cpuMs);
    const percent = (100 * costs.reduce((sum, [, { cpuMs }]) => sum + cpuMs, 0)) / window.durationMs;
    if (percent <= MOST_PERCENT) return undefined;
    const most = costs
      .slice(0, MOST_NAMED)
      .map(([name, { meanMs }]) => `${name}: ${(meanMs ?? 0).toFixed(1)} ms a look`);
    return {
      message: `bench took ${percent.toFixed(0)} % of a core to look at the target and the host (${most.join(', ')})`,
      remedy:
        'looks cost more the more processes, threads and connections there are: leave cores to bench, or measure with fewer of them',
      severity: percent,
    };
  },
};
