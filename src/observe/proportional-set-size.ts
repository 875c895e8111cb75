import { existsSync, readFileSync } from 'node:fs';
import { codeOf } from '../kernel/errors.js';

/**
 * The proportional set size of a process in bytes: of a page that n processes share, each has an nth. Undefined when the
 * process has ended; null where the system does not tell it of this process: another user's, or no Linux.
 * Takes a time that grows with its memory. Source: proc_pid_smaps(5).
 */
export function readPssBytes(pid: number): number | null | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'latin1');
    const kibibytes = /^Pss:\s+(\d+) kB$/m.exec(text)?.[1];
    return kibibytes === undefined ? null : Number(kibibytes) * 1024;
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ESRCH' || (code === 'ENOENT' && !existsSync(`/proc/${pid}`))) return undefined;
    return null;
  }
}
