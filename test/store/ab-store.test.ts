import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import type { AbPlan } from '../../src/model/results/ab-plan.js';
import type { RunRecord } from '../../src/model/results/run-record.js';
import { AbStore } from '../../src/store/ab-store.js';
import { RunStore } from '../../src/store/run-store.js';
import { cell } from '../support/cells.js';
import { test } from '../support/folder.js';
import { runRecord } from '../support/runs.js';

const PLAN: AbPlan = {
  schemaVersion: 1,
  id: 'one',
  startedAt: '2026-01-15T12:00:00.000Z',
  command: ['ab', '--base', 'HEAD'],
  folder: '/shop',
  ...{ seed: 1, repeats: 5 },
  base: { name: 'HEAD', commit: 'abc', repository: '/shop' },
  candidate: null,
};

async function storeRun(store: AbStore, name: string, changes: Partial<RunRecord> = {}): Promise<void> {
  const run = await RunStore.create(store.folderOf(name));
  await run.writeRun(runRecord(changes));
}

const INVALID = cell({ verdict: { state: 'INVALID', reasons: [] } });

describe('the directory of bench ab', () => {
  test('is opened again with the plan that it was made with, and made once only', async ({ folder }) => {
    const made = await AbStore.create(join(folder, 'out'), PLAN);
    const opened = await AbStore.open(join(folder, 'out'));
    expect(opened.plan).toEqual(PLAN);
    expect(opened.store.folder).toBe(made.folder);
    await expect(AbStore.create(join(folder, 'out'), PLAN)).rejects.toThrow(
      'exists already and is not empty',
    );
  });

  test('is refused without a plan, and with a damaged one', async ({ folder }) => {
    await expect(AbStore.open(folder)).rejects.toThrow('cannot be resumed: there is no ab.json in it');
    await writeFile(join(folder, 'ab.json'), '{"schemaVersion":1,');
    await expect(AbStore.open(folder)).rejects.toThrow(/cannot be resumed: ab\.json: .*JSON/);
    await writeFile(join(folder, 'ab.json'), JSON.stringify({ ...PLAN, repeats: 0 }));
    await expect(AbStore.open(folder)).rejects.toThrow(/cannot be resumed: ab\.json: repeats: /);
  });

  test('tells what became of each run', async ({ folder }) => {
    const store = await AbStore.create(join(folder, 'out'), PLAN);
    await storeRun(store, 'a-1');
    await storeRun(store, 'b-1', { cells: [cell(), INVALID] });
    await storeRun(store, 'b-2', { status: 'interrupted' });
    await storeRun(store, 'a-2', { status: 'running', owner: { pid: 2 ** 22 + 1, host: hostname() } });
    await storeRun(store, 'a-3', { cells: [cell({ counts: { succeeded: 0 } })] });
    await mkdir(store.folderOf('b-3'));
    const states = await Promise.all(
      ['a-1', 'b-1', 'b-2', 'a-2', 'a-3', 'b-3', 'a-4'].map((run) => store.stateOf(run)),
    );
    expect(states).toEqual([
      ...['finished', 'invalid', 'unfinished', 'unfinished', 'unsuccessful', 'unfinished', 'missing'],
    ]);
  });

  test('is not worked on where another bench does so', async ({ folder }) => {
    const store = await AbStore.create(join(folder, 'out'), PLAN);
    await storeRun(store, 'a-1', { status: 'running', owner: { pid: process.pid, host: hostname() } });
    await expect(store.stateOf('a-1')).rejects.toThrow('is being measured by another bench');
  });

  test('keeps what is set aside, and counts what was replaced', async ({ folder }) => {
    const store = await AbStore.create(join(folder, 'out'), PLAN);
    expect(await store.replaced()).toBe(0);
    for (const why of ['invalid', 'unfinished', 'invalid'] as const) {
      await storeRun(store, 'a-1');
      expect(existsSync(join(await store.setAside('a-1', why), 'results.json'))).toBe(true);
    }
    expect(await store.stateOf('a-1')).toBe('missing');
    expect(await store.replaced()).toBe(2);
    expect(existsSync(join(store.folder, 'set-aside', 'a-1-invalid_2'))).toBe(true);
  });
});
