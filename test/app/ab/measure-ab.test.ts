import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { AbEstimate } from '../../../src/app/ab/ab-estimate.js';
import { measureAb, type AbMoment, type AbResults } from '../../../src/app/ab/measure-ab.js';
import { resolveRunConfig } from '../../../src/config/resolve-run-config.js';
import { UserError } from '../../../src/kernel/errors.js';
import { scenarioSchema } from '../../../src/model/config/scenario.js';
import type { AbPlan } from '../../../src/model/results/ab-plan.js';
import type { RunRecord } from '../../../src/model/results/run-record.js';
import { AbStore } from '../../../src/store/ab-store.js';
import { RunStore } from '../../../src/store/run-store.js';
import { cell } from '../../support/cells.js';
import { test } from '../../support/folder.js';
import { runRecord } from '../../support/runs.js';

const PLAN: AbPlan = {
  ...{ schemaVersion: 1, id: 'one', startedAt: '2026-01-15T12:00:00.000Z', command: ['ab'], folder: '/' },
  ...{ seed: 1, repeats: 2, base: null, candidate: null },
};
const config = resolveRunConfig(
  { url: 'http://127.0.0.1:1' },
  { scenario: scenarioSchema.parse({ name: 'shop' }), folder: '/' },
  { freeFiles: null },
);
const INVALID = { cells: [cell(), cell({ verdict: { state: 'INVALID', reasons: [] } })] };

interface Told {
  /** Names of the runs in the order in which they were measured. */
  readonly measured: string[];
  readonly notices: string[];
  readonly moments: AbMoment[];
}

/** Measures a plan with runs that end as told, by name and by which try of it they are. */
async function measured(
  folder: string,
  endOf: (run: string, attempt: number) => Partial<RunRecord> | Error,
  signal = new AbortController().signal,
): Promise<Told & { readonly work: Promise<AbResults>; readonly store: AbStore }> {
  const out = join(folder, 'out');
  const store = existsSync(out) ? (await AbStore.open(out)).store : await AbStore.create(out, PLAN);
  const told: Told = { measured: [], notices: [], moments: [] };
  const work = measureAb({
    ...{ plan: PLAN, store, version: '0', signal, estimate: new AbEstimate({ base: 1000, candidate: 1000 }) },
    optionsOf: () => ({ config, command: ['run'] }),
    async runTest({ config: { out: place, order, repeats }, pair }) {
      expect({ order, repeats, id: pair?.id }).toEqual({ order: 'random', repeats: 1, id: 'one' });
      const name = `${pair?.side === 'base' ? 'a' : 'b'}-${pair?.index}`;
      expect(place).toBe(store.folderOf(name));
      told.measured.push(name);
      const end = endOf(name, told.measured.filter((one) => one === name).length);
      const run = await RunStore.create(store.folderOf(name));
      await run.writeRun(runRecord(end instanceof Error ? { status: 'failed', cells: [] } : end));
      return { error: end instanceof Error ? end : undefined };
    },
    watch: {
      observe: (event) => event.kind === 'notice' && told.notices.push(event.message),
      began: (moment) => told.moments.push(moment),
      ended: () => {},
    },
  });
  // Its caller looks at it later.
  work.catch(() => {});
  await work.catch(() => {});
  return { ...told, work, store };
}

describe('measuring both sides', () => {
  test('does each run once, and tells how far it has come', async ({ folder }) => {
    const { work, store, measured: runs, moments } = await measured(folder, () => ({}));
    expect([...runs].sort()).toEqual(['a-1', 'a-2', 'b-1', 'b-2']);
    expect(moments.map(({ number, runs: all }) => `${number}/${all}`)).toEqual(['1/4', '2/4', '3/4', '4/4']);
    expect(await work).toEqual({
      base: [store.folderOf('a-1'), store.folderOf('a-2')],
      candidate: [store.folderOf('b-1'), store.folderOf('b-2')],
    });
  });

  test('measures INVALID runs again, in their place, twice in all; then they stay, and it is said', async ({
    folder,
  }) => {
    const {
      measured: runs,
      notices,
      store,
      work,
    } = await measured(folder, (run) => (run === 'b-1' ? INVALID : {}));
    await work;
    expect(runs.filter((run) => run === 'b-1')).toHaveLength(3);
    expect(runs.lastIndexOf('b-1') - runs.indexOf('b-1')).toBe(2);
    expect(await store.stateOf('b-1')).toBe('invalid');
    expect(notices).toHaveLength(3);
    expect(notices[0]).toMatch(
      /^Run b-1, of the candidate, is INVALID.* It is kept in .*b-1-invalid, and measured again\.$/,
    );
    expect(notices[2]).toMatch(/is INVALID, and stays: 2 runs were measured again already/);
  });

  test('leaves alone what was replaced by a VALID run', async ({ folder }) => {
    const { measured: runs, store } = await measured(folder, (run, attempt) =>
      run === 'a-2' && attempt === 1 ? INVALID : {},
    );
    expect(runs.filter((run) => run === 'a-2')).toHaveLength(2);
    expect(await store.stateOf('a-2')).toBe('finished');
    expect(await store.replaced()).toBe(1);
  });

  test('ends with a side that cannot run, says whose it is, and goes on from there', async ({ folder }) => {
    const failed = new UserError('run', 'the port 8000 is taken.', 'Free it.');
    const first = await measured(folder, (run) => (run === 'b-2' ? failed : {}));
    await expect(first.work).rejects.toMatchObject({
      message: 'Run b-2, of the candidate: the port 8000 is taken.',
      hint: 'Free it.',
    });
    const second = await measured(folder, () => ({}));
    expect(new Set([...first.measured, ...second.measured])).toEqual(new Set(['a-1', 'a-2', 'b-1', 'b-2']));
    expect(second.measured).toContain('b-2');
    expect(second.measured).not.toContain('a-1');
    expect(existsSync(join(second.store.folder, 'set-aside', 'b-2-unfinished'))).toBe(true);
  });

  test('ends with a side of which no request succeeds: nobody need wait for the rest', async ({ folder }) => {
    const nothing = { cells: [cell({ counts: { succeeded: 0 } })] };
    const { work, measured: runs } = await measured(folder, (run) => (run === 'b-1' ? nothing : {}));
    await expect(work).rejects.toThrow('No request of run b-1, of the candidate, succeeded');
    expect(runs.length).toBeLessThanOrEqual(2);
  });

  test('begins nothing after an interrupt', async ({ folder }) => {
    const interrupted = new AbortController();
    const { work, measured: runs } = await measured(
      folder,
      () => {
        interrupted.abort(new Error('interrupted'));
        return { status: 'interrupted' };
      },
      interrupted.signal,
    );
    await expect(work).rejects.toThrow('interrupted');
    expect(runs).toHaveLength(1);
  });
});
