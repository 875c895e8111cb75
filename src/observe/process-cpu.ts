import { readStatFields } from '../kernel/proc-file.js';

/** One look at a process. */
export interface ProcessMark {
  readonly pid: number;
  readonly parent: number;
  /** User and system time since its start. */
  readonly cpuMs: number;
  /** Tells it apart from a later process with the same id. */
  readonly startedAt: string;
}

/** One unit of time in /proc: USER_HZ is 100 on every architecture that Node runs on. */
const TICK_MS = 10;

/** Undefined for a process that has ended, and without /proc. Source: proc_pid_stat(5). */
export function readProcessMark(pid: number): ProcessMark | undefined {
  const fields = readStatFields(pid);
  const [user, system] = fields.slice(11, 13).map(Number);
  if (user === undefined || system === undefined) return undefined;
  return { pid, parent: Number(fields[1]), cpuMs: (user + system) * TICK_MS, startedAt: fields[19] ?? '' };
}
