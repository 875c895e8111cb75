import { describe, expect } from 'vitest';
import { fileURLToPath } from 'node:url';
import { sandboxTest as test } from '../support/sandbox-test.js';
import { expectError, QUICK, scenarioFile } from '../support/sandbox.js';

const STORED = fileURLToPath(new URL('../fixtures/runs/version-1', import.meta.url));

describe.concurrent('objectives', () => {
  test('decide the exit code of a run, and stand in its results', async ({ sandbox }) => {
    const slo = ['--slo', 'p50 < 0ms', 'GET /second rps > 0'];
    const words = [
      'run',
      ...QUICK,
      '--scenario',
      scenarioFile(sandbox, 'healthy'),
      ...slo,
      '--format',
      'junit',
    ];
    const { code, stdout } = await sandbox.bench([...words, '--out', sandbox.out]);
    const { cells, objectives = [] } = sandbox.record();
    const [first, second] = cells;

    // Where the machine is too busy to measure, a cell neither passes nor fails.
    const judged = (cell: typeof first, state: string) =>
      cell?.verdict.state === 'INVALID' ? 'invalid' : state;
    expect(objectives.map(({ outcomes }) => outcomes.map(({ state }) => state))).toEqual([
      [judged(first, 'failed'), judged(second, 'failed')],
      [judged(second, 'passed')],
    ]);
    const isFailed = objectives.some(({ outcomes }) => outcomes.some(({ state }) => state === 'failed'));
    expect(code).toBe(isFailed ? 1 : 4);
    expect(stdout).toMatch(/^Objectives$/m);
    expect(sandbox.text('junit.xml')).toContain('name="objectives"');
  });

  test('are refused before any load when the run has nothing that they are about', async ({ sandbox }) => {
    const keys = 'profiles: { peak: { objectives: [third p95 < 1s, p95 < 1s at 7 users] } }';
    const file = scenarioFile(sandbox, 'healthy', { keys });
    const words = ['run', ...QUICK, '--scenario', file, '--profile', 'peak', '--out', sandbox.out];
    const outcome = await sandbox.bench(words);
    expectError(outcome, 2, /is about third, which this run does not load/);
    expect(outcome.stderr).toContain('is about a load that no cell of this run has: they have 50/s');
    expect(sandbox.record()).toMatchObject({ cells: [], config: { profile: 'peak' } });
  });

  test('end a run early with --abort-on-fail, and what was measured is kept', async ({ sandbox }) => {
    const words = ['run', '--scenario', scenarioFile(sandbox, 'healthy'), '--rates', '50', '--warmup', '0s'];
    const abort = ['--duration', '60s', '--slo', 'p50 < 0ms', '--abort-on-fail', '2s'];
    const { code, stdout } = await sandbox.bench([...words, ...abort, '--out', sandbox.out]);
    const record = sandbox.record();
    const [cell, ...others] = record.cells;

    expect([record.status, others]).toEqual(['aborted', []]);
    expect(cell?.closedEarly).toMatchObject({ objective: 'p50 < 0ms', plannedMs: 60_000 });
    const { durationMs, plannedRps } = cell!.window;
    expect(durationMs).toBe(cell!.closedEarly?.afterMs);
    expect(durationMs).toBeGreaterThan(2000);
    expect(durationMs).toBeLessThan(30_000);
    // One every 20 ms, the first at once; of a cell without losses all of them are there.
    expect(cell!.counts.planned).toBe(Math.ceil(durationMs / 20));
    expect(plannedRps).toBeCloseTo((cell!.counts.planned * 1000) / durationMs, 6);
    expect(code).toBe(cell!.verdict.state === 'INVALID' ? 4 : 1);
    expect(stdout).toContain('The run was aborted after');
  });

  test('judge a stored run anew', async ({ sandbox }) => {
    const plot = async (...words: string[]) =>
      (await sandbox.bench(['plot', STORED, '--no-html', '--quiet', ...words])).code;
    expect(await plot()).toBe(0);
    expect(await plot('--slo', 'mean < 1m')).toBe(0);
    expect(await plot('--slo', 'mean < 1m', 'mean < 0ms')).toBe(1);
    expect(await plot('--slo', 'cpu-per-requests < 1ms')).toBe(2);
  });
});
