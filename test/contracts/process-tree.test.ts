import { spawn, type ChildProcess } from 'node:child_process';
import { afterEach, describe, expect, it } from 'vitest';
import { treeListers } from '../../src/observe/probes/process-tree.js';

const started: ChildProcess[] = [];

afterEach(() => {
  for (const { pid } of started.splice(0)) if (pid !== undefined) process.kill(-pid, 'SIGKILL');
});

/** A shell with two children, one of which has a child of its own; resolves when all stand. */
async function family(): Promise<number> {
  const script = 'sleep 60 & (sleep 60 & echo ready; wait) & wait';
  const child = spawn('/bin/sh', ['-c', script], { detached: true, stdio: ['ignore', 'pipe', 'ignore'] });
  started.push(child);
  await new Promise((resolve) => child.stdout.once('data', resolve));
  return child.pid as number;
}

const ascending = (pids: number[]): number[] => pids.toSorted((a, b) => a - b);

const listers = Object.entries(treeListers).filter(
  ([name]) => name !== 'proc' || process.platform === 'linux',
);

describe.each(listers)('the tree lister %s', (_name, listTree) => {
  it('lists the root, its children and their children', async () => {
    const root = await family();

    const tree = await listTree(root);

    expect(tree).toContain(root);
    expect(tree).toHaveLength(4);
  });

  it('does not list its own helpers or this process', async () => {
    expect(await listTree(await family())).not.toContain(process.pid);
  });

  it('lists nothing for a root that is gone', async () => {
    const gone = spawn('/bin/true');
    await new Promise((resolve) => gone.once('exit', resolve));

    expect(await listTree(gone.pid as number)).toEqual([]);
  });
});

describe.skipIf(process.platform !== 'linux')('the tree listers', () => {
  it('give the same tree', async () => {
    const root = await family();

    expect(ascending(await treeListers.proc(root))).toEqual(ascending(await treeListers.ps(root)));
  });
});
