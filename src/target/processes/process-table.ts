import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { readStatFields } from '../../kernel/proc-file.js';

/** One living process of this machine. */
export interface ProcessEntry {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  /** 0 where unknown. */
  readonly session: number;
  /** When it started, in the system's own format: tells it apart from a later process with the same id. */
  readonly startedAt: string;
}

export interface ProcessTable {
  /** Every living process except those in `skip`. Synchronous, so that a signal can follow at once. */
  read(skip?: ReadonlySet<number>): ProcessEntry[];
  /** Whether the process was started with this value in its environment. */
  hasVariable(pid: number, name: string, value: string): boolean;
  /** Its command line; undefined when it has ended. */
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
    // Kernel threads have only a name.
    return words || textOf(`/proc/${pid}/comm`).trim() || undefined;
  },
};

/** Undefined for a process that has ended. */
function readEntry(pid: number): ProcessEntry | undefined {
  const fields = readStatFields(pid);
  const [state, parent, group, session] = fields;
  // A zombie with several threads has only lost its first one: the others run on and keep its ports.
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

/** Empty for processes that have ended and for those of other users. */
function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/** For systems without /proc. */
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
    return ''; // ps exits with 1 when there is no such process
  }
}

export const processTables = { proc: fromProc, ps: fromPs } as const;

export const processTable: ProcessTable = process.platform === 'linux' ? fromProc : fromPs;
