import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { historySchema } from '../../src/model/results/history.js';
import { runRecord } from '../support/runs.js';
import { levelsOf, runsOf } from '../support/histories.js';
import { sandboxTest as test } from '../support/sandbox-test.js';
import { expectError, type Sandbox } from '../support/sandbox.js';

/** Results directories in `runs`, one for each median; no files of cells. */
function store({ folder }: Sandbox, medians: readonly number[]): void {
  for (const { name, run, cells } of runsOf(medians)) {
    mkdirSync(join(folder, 'runs', name), { recursive: true });
    writeFileSync(join(folder, 'runs', name, 'results.json'), JSON.stringify({ ...run, cells }));
  }
}

describe.concurrent('bench history', () => {
  test('tells what got worse, at which commit, and fails where it is told to', async ({ sandbox }) => {
    store(sandbox, levelsOf([1, 14], [1.4, 6]));
    mkdirSync(join(sandbox.folder, 'runs/damaged'));
    writeFileSync(join(sandbox.folder, 'runs/damaged/results.json'), '{"schemaVersion":2,');
    const plain = await sandbox.bench(['history', 'runs/*', '--format', 'md']);
    expect(plain.code).toBe(0);
    expect(plain.stdout).toMatch(/^REGRESSED: Response time p\d+ of get_item 1000\/s, 1 worker rose by 40%/m);
    expect(plain.stdout).toContain('commit 014c0ff, 013c0ff before');
    expect(plain.stdout).toMatch(/Left out: .*damaged holds no results: its results\.json\s+is damaged/);
    expect(plain.stderr).toMatch(
      /Written: .*bench_019\/history\.md\nReport: file:.*bench_019\/history\.html/,
    );
    expect(readFileSync(join(sandbox.folder, 'runs/bench_019/history.html'), 'utf8')).toContain('<svg');

    const gated = await sandbox.bench([
      'history',
      'runs',
      '--figure',
      'p99',
      '--fail-on',
      'regressed',
      '--json',
      '--no-html',
    ]);
    expect(gated.code).toBe(1);
    const history = historySchema.parse(JSON.parse(gated.stdout));
    expect(history.series.map(({ figure }) => figure)).toEqual(['p99']);
    expect(history.series[0]?.changes.map(({ run }) => run)).toEqual([14]);
    expect(history.leftOut).toHaveLength(1);
    const accepted = ['history', 'runs', '--fail-on', 'regressed', '--recent', '3', '--quiet', '--no-html'];
    expect(await sandbox.bench(accepted)).toEqual({ code: 0, signal: null, stdout: '', stderr: '' });
  });

  test('of one run says that it is too little', async ({ sandbox }) => {
    store(sandbox, [1]);
    const { code, stdout } = await sandbox.bench(['history', 'runs/bench_000', '--output', '.']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/INCONCLUSIVE: change points need six runs of the same cell, and there is 1/);
    expect(existsSync(join(sandbox.folder, 'history.html'))).toBe(true);
  });

  test('refuses what holds no run, and what it does not know', async ({ sandbox }) => {
    mkdirSync(join(sandbox.folder, 'empty'));
    const none = { ...runRecord({ cells: [] }), cells: [] };
    mkdirSync(join(sandbox.folder, 'unmeasured'));
    writeFileSync(join(sandbox.folder, 'unmeasured/results.json'), JSON.stringify(none));
    const nothing = await sandbox.bench(['history', 'nowhere', 'empty', 'unmeasured']);
    expectError(
      nothing,
      2,
      /no results directory .*nowhere\.\n.*empty holds no results.*\n.*unmeasured holds no cell/,
    );
    expectError(await sandbox.bench(['history']), 2, /missing required argument 'dir'/);
    expectError(await sandbox.bench(['history', '.', '--figure', 'p98']), 2, /did you mean p90/);
  });
});
