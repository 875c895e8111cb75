import { join } from 'node:path';
import type { CellQuotas, QuotaUse } from '../../model/results/cpu-quota.js';
import { textOf } from './group-folders.js';
import { cpuQuotasOf, throttlingOf, type CpuQuota, type Throttling } from './group-limits.js';

interface Marked {
  readonly quota: CpuQuota;
  readonly before: Throttling;
}

interface Used {
  readonly folder: string;
  readonly use: QuotaUse;
}

const NONE: CellQuotas = { generator: null, target: null, isShared: false };

/** What the CPU quotas of bench and of the target did in one window. */
export class QuotaWatch {
  private generator: readonly Marked[] = [];
  private target: readonly Marked[] = [];
  private latest: CellQuotas = NONE;

  constructor(private readonly root = '/') {}

  /** At the window's opening; `target` are the ids of its processes. */
  open(target: readonly number[]): void {
    this.generator = marked(cpuQuotasOf('self', this.root));
    // Most processes of a target are in one group, and finding a group takes several files.
    const pids = distinctBy(target, (pid) => textOf(join(this.root, `proc/${pid}/cgroup`)));
    const quotas = pids.flatMap((pid) => cpuQuotasOf(pid, this.root));
    this.target = marked(distinctBy(quotas, ({ folder }) => folder));
  }

  /** At any time in the window, and at its close. */
  look(): void {
    const generator = tightest(this.generator);
    const target = tightest(this.target);
    this.latest = {
      generator: generator?.use ?? null,
      target: target?.use ?? null,
      isShared: generator !== undefined && generator.folder === target?.folder,
    };
  }

  /** From the opening to the latest look. */
  get quotas(): CellQuotas {
    return this.latest;
  }
}

function distinctBy<One>(all: readonly One[], key: (one: One) => unknown): One[] {
  return [...new Map(all.map((one) => [key(one), one])).values()];
}

function marked(quotas: readonly CpuQuota[]): Marked[] {
  return quotas.flatMap((quota) => {
    const before = throttlingOf(quota);
    return before === undefined ? [] : [{ quota, before }];
  });
}

/** Of several quotas on the way up the one that stopped its processes for most of the time, else the smallest. */
function tightest(marks: readonly Marked[]): Used | undefined {
  const used = marks.map(({ quota, before }): Used => {
    const after = throttlingOf(quota) ?? before;
    const { folder, cores, periodMs } = quota;
    const throttledPeriods = Math.max(0, after.periods - before.periods);
    const throttledMs = Math.max(0, after.ms - before.ms);
    return { folder, use: { cores, periodMs, throttledPeriods, throttledMs } };
  });
  const heldMs = ({ use }: Used): number => use.throttledPeriods * use.periodMs;
  return used.sort((a, b) => heldMs(b) - heldMs(a) || a.use.cores - b.use.cores)[0];
}
