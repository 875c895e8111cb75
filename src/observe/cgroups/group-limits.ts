import { join } from 'node:path';
import { groupFolders, textOf, type GroupFolders } from './group-folders.js';

/** A limit on the CPU time of all processes in and below one control group. */
export interface CpuQuota {
  /** Where it is set. */
  readonly folder: string;
  readonly version: 1 | 2;
  readonly cores: number;
  readonly periodMs: number;
}

/** The CPU quotas that hold for a process, from its own group up; none where none is set or none can be seen. */
export function cpuQuotasOf(pid: number | 'self', root = '/'): CpuQuota[] {
  const found = groupFolders(pid, 'cpu', root);
  return found === undefined ? [] : found.folders.flatMap((folder) => quotaIn(folder, found.version));
}

/** What the tightest quota on this process allows, in cores; null without one. */
export function quotaCoresOf(pid: number | 'self', root = '/'): number | null {
  const cores = cpuQuotasOf(pid, root).map((quota) => quota.cores);
  return cores.length === 0 ? null : Math.min(...cores);
}

/** `cpu.max` holds `QUOTA PERIOD` or `max PERIOD`; version 1 has a file for each, and -1 for no quota. Microseconds. */
function quotaIn(folder: string, version: 1 | 2): CpuQuota[] {
  const files = version === 2 ? ['cpu.max'] : ['cpu.cfs_quota_us', 'cpu.cfs_period_us'];
  const text = files.map((file) => textOf(join(folder, file))?.trim()).join(' ');
  const [quotaUs = Number.NaN, periodUs = Number.NaN] = text.split(' ').map(Number);
  if (!(quotaUs > 0) || !(periodUs > 0)) return [];
  return [{ folder, version, cores: quotaUs / periodUs, periodMs: periodUs / 1000 }];
}

/** What a quota has done since its group exists. */
export interface Throttling {
  readonly periods: number;
  readonly ms: number;
}

/** Undefined where the group is gone. Source: the kernel's scheduler/sched-bwc and admin-guide/cgroup-v2. */
export function throttlingOf({ folder, version }: CpuQuota): Throttling | undefined {
  const stat = textOf(join(folder, 'cpu.stat'));
  if (stat === undefined) return undefined;
  const numbers = new Map(
    stat.split('\n').map((line) => {
      const [name = '', value] = line.split(' ');
      return [name, Number(value)];
    }),
  );
  const ms =
    version === 2 ? (numbers.get('throttled_usec') ?? 0) / 1e3 : (numbers.get('throttled_time') ?? 0) / 1e6;
  return { periods: numbers.get('nr_throttled') ?? 0, ms };
}

const MEMORY_LIMIT: Readonly<Record<GroupFolders['version'], string>> = {
  1: 'memory.limit_in_bytes',
  2: 'memory.max',
};

/** The tightest memory limit on a process that is less than `totalBytes`, the machine's own; null without one. */
export function memoryLimitOf(pid: number | 'self', totalBytes: number, root = '/'): number | null {
  const found = groupFolders(pid, 'memory', root);
  const limits = (found?.folders ?? [])
    .map((folder) => Number(textOf(join(folder, MEMORY_LIMIT[found?.version ?? 2])) ?? Number.NaN))
    // Version 1 writes no limit as a huge number, version 2 as `max`.
    .filter((bytes) => bytes < totalBytes);
  return limits.length === 0 ? null : Math.min(...limits);
}
