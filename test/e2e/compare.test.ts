import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { comparisonSchema } from '../../src/model/results/comparison.js';
import {
  constantRate,
  endpoint,
  runAfter,
  runBefore,
  simulatedRun,
  storeRun,
} from '../support/simulated-runs.js';
import { sandboxTest as test } from '../support/sandbox-test.js';
import { expectError, type Sandbox } from '../support/sandbox.js';

/** Two runs in the sandbox: `before` and `after`. */
async function stored({ folder }: Sandbox): Promise<void> {
  await storeRun(folder, runBefore());
  await storeRun(folder, runAfter());
}

describe('bench compare', () => {
  test('prints tables and writes the page and the Markdown beside the candidate', async ({ sandbox }) => {
    await stored(sandbox);
    const { code, stdout, stderr } = await sandbox.bench(['compare', 'before', 'after', '--format', 'md']);
    // One of the cells is INVALID.
    expect(code).toBe(4);
    expect(stdout).toMatch(/^4 of 10 cells SUSPECT/m);
    expect(stdout).toMatch(/^A {2}base +before/m);
    expect(stdout).toMatch(/≤−99\.\d%/);
    expect(stderr).toMatch(/Written: .*after\/compare\.md\nReport: file:.*after\/compare\.html/);
    const page = readFileSync(join(sandbox.folder, 'after/compare.html'), 'utf8');
    expect(page).toContain('10 cells measured on both sides');
    expect(readFileSync(join(sandbox.folder, 'after/compare.md'), 'utf8')).toContain('| Endpoint |');
    // What was written is no part of the run.
    const again = await sandbox.bench(['compare', 'after', 'after', '--no-html', '--json']);
    const comparison = comparisonSchema.parse(JSON.parse(again.stdout));
    expect(comparison).toMatchObject({ isSameDirectory: true, differences: [], onlyInBase: [] });
    expect(comparison.candidate.remarks).toEqual([]);
    expect(again.stderr).toContain('A and B are the same directory.');
    expect(again.code).toBe(4);
  });

  test('puts files where it is told to, and says so when it cannot', async ({ sandbox }) => {
    await stored(sandbox);
    const compare = (...flags: string[]): ReturnType<Sandbox['bench']> =>
      sandbox.bench(['compare', 'before', 'after', '--quiet', ...flags]);
    expect(await compare('--output', '.', '--format', 'md')).toEqual({
      ...{ code: 4, signal: null, stdout: '', stderr: '' },
    });
    expect(existsSync(join(sandbox.folder, 'compare.html'))).toBe(true);
    expect(existsSync(join(sandbox.folder, 'compare.md'))).toBe(true);
    expectError(await compare('--html', 'missing/x.html'), 3, /there is no folder .*missing/, /--output DIR/);
    expect(existsSync(join(sandbox.folder, 'after/compare.html'))).toBe(false);
  });

  test('refuses what are no two results directories, all at once', async ({ sandbox }) => {
    await stored(sandbox);
    mkdirSync(join(sandbox.folder, 'empty'));
    const both = await sandbox.bench(['compare', 'nowhere', 'empty']);
    expectError(both, 2, /There is no results directory .*nowhere/, /empty holds no results/);
    expectError(await sandbox.bench(['compare', 'before', 'nowhere']), 2, /nowhere/);
    expectError(
      await sandbox.bench(['compare', 'before']),
      2,
      /Two sides are needed/,
      /--base and --candidate/,
    );
    expectError(await sandbox.bench(['compare', 'b*', 'x*']), 2, /No directory fits x\*/);
    const overlap = await sandbox.bench(['compare', '--base', 'before', 'after', '--candidate', 'after']);
    expectError(overlap, 2, /A run can be on one side only.*after/, /Name each run once/);
    const format = await sandbox.bench(['compare', 'before', 'after', '--format', 'mb']);
    expectError(format, 2, /did you mean md\?/);
    writeFileSync(join(sandbox.folder, 'before/results.json'), '{"schemaVersion":99}');
    expectError(await sandbox.bench(['compare', 'before', 'after']), 2, /written by a newer bench/);
  });

  test('judges sets of runs, and fails on what it is told to fail on', async ({ sandbox }) => {
    const slow = { serviceMs: 9 };
    for (const seed of [1, 2, 3]) {
      const endpoints = [endpoint('steady'), endpoint('slowed', { path: '/slowed' })];
      const run = { endpoints, seed, loads: [constantRate(300)] };
      await storeRun(join(sandbox.folder, 'old'), simulatedRun({ ...run, name: `run_${seed}` }));
      const slower = [endpoint('steady'), endpoint('slowed', { path: '/slowed', ...slow })];
      const after = { ...run, endpoints: slower, name: `run_${seed}`, seed: seed + 10 };
      await storeRun(join(sandbox.folder, 'new'), simulatedRun(after));
    }
    const compare = ['compare', 'old', 'new', '--no-html'];
    const json = await sandbox.bench([...compare, '--json']);
    const { cells, outcome } = comparisonSchema.parse(JSON.parse(json.stdout));
    expect(json.code).toBe(1);
    expect(outcome).toMatchObject({ state: 'REGRESSED', regressed: 1 });
    expect(cells.find(({ outcome: said }) => said === 'REGRESSED')?.base.subject.id).toBe('slowed');
    expect(cells[0]?.judgements.find(({ figure }) => figure === 'p50')?.repeats).toEqual({
      base: 3,
      candidate: 3,
    });
    const { code, stdout } = await sandbox.bench([...compare, '--fail-on', 'never']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^1 of 2 cells REGRESSED/m);
    expect(stdout).toMatch(/Most of all slowed 300\/s, 1 worker: P/);
  });

  test('compares what is left of a damaged run', async ({ sandbox }) => {
    await stored(sandbox);
    writeFileSync(join(sandbox.folder, 'before/results.json'), '{"schemaVersion":1,');
    const { code, stdout } = await sandbox.bench(['compare', 'before', 'after', '--no-html']);
    expect(code).toBe(4);
    expect(stdout).toMatch(/A: results\.json is damaged/);
    expect(stdout).toMatch(/Whether machine and configuration differ is not known/);
    expect(stdout).toMatch(/300 requests\/s · 1 worker/);
  });
});
