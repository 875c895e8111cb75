import { withoutSteering } from '../../../src/kernel/text.js';
import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RunRecord } from '../../../src/model/results/run-record.js';
import { renderOpenMetrics } from '../../../src/report/formats/openmetrics.js';
import { cell, latency } from '../../support/cells.js';
import { trickyText } from '../../support/text.js';
import { requireProgram } from '../../support/optional-programs.js';
import { familiesIn, parseMetrics } from '../../support/parse-metrics.js';
import { runRecord } from '../../support/runs.js';
import { recordedReport } from '../../support/reports.js';

const openMetrics = (run: RunRecord): string => renderOpenMetrics(recordedReport(run))[0]!.text;

const HOSTILE = '<script>"|=cmd()\\\n# EOF\r\n';

/** Two cells: a sound one, and one that has all that can be said of a cell, under a hostile name. */
function record(): RunRecord {
  const overloaded = cell({
    ...{ id: 'hostile_w4_2000_r2', workers: 4, repeat: 2, achievedRps: 690.3, successRate: 0.547 },
    operation: { id: HOSTILE, method: 'POST', path: `/items/${HOSTILE}` },
    load: { kind: 'constant-rate', ratePerSecond: 2000, durationMs: 10_000, arrivals: 'poisson', seed: 1 },
    counts: { planned: 20_000, succeeded: 10_940, failed: 40, timedOut: 9000, dropped: 20 },
    statusCodes: { '200': 10_940, '503': 20 },
    failures: { 'connection-reset': 20 },
    latencyMs: { response: latency({ p99: 10_011, lowerBounds: ['mean', 'stdev', 'max', 'p99', 'p999'] }) },
    gauges: null,
    verdict: {
      state: 'SUSPECT',
      reasons: [
        { id: 'not-stationary', message: 'one' },
        { id: 'not-stationary', message: 'two' },
      ],
    },
  });
  const sound = cell();
  return runRecord({
    cells: [sound, { ...overloaded, latencyMs: { ...sound.latencyMs, ...overloaded.latencyMs } }],
  });
}

describe('a stored run in OpenMetrics', () => {
  it('has every figure of every cell', async () => {
    await expect(openMetrics(record())).toMatchFileSnapshot('../../golden/metrics/run.txt');
  });

  it('marks each figure that is only a lower bound', () => {
    const samples = parseMetrics(openMetrics(record())).filter(({ labels }) => labels['bound'] !== undefined);
    const marked = samples.map(({ name, labels }) => [
      name,
      labels['cell'],
      labels['quantile'] ?? '',
      labels['bound'],
    ]);
    const id = 'hostile_w4_2000_r2';
    expect(marked).toEqual([
      ['openapi_bench_cell_response_seconds', id, '0.99', 'lower'],
      ['openapi_bench_cell_response_seconds', id, '0.999', 'lower'],
      ['openapi_bench_cell_response_seconds', id, '1.0', 'lower'],
      ['openapi_bench_cell_response_mean_seconds', id, '', 'lower'],
      ['openapi_bench_cell_response_stdev_seconds', id, '', 'lower'],
    ]);
  });

  it('says nothing of what is not known', () => {
    const samples = parseMetrics(openMetrics(record()));
    const of = (word: string): (string | undefined)[] =>
      samples.filter(({ name }) => name.includes(word)).map(({ labels }) => labels['cell']);
    expect(new Set(of('cpu'))).toEqual(new Set(['get_item_1000']));
    expect(of('memory_growth')).toEqual([]);
  });

  it('accounts for all planned requests', () => {
    const samples = parseMetrics(openMetrics(record()));
    const sum = (name: string, id: string): number =>
      samples
        .filter((sample) => sample.name === `openapi_bench_cell_${name}` && sample.labels['cell'] === id)
        .reduce((total, { value }) => total + value, 0);
    for (const id of ['get_item_1000', 'hostile_w4_2000_r2'])
      expect(sum('ended_requests', id)).toBe(sum('planned_requests', id));
  });

  it('keeps any text of a label, but for what steers a terminal', () => {
    fc.assert(
      fc.property(trickyText(), trickyText(), (id, path) => {
        const text = openMetrics(runRecord({ cells: [cell({ operation: { id, path } })] }));
        // The same on every line, so a few will do.
        const lines = text.split('\n').filter((line) => line.startsWith('openapi_bench_cell_verdict{'));
        const labels = parseMetrics(lines.join('\n')).map(({ labels: { operation, path: at } }) => [
          operation,
          at,
        ]);
        const kept = [id, path].map((one) => withoutSteering(one).replaceAll('\r', '\ufffd'));
        expect(labels).toEqual([kept, kept, kept]);
        expect(text.match(/^# EOF$/gm)).toHaveLength(1);
      }),
    );
  });

  it('holds no half of a surrogate pair, which UTF-8 cannot', () => {
    const text = openMetrics(runRecord({ cells: [cell({ operation: { id: 'a\ud800b' } })] }));
    expect(text).toContain('operation="a\ufffdb"');
    expect(Buffer.from(text).toString()).toBe(text);
  });

  it('has each series once, each family in one place with its help, and ends with EOF', () => {
    const text = openMetrics(record());
    const samples = parseMetrics(text);
    expect(new Set(samples.map((sample) => JSON.stringify([sample.name, sample.labels]))).size).toBe(
      samples.length,
    );
    const order = samples.map(({ name }) => name).filter((name, at, names) => name !== names[at - 1]);
    expect(order).toEqual(familiesIn(text));
    expect([...text.matchAll(/^# HELP (\S+) \S/gm)].map(([, name]) => name)).toEqual(order);
    for (const [, name, unit] of text.matchAll(/^# UNIT (\S+) (\S+)$/gm))
      expect(name).toMatch(new RegExp(`_${unit}$`));
    expect(text.endsWith('\n# EOF\n')).toBe(true);
  });

  it('is only the run when no cell was finished', () => {
    const text = openMetrics(runRecord({ cells: [], finishedAt: null, status: 'interrupted' }));
    expect(familiesIn(text)).toEqual(['openapi_bench_run', 'openapi_bench_run_start_time_seconds']);
    expect(text).toContain('status="interrupted"');
  });

  it('is found without fault by promtool', ({ skip }) => {
    const promtool = requireProgram('promtool', skip);
    expect(
      execFileSync(promtool, ['check', 'metrics'], {
        input: openMetrics(record()),
        stdio: 'pipe',
      }).toString(),
    ).toBe('');
  });
});
