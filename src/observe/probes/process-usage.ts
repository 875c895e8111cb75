import { readFile } from 'node:fs/promises';
import pidusage from 'pidusage';
import { codeOf } from '../../kernel/errors.js';

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
type LookAt = (pids: readonly number[]) => Promise<ProcessUsage[]>;

/** One unit of time in /proc: USER_HZ is 100 on every architecture that Node runs on. */
const TICK_MS = 10;

const fromProc: LookAt = async (pids) => {
  const usages = await Promise.all(pids.map(usageFromProc));
  return usages.filter((usage) => usage !== undefined);
};

async function usageFromProc(pid: number): Promise<ProcessUsage | undefined> {
  try {
    const files = [`/proc/${pid}/stat`, `/proc/${pid}/status`];
    const [stat = '', status = ''] = await Promise.all(files.map((file) => readFile(file, 'latin1')));
    return { pid, ...parseStat(stat), memoryBytes: residentBytes(status) };
  } catch {
    // It ended between the two looks.
    return undefined;
  }
}

function parseStat(stat: string): Pick<ProcessUsage, 'cpuMs' | 'reapedMs'> {
  // The command's name, in brackets, may itself hold brackets and spaces.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [user = 0, system = 0, reapedUser = 0, reapedSystem = 0] = fields.slice(11, 15).map(Number);
  return { cpuMs: (user + system) * TICK_MS, reapedMs: (reapedUser + reapedSystem) * TICK_MS };
}

/** In kB, unlike in `stat`, where it is in pages of a size that Node does not know. */
function residentBytes(status: string): number {
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) * 1024;
}

const fromPidusage: LookAt = async (pids) => {
  if (pids.length === 0) return [];
  try {
    const usages = await pidusage([...pids]);
    return Object.values(usages)
      .filter((usage) => (usage as typeof usage | null) !== null)
      .map(({ pid, ctime, memory }) => ({ pid, cpuMs: ctime, reapedMs: 0, memoryBytes: memory }));
  } catch (error) {
    // All of them ended between the two looks.
    if (codeOf(error) === 'ENOENT' || String(error).includes('No matching pid')) return [];
    throw error;
  }
};

export const lookAt: LookAt = process.platform === 'linux' ? fromProc : fromPidusage;
