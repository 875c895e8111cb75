import { cpus } from 'node:os';
import { readProc } from '../kernel/proc-file.js';

/** Time counters of all cores together, in any one unit. */
export interface HostCounters {
  readonly total: number;
  readonly idle: number;
  /** Null where the system does not count it. */
  readonly steal: number | null;
}

export function readHostCounters(): HostCounters {
  const stat = readProc('/proc/stat');
  return stat === undefined ? countersOfCores() : parseProcStat(stat);
}

/** The first line of /proc/stat: user nice system idle iowait irq softirq steal guest guest_nice. */
export function parseProcStat(text: string): HostCounters {
  const fields = (text.split('\n')[0] ?? '').trim().split(/\s+/).slice(1, 9).map(Number);
  const [, , , idle = 0, iowait = 0, , , steal = 0] = fields;
  return { total: fields.reduce((sum, field) => sum + field, 0), idle: idle + iowait, steal };
}

function countersOfCores(): HostCounters {
  const times = cpus().map((core) => core.times);
  const total = times.reduce((sum, t) => sum + t.user + t.nice + t.sys + t.idle + t.irq, 0);
  return { total, idle: times.reduce((sum, t) => sum + t.idle, 0), steal: null };
}

/** Null where the system does not tell. */
interface HostLoad {
  readonly cpuPercent: number | null;
  readonly stealPercent: number | null;
}

/** How busy the machine was between two readings, in per cent of all its cores. */
export function hostLoadBetween(before: HostCounters, after: HostCounters): HostLoad {
  const total = after.total - before.total;
  if (total <= 0) return { cpuPercent: null, stealPercent: null };
  const percent = (part: number): number => Math.min(100, Math.max(0, (100 * part) / total));
  return {
    cpuPercent: percent(total - (after.idle - before.idle)),
    stealPercent: after.steal === null || before.steal === null ? null : percent(after.steal - before.steal),
  };
}
