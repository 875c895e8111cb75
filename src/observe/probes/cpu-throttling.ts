import { existsSync } from 'node:fs';
import type { GaugeSample, ListProcesses, ProbeFacts } from '../../model/results/gauges.js';
import { throttledShare, type QuotaUse } from '../../model/results/cpu-quota.js';
import { QuotaWatch } from '../cgroups/quota-watch.js';
import { pointsOf } from './level.js';
import type { Look, OpenProbe, Outcome, Probe, Reading } from './probe.js';

const THROTTLED = { id: 'target.cpu.throttled', title: 'Throttled periods', unit: '%', isCharted: true };

/** In which share of the periods of its CPU quota the target was stopped; and the quotas of bench and the target. */
export const cpuThrottlingProbe: Probe = {
  name: 'cpu-throttling',
  gauges: [THROTTLED],
  open: ({ target: { processes, unmeasured } }) => new CpuThrottling(processes ?? (() => []), unmeasured),
};

export class CpuThrottling implements OpenProbe {
  private last: { readonly elapsedMs: number; readonly use: QuotaUse } | undefined;

  constructor(
    private readonly list: ListProcesses,
    private readonly unmeasured: string | null,
    private readonly quotas = new QuotaWatch(),
  ) {}

  look({ isFirst, elapsedMs }: Look): Promise<Reading | undefined> {
    if (isFirst) this.quotas.open(this.list());
    this.quotas.look();
    const use = this.quotas.quotas.target;
    if (use === null) return Promise.resolve(undefined);
    const nowMs = elapsedMs();
    const before = this.last ?? { elapsedMs: nowMs, use };
    this.last = { elapsedMs: nowMs, use };
    const spanMs = nowMs - before.elapsedMs;
    const periods = Math.max(0, use.throttledPeriods - before.use.throttledPeriods);
    const percent = spanMs > 0 ? 100 * throttledShare({ ...use, throttledPeriods: periods }, spanMs) : 0;
    return Promise.resolve({ elapsedMs: nowMs, values: { [THROTTLED.id]: percent } });
  }

  outcomes(samples: readonly GaugeSample[]): Record<string, Outcome> {
    const { last } = this;
    // The first look knows no rate.
    const rates = pointsOf(samples, THROTTLED.id).slice(1);
    if (last === undefined || last.elapsedMs <= 0 || rates.length === 0)
      return { [THROTTLED.id]: { why: this.why() } };
    return {
      [THROTTLED.id]: {
        mean: 100 * throttledShare(last.use, last.elapsedMs),
        max: Math.max(...rates.map(({ value }) => value)),
        growthPerMinute: null,
        samples: rates.length,
      },
    };
  }

  facts(): ProbeFacts {
    return { cpuQuota: this.quotas.quotas };
  }

  private why(): string {
    if (this.unmeasured !== null) return this.unmeasured;
    return existsSync('/proc/self/cgroup') ? 'it has no CPU quota' : 'this system has no cgroups';
  }
}
