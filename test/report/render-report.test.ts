import { describe, expect, test } from 'vitest';
import { renderReport, type ReportShown } from '../../src/report/terminal/render-report.js';
import { cell } from '../support/cells.js';
import { defaultRun, endedRun, failingRun, manyEndpoints, overloaded, sound } from '../support/ended-runs.js';

const render = (report: ReturnType<typeof endedRun>, changes: Partial<ReportShown> = {}): string =>
  renderReport(report, { width: 100, color: false, unicode: true, program: 'npx bench', ...changes });
const linesOf = (text: string): string[] => text.split('\n');

describe('the end of a run', () => {
  test('by default is its table, the reasons and the conclusion, in fewer than 50 lines', async () => {
    const text = render(endedRun(defaultRun()));
    expect(linesOf(text).length).toBeLessThan(50);
    await expect(text).toMatchFileSnapshot('../golden/runs/default.txt');
  });

  test('with failures says so first', async () => {
    const text = render(endedRun(failingRun(), ['run', '--url', 'http://127.0.0.1:3000']));
    expect(text).toMatch(/\nVerdict {2}50\.0 % of the 4000 requests did not succeed: /);
    await expect(text).toMatchFileSnapshot('../golden/runs/failures.txt');
  });

  test('of 48 endpoints at two rates is at most 100 lines', async () => {
    const text = render(endedRun(manyEndpoints()));
    expect(linesOf(text).length).toBeLessThanOrEqual(100);
    await expect(text).toMatchFileSnapshot('../golden/runs/many-endpoints.txt');
  });

  test('of repeats is one table of medians with their spread', async () => {
    const text = render(endedRun(defaultRun(3), ['run', '--repeats', '3']));
    expect(text.match(/^Endpoint/gm)).toHaveLength(1);
    expect(text).toContain('medians of 3 repeats');
    await expect(text).toMatchFileSnapshot('../golden/runs/repeats.txt');
  });

  test.each([80, 100, 140])('at %d columns has no wider line but the command to paste', (width) => {
    for (const cells of [defaultRun(), failingRun(), manyEndpoints(), defaultRun(3)]) {
      for (const view of ['table', 'matrix', 'charts', 'all', undefined] as const) {
        const wide = linesOf(render(endedRun(cells), { width, view })).filter((line) => line.length > width);
        expect(wide.filter((line) => !line.startsWith('  npx bench '))).toEqual([]);
      }
    }
  });

  test('has colour only where it is wanted', () => {
    const escape = String.fromCharCode(27);
    expect(render(endedRun(defaultRun()))).not.toContain(escape);
    expect(render(endedRun(defaultRun()), { color: true })).toContain(escape);
  });

  test('has the view that is asked for, and the conclusion below each', () => {
    const report = endedRun(defaultRun());
    const isIn = (view: ReportShown['view']) => ({
      charts: render(report, { view }).includes('Achieved rate, req/s'),
      table: render(report, { view }).includes('Avg'),
      matrix: render(report, { view }).includes('Worst first'),
    });
    expect(isIn('charts')).toEqual({ charts: true, table: false, matrix: false });
    expect(isIn('table')).toEqual({ charts: false, table: true, matrix: false });
    expect(isIn('matrix')).toEqual({ charts: false, table: false, matrix: true });
    expect(isIn('all')).toEqual({ charts: true, table: true, matrix: true });
    expect(isIn(undefined)).toEqual(isIn('table'));
    for (const view of ['charts', 'table', 'matrix', 'all'] as const)
      expect(linesOf(render(report, { view })).at(-1)).toMatch(/^ {2}npx bench run /);
  });

  test('of many endpoints shows the worst of them, and says how many are left', () => {
    const many = Array.from({ length: 70 }, (_, at) => sound(`endpoint_${at}`, 100));
    expect(render(endedRun(many))).toContain('and 10 endpoints that did better: --view matrix shows all');
  });
});

describe('what to do next', () => {
  const next = (report: ReturnType<typeof endedRun>): string => linesOf(render(report)).at(-1)!.trim();

  test('after all kept up is a higher rate, with the same target', () => {
    const words = ['run', '--url', 'http://127.0.0.1:3000', '--rates', '100', '200', '--json'];
    expect(next(endedRun([sound('a', 100), sound('a', 200)], words))).toBe(
      'npx bench run --url http://127.0.0.1:3000 --rates 400 800',
    );
  });

  test('after one fell behind is rates between what it keeps up with and what it achieved', () => {
    expect(next(endedRun([sound('a', 100), overloaded('a', 1000, 500)]))).toBe(
      'npx bench run --include a --rates 300 400 460',
    );
  });

  test('after stages leaves out the profile that may have chosen them, and keeps that of rates', () => {
    const stages = [{ fromRatePerSecond: 0, toRatePerSecond: 1000, durationMs: 10_000 }];
    const words = ['run', '--profile', 'peak', '--url', 'http://127.0.0.1:3000'];
    const kept = 'npx bench run --profile peak --url http://127.0.0.1:3000 --include a --rates 250 380 450';
    const ramp = { ...overloaded('a', 1000, 500), load: { kind: 'stages', stages } as const };
    expect(next(endedRun([overloaded('a', 1000, 500)], words))).toBe(kept);
    expect(next(endedRun([ramp], words))).toBe(kept.replace('--profile peak ', ''));
  });

  test('measures slow rates long enough for a p99', () => {
    expect(next(endedRun([overloaded('a', 100, 10)]))).toBe(
      'npx bench run --include a --rates 5 7.5 9 --duration 74s',
    );
  });

  test('after failures is one request to each of the worst, without the flags of the load', () => {
    const words = ['run', '--url', 'http://127.0.0.1:3000', '--rates', '100', '--no-html', '--insecure'];
    expect(next(endedRun(failingRun(), words))).toBe(
      'npx bench list --check --url http://127.0.0.1:3000 --insecure --include get_item delete_item',
    );
  });

  test('after a generator at its limit is to ask what this machine can do', () => {
    expect(next(endedRun([cell({ verdict: { state: 'INVALID', reasons: [] } })]))).toBe('npx bench doctor');
  });

  test('after a death is the end of the log of the target', () => {
    const died = { id: 'target-died', message: 'the target was killed' };
    const cells = [sound('a', 100, { verdict: { state: 'SUSPECT', reasons: [died] } })];
    expect(next(endedRun(cells))).toBe('tail -n 50 /runs/bench_20260115_120000/server.log');
    expect(render(endedRun(cells))).toContain('Verdict  The target died in 1 of 1 cell.');
  });

  test('after the death of a database is the end of its log, and nothing of it is asked of the target', () => {
    const reason = { id: 'service-died', message: 'Redis was killed' };
    const failed = { id: 'requests-failed', message: '50 % of the requests failed' };
    const cells = [
      sound('a', 100, {
        verdict: { state: 'SUSPECT', reasons: [reason, failed] },
        serviceDeaths: [{ service: 'redis', how: 'was killed by SIGKILL', atMs: 5 }],
      }),
    ];
    expect(next(endedRun(cells))).toBe('tail -n 50 /runs/bench_20260115_120000/redis.log');
  });

  test('after windows that were too short is a longer one', () => {
    const few = { id: 'few-samples', message: '100 requests are too few' };
    const cells = [sound('a', 10, { verdict: { state: 'SUSPECT', reasons: [few] } })];
    expect(next(endedRun(cells, ['run', '--duration=10s']))).toBe('npx bench run --duration 37s');
  });

  test('quotes what a shell would read, and says where secrets are missing', () => {
    const words = ['run', '--header', 'Authorization: <redacted>', '--include', "it's"];
    const text = render(endedRun([sound('a', 100)], words));
    expect(text).toContain('with your own secrets for <redacted>');
    expect(text).toContain(
      String.raw`--header 'Authorization: <redacted>' --include 'it'\''s' --rates 200 400`,
    );
  });

  test('names no endpoint whose name cannot be typed', () => {
    expect(next(endedRun([overloaded('a\u001b[2J', 1000, 500)]))).toBe('npx bench run --rates 250 380 450');
  });
});
