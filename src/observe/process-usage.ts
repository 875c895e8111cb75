import pidusage from 'pidusage';
import { codeOf } from '../kernel/errors.js';
import { readStatFields } from '../kernel/proc-file.js';
import type { ListProcesses } from '../model/results/gauges.js';

/** What one look at a process tells. */
export interface ProcessUsage {
  readonly pid: number;
  /** User and system time since its start, in milliseconds. */
  readonly cpuMs: number;
  /** The same of its children that have ended, and of theirs; 0 where the system does not tell. */
  readonly reapedMs: number;
  readonly memoryBytes: number;
}

/** Looks at each of some processes; those that have ended meanwhile are left out. */
export async function lookAt(pids: readonly number[]): Promise<ProcessUsage[]> {
  // The order is that of ends: what a process has reaped by then is in, or is seen at the next look.
  const reapedMs = pids.map(reapedMsOf);
  const usages = await usagesOf(pids);
  return pids.flatMap((pid, at) => {
    const usage = usages[pid];
    return usage ? [{ pid, cpuMs: usage.ctime, reapedMs: reapedMs[at] ?? 0, memoryBytes: usage.memory }] : [];
  });
}

/** CPU time that some processes have spent since their start, in milliseconds. */
export async function cpuMsOf(list: ListProcesses): Promise<number> {
  return (await lookAt(list())).reduce((sum, { cpuMs }) => sum + cpuMs, 0);
}

type Usages = Readonly<Record<string, pidusage.Status | null>>;

async function usagesOf(pids: readonly number[]): Promise<Usages> {
  if (pids.length === 0) return {};
  try {
    return await pidusage([...pids]);
  } catch (error) {
    if (!hasEnded(error)) throw error;
    // pidusage fails as a whole when one of them ends: ask for each by itself.
    if (pids.length === 1) return {};
    const parts = await Promise.all(pids.map((one) => usagesOf([one])));
    return Object.assign({}, ...parts) as Usages;
  }
}

/** ENOENT before its file is opened, ESRCH afterwards; pidusage rewords the first. */
function hasEnded(error: unknown): boolean {
  const code = codeOf(error);
  return code === 'ENOENT' || code === 'ESRCH' || String(error).includes('No matching pid');
}

/** One unit of time in /proc: USER_HZ is 100 on every architecture that Node runs on. */
const TICK_MS = 10;

/** pidusage does not tell this; without it, the last moments of processes that end would be lost. */
function reapedMsOf(pid: number): number {
  const [user = 0, system = 0] = readStatFields(pid).slice(13, 15).map(Number);
  return (user + system) * TICK_MS;
}
