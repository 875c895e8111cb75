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
    const keys =
      'profiles: { peak: { objectives: [third p95 < 1s] }, few: { objectives: [p95 < 1s at 7 users] } }';
    const words = ['run', ...QUICK, '--scenario', scenarioFile(sandbox, 'healthy', { keys })];
    const early = await sandbox.bench([...words, '--profile', 'few', '--dry-run']);
    expectError(early, 2, /is about a load that this run does not have: it has 50\/s/);
    const outcome = await sandbox.bench([...words, '--profile', 'peak', '--out', sandbox.out]);
    expectError(outcome, 2, /is about third, which this run does not load/);
    expect(sandbox.record()).toMatchObject({ cells: [], config: { profile: 'peak' } });
    // What was not measured passes nothing.
    const plot = await sandbox.bench(['plot', sandbox.out, '--no-html', '--slo', 'p95 < 1m']);
    expect(plot.code).toBe(4);
  });

  test('end a run early with --abort-on-fail, and what was measured is kept', async ({ sandbox }) => {
    const words = ['run', '--scenario', scenarioFile(sandbox, 'healthy'), '--rates', '50', '--warmup', '0s'];
    const abort = ['--duration', '60s', '--slo', 'p50 < 0ms', '--abort-on-fail', '2s'];
    const { code, stdout } = await sandbox.bench([...words, ...abort, '--out', sandbox.out]);
    const record = sandbox.record();
    // Where the machine is too busy to measure, the failure may be the generator's: then the run goes on.
    const failed = record.cells.filter(({ verdict }) => verdict.state !== 'INVALID');

    expect(record.status).toBe(failed.length === 0 ? 'complete' : 'aborted');
    expect(failed).toEqual(record.cells.slice(-1).slice(0, failed.length));
    for (const { closedEarly, window, counts } of record.cells) {
      expect(closedEarly).toMatchObject({ objective: 'p50 < 0ms', plannedMs: 60_000 });
      const { durationMs, plannedRps } = window;
      expect(durationMs).toBe(closedEarly?.afterMs);
      expect(durationMs).toBeGreaterThan(2000);
      expect(durationMs).toBeLessThan(30_000);
      // One every 20 ms, the first at once.
      expect(counts.planned).toBe(Math.ceil(durationMs / 20));
      expect(plannedRps).toBeCloseTo((counts.planned * 1000) / durationMs, 6);
    }
    expect(code).toBe(failed.length === 0 ? 4 : 1);
    expect(stdout.includes('The run was aborted after')).toBe(failed.length > 0);
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
