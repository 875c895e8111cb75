import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { BEFORE_THE_RUN } from '../../../src/app/outputs/live-run.js';
import { liveMetrics, type LiveMetrics } from '../../../src/report/metrics/live-metrics.js';
import { cell } from '../../support/cells.js';
import { liveRun, warmUpSecond } from '../../support/live.js';
import { requireProgram } from '../../support/optional-programs.js';
import { familiesIn, parseMetrics } from '../../support/parse-metrics.js';

function live(changes: Partial<LiveMetrics> = {}): LiveMetrics {
  return {
    version: '0.1.0',
    run: liveRun(),
    nowMs: 6000,
    totals: { sent: 26_000, succeeded: 25_990, failed: 7 },
    finished: [cell()],
    ...changes,
  };
}

describe('the metrics of a run under way', () => {
  it.each(['openmetrics', 'text'] as const)(
    'tell of the run, the cell and the finished cells as %s',
    async (format) => {
      const text = liveMetrics(live(), format);
      await expect(text).toMatchFileSnapshot(`../../golden/metrics/live-${format}.txt`);
    },
  );

  it('are the same samples in both formats', () => {
    expect(parseMetrics(liveMetrics(live(), 'text'))).toEqual(
      parseMetrics(liveMetrics(live(), 'openmetrics')),
    );
  });

  it('tell of no cell between cells', () => {
    const text = liveMetrics(live({ run: liveRun({ current: null }) }), 'text');
    expect(familiesIn(text).filter((name) => name.includes('_current_'))).toEqual([]);
  });

  it('tell in a warm-up of its phase, not of figures that nobody measures', () => {
    const run = liveRun();
    const current = { ...run.current!, seconds: [warmUpSecond()], ratePerSecond: null };
    const samples = parseMetrics(liveMetrics(live({ run: { ...run, current } }), 'text'));
    const phases = samples.filter(({ name }) => name === 'openapi_bench_current_phase');
    expect(phases.map(({ labels, value }) => [labels['phase'], value])).toEqual([
      ['warm-up', 1],
      ['window', 0],
      ['drain', 0],
    ]);
    const others = samples.filter(({ name }) => /_current_(?!phase)/.test(name)).map(({ name }) => name);
    expect(others).toEqual(['openapi_bench_current_failed_requests']);
  });

  it('can be asked for before anything has begun', () => {
    const before = live({ run: BEFORE_THE_RUN, finished: [], totals: { sent: 0, succeeded: 0, failed: 0 } });
    expect(familiesIn(liveMetrics(before, 'openmetrics'))).toEqual([
      'openapi_bench_run',
      'openapi_bench_finished_cells',
      'openapi_bench_sent_requests',
      'openapi_bench_succeeded_requests',
      'openapi_bench_failed_requests',
    ]);
  });

  it('are found without fault by promtool', ({ skip }) => {
    const promtool = requireProgram('promtool', skip);
    const input = liveMetrics(live(), 'text');
    expect(execFileSync(promtool, ['check', 'metrics'], { input, stdio: 'pipe' }).toString()).toBe('');
  });
});
