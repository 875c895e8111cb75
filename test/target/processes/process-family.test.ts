import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  MARK_VARIABLE,
  ProcessFamily,
  type FamilySigns,
} from '../../../src/target/processes/process-family.js';
import type { ProcessEntry, ProcessTable } from '../../../src/target/processes/process-table.js';
import { requireProgram } from '../../support/optional-programs.js';

const NO_SIGNS: FamilySigns = { roots: [], leader: null, mark: null, adopter: null, helpers: [] };

interface Row {
  readonly pid: number;
  readonly parent?: number;
  readonly group?: number;
  readonly session?: number;
  readonly startedAt?: string;
  readonly mark?: string;
}

/** A machine with these processes; `rows` may be exchanged between two looks. */
class FakeMachine implements ProcessTable {
  readonly looks: number[][] = [];
  constructor(public rows: readonly Row[]) {}

  read(skip?: ReadonlySet<number>): ProcessEntry[] {
    const read = this.rows.filter(({ pid }) => skip?.has(pid) !== true);
    this.looks.push(read.map(({ pid }) => pid));
    return read.map(({ pid, parent = 1, group = pid, session = pid, startedAt = 'boot' }) => {
      return { pid, parent, group, session, startedAt };
    });
  }

  hasVariable(pid: number, name: string, value: string): boolean {
    return name === MARK_VARIABLE && this.rows.find((row) => row.pid === pid)?.mark === value;
  }

  commandOf(pid: number): string {
    return `program ${pid}`;
  }
}

function pidsOf(signs: Partial<FamilySigns>, ...rows: Row[]): number[] {
  return new ProcessFamily({ ...NO_SIGNS, ...signs }, new FakeMachine(rows)).pids().sort((a, b) => a - b);
}

describe('the processes of a target are', () => {
  test('the root and its descendants, and nobody else', () => {
    const rows = [{ pid: 10 }, { pid: 11, parent: 10 }, { pid: 12, parent: 11 }, { pid: 20 }];
    expect(pidsOf({ roots: [10] }, ...rows)).toEqual([10, 11, 12]);
  });

  test('several roots that know nothing of one another', () => {
    expect(pidsOf({ roots: [10, 20] }, { pid: 10 }, { pid: 20 }, { pid: 21, parent: 20 })).toEqual([
      10, 20, 21,
    ]);
  });

  test('its process group and its session, also when their parents are gone', () => {
    const rows = [{ pid: 11, group: 10, session: 5 }, { pid: 12, group: 12, session: 10 }, { pid: 20 }];
    expect(pidsOf({ leader: 10 }, ...rows)).toEqual([11, 12]);
  });

  test('daemons that left group, session and parents, by the mark in their environment', () => {
    const rows = [
      { pid: 30, mark: 'ours' },
      { pid: 31, parent: 30 },
      { pid: 40, mark: 'another' },
    ];
    expect(pidsOf({ leader: 10, mark: 'ours' }, ...rows)).toEqual([30, 31]);
  });

  test('orphans that were given to the supervisor, whose own helpers are not the target', () => {
    const rows = [{ pid: 50 }, { pid: 51, parent: 50 }, { pid: 52, parent: 50 }, { pid: 53, parent: 52 }];
    expect(pidsOf({ adopter: 50, helpers: [51] }, ...rows)).toEqual([52, 53]);
  });
});

describe('a process manager that was already running', () => {
  const parentsOf = (...rows: Row[]): number[] => {
    const signs = { ...NO_SIGNS, roots: [10], mark: 'ours', adopter: 50 };
    return new ProcessFamily(signs, new FakeMachine(rows)).outsideParents();
  };

  test('is found as the parent of what carries the mark', () => {
    expect(parentsOf({ pid: 50, parent: 40 }, { pid: 90 }, { pid: 91, parent: 90, mark: 'ours' })).toEqual([
      90,
    ]);
  });

  test('is none that was started itself, and nobody who adopts orphans', () => {
    const supervisor = [{ pid: 50, parent: 40 }, { pid: 40, parent: 30 }, { pid: 30 }];
    expect(parentsOf(...supervisor, { pid: 10, parent: 50 }, { pid: 11, parent: 10 })).toEqual([]);
    expect(parentsOf(...supervisor, { pid: 12, parent: 1, mark: 'ours' })).toEqual([]);
    expect(parentsOf(...supervisor, { pid: 12, parent: 30, mark: 'ours' })).toEqual([]);
  });
});

describe('from look to look', () => {
  test('a member stays one, whatever becomes of its parent', () => {
    const machine = new FakeMachine([{ pid: 10 }, { pid: 11, parent: 10 }]);
    const family = new ProcessFamily({ ...NO_SIGNS, roots: [10] }, machine);
    family.members();
    machine.rows = [{ pid: 11, parent: 1 }];
    expect(family.pids()).toEqual([11]);
  });

  test('a later process with the same id is a stranger', () => {
    const machine = new FakeMachine([{ pid: 10 }, { pid: 11, parent: 10 }]);
    const family = new ProcessFamily({ ...NO_SIGNS, roots: [10] }, machine);
    family.members();
    machine.rows = [
      { pid: 10, startedAt: 'later' },
      { pid: 11, startedAt: 'later' },
    ];
    expect(family.pids()).toEqual([]);
    expect(family.lives()).toBe(false);
  });

  test('strangers are not read again, unless it is asked for', () => {
    const machine = new FakeMachine([{ pid: 10 }, { pid: 20 }]);
    const family = new ProcessFamily({ ...NO_SIGNS, roots: [10], mark: 'ours' }, machine);
    family.members();
    machine.rows = [{ pid: 10 }, { pid: 20, mark: 'ours' }];
    expect(family.pids()).toEqual([10]);
    expect(family.pidsLookedAtAnew()).toEqual([10, 20]);
    expect(machine.looks).toEqual([[10, 20], [10], [10, 20]]);
  });
});

/** Its first thread ends, and another one goes on: /proc calls the process a zombie. */
const LOSES_ITS_FIRST_THREAD = `
import ctypes, threading, time
threading.Thread(target=time.sleep, args=(60,)).start()
print('up', flush=True)
ctypes.CDLL(None).pthread_exit(None)
`;

test('a program lives as long as any of its threads', async ({ skip, onTestFinished }) => {
  if (process.platform !== 'linux') skip('needs /proc');
  const python = requireProgram('python3', skip);
  const program = spawn(python, ['-c', LOSES_ITS_FIRST_THREAD], { detached: true });
  const pid = program.pid!;
  const family = new ProcessFamily({ ...NO_SIGNS, roots: [pid], leader: pid });
  onTestFinished(() => family.signal('SIGKILL'));
  await once(program.stdout, 'data');
  await expect.poll(() => stateOf(program.pid)).toBe('Z');
  expect(family.lives()).toBe(true);
  family.signal('SIGKILL');
  await expect.poll(() => family.lives()).toBe(false);
});

function stateOf(pid: number | undefined): string | undefined {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  return stat.slice(stat.lastIndexOf(')') + 2)[0];
}
