import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { ProcessFamily } from '../../src/target/processes/process-family.js';
import { processTables, type ProcessTable } from '../../src/target/processes/process-table.js';

const started: ChildProcess[] = [];

afterEach(() => {
  for (const { pid } of started.splice(0)) if (pid !== undefined) process.kill(-pid, 'SIGKILL');
});

/** A shell with two children, one of which has a child of its own; resolves when all stand. */
async function shell(): Promise<number> {
  const script = 'sleep 60 & (sleep 60 & echo ready; wait) & wait';
  const child = spawn('/bin/sh', ['-c', script], {
    detached: true,
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, MARKED: 'yes' },
  });
  started.push(child);
  await once(child.stdout, 'data');
  return child.pid!;
}

function below(root: number, table: ProcessTable): number[] {
  const signs = { roots: [root], leader: null, mark: null, adopter: null, helpers: [] };
  return new ProcessFamily(signs, table).pids().sort((a, b) => a - b);
}

const tables = Object.entries(processTables).filter(
  ([name]) => name !== 'proc' || process.platform === 'linux',
);

describe.each(tables)('the process table of %s', (_name, table) => {
  it('knows parents, so that a tree can be told from them', async () => {
    const root = await shell();
    expect(below(root, table)).toHaveLength(4);
    expect(below(root, table)).not.toContain(process.pid);
  });

  it('knows groups, starts and commands', async () => {
    const root = await shell();
    const entries = table.read().filter(({ group }) => group === root);
    expect(entries).toHaveLength(4);
    for (const { startedAt } of entries) expect(startedAt).not.toBe('');
    expect(table.commandOf(root)).toMatch(/^\/bin\/sh -c sleep 60/);
  });

  it('knows nothing of a process that is gone', async () => {
    const gone = spawn('/bin/true');
    await once(gone, 'exit');
    expect(table.read().map(({ pid }) => pid)).not.toContain(gone.pid);
    expect(table.commandOf(gone.pid!)).toBeUndefined();
    expect(table.hasVariable(gone.pid!, 'MARKED', 'yes')).toBe(false);
  });

  it('leaves out what is to be skipped', async () => {
    const root = await shell();
    expect(table.read(new Set([root])).map(({ pid }) => pid)).not.toContain(root);
  });
});

describe.skipIf(process.platform !== 'linux')('the process tables', () => {
  it('give the same tree', async () => {
    const root = await shell();
    expect(below(root, processTables.proc)).toEqual(below(root, processTables.ps));
  });

  it('of /proc tell a process by its environment', async () => {
    const root = await shell();
    expect(processTables.proc.hasVariable(root, 'MARKED', 'yes')).toBe(true);
    expect(processTables.proc.hasVariable(root, 'MARKED', 'ye')).toBe(false);
    expect(processTables.proc.hasVariable(process.pid, 'MARKED', 'yes')).toBe(false);
  });
});
