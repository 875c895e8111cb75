import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { readStatFields } from '../../kernel/proc-file.js';

/** One living process of this machine. */
export interface ProcessEntry {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  /** 0 where the system does not tell. */
  readonly session: number;
  /** When it was started, in the system's own words: tells it from a later process with the same id. */
  readonly startedAt: string;
}

export interface ProcessTable {
  /** Every living process except those in `skip`. Synchronous, since a signal must follow at once. */
  read(skip?: ReadonlySet<number>): ProcessEntry[];
  /** Whether a variable had this value in the environment with which the process was started. */
  hasVariable(pid: number, name: string, value: string): boolean;
  /** How the process was called; undefined when it has ended. */
  commandOf(pid: number): string | undefined;
}

const fromProc: ProcessTable = {
  read: (skip) =>
    readdirSync('/proc')
      .map(Number)
      .filter((pid) => pid > 0 && skip?.has(pid) !== true)
      .map(readEntry)
      .filter((entry) => entry !== undefined),
  hasVariable: (pid, name, value) => textOf(`/proc/${pid}/environ`).split('\0').includes(`${name}=${value}`),
  commandOf: (pid) => {
    const words = textOf(`/proc/${pid}/cmdline`).replace(/\0+$/, '').replaceAll('\0', ' ');
    // A kernel thread has a name only, and so has a process that has just ended.
    return words || textOf(`/proc/${pid}/comm`).trim() || undefined;
  },
};

/** Undefined for those that have ended, or end meanwhile. */
function readEntry(pid: number): ProcessEntry | undefined {
  const fields = readStatFields(pid);
  const [state, parent, group, session] = fields;
  // A zombie with more threads than one has lost its first only: the others go on, and keep its ports.
  const isZombie = state === 'Z' && Number(fields[17]) <= 1;
  if (parent === undefined || isZombie || state === 'X') return undefined;
  return {
    pid,
    parent: Number(parent),
    group: Number(group),
    session: Number(session),
    startedAt: fields[19] ?? '',
  };
}

/** Empty for processes that have ended, and those of other users. */
function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/** Asks `ps`, where there is no /proc. */
const fromPs: ProcessTable = {
  read: (skip) =>
    ps('-A', '-o', 'pid=,ppid=,pgid=,stat=,lstart=')
      .split('\n')
      .map((row) => row.trim().split(/\s+/))
      .filter(([pid, , , state]) => Number(pid) > 0 && state?.startsWith('Z') === false)
      .map(([pid, parent, group, , ...startedAt]) => ({
        pid: Number(pid),
        parent: Number(parent),
        group: Number(group),
        session: 0,
        startedAt: startedAt.join(' '),
      }))
      .filter(({ pid }) => skip?.has(pid) !== true),
  hasVariable: () => false,
  commandOf: (pid) => ps('-o', 'args=', '-p', String(pid)).trim() || undefined,
};

function ps(...words: string[]): string {
  try {
    return execFileSync('ps', words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  } catch {
    return ''; // of a process that has ended it says so with its exit code
  }
}

export const processTables = { proc: fromProc, ps: fromPs } as const;

export const processTable: ProcessTable = process.platform === 'linux' ? fromProc : fromPs;
