import { analyzeRun } from '../../src/analyze/analyze-run.js';
import { BUCKET_COUNT, bucketOf, coarseCounts, sparseCounts } from '../../src/measure/buckets.js';
import { latencyFigures, LatencyRecorder } from '../../src/measure/latency.js';
import { spectrumOf } from '../../src/measure/spectrum.js';
import type {
  JudgedReport,
  LatencyBuckets,
  Report,
  ReportCell,
  Spectrum,
} from '../../src/model/report/report.js';
import type { CellRecord } from '../../src/model/results/cell-record.js';
import type { Objective } from '../../src/model/results/objective.js';
import type { RunRecord } from '../../src/model/results/run-record.js';
import { cell, failedAnswer, type CellChanges } from './cells.js';
import { runRecord } from './runs.js';

const RATIO = 1.09;

/** A cell as renderers take it, with a distribution that goes with its figures. */
export function reportCell(record: CellRecord, changes: Partial<ReportCell> = {}): ReportCell {
  const { response, service, sendLag } = record.latencyMs;
  const spectra = {
    response: likelySpectrum(response, record.counts.planned),
    service: likelySpectrum(service, record.counts.planned),
    sendLag: likelySpectrum(sendLag, record.counts.planned),
    byOperation: (record.byOperation ?? []).map(({ latencyMs, counts }) =>
      likelySpectrum(latencyMs.response, counts.planned),
    ),
  };
  const buckets = record.series.map(() => bucketsAround(response.p50));
  return { record, buckets, samples: [], spectra, ...changes };
}

function bucketsAround(p50Ms: number | null): LatencyBuckets {
  if (p50Ms === null) return [];
  return [5, 60, 30, 4, 1].map((count, at) => [Math.round(p50Ms * 1000 * RATIO ** (at - 1)), count]);
}

function likelySpectrum(
  { p50, p90, p99, p999, max, lowerBounds }: CellRecord['latencyMs']['response'],
  count: number,
): Spectrum {
  const figures = [
    [0.5, p50, 'p50'],
    [0.9, p90, 'p90'],
    [0.99, p99, 'p99'],
    [0.999, p999, 'p999'],
    [1, max, 'max'],
  ] as const;
  const points = figures.flatMap(([quantile, valueMs, name]) =>
    valueMs === null
      ? []
      : [
          {
            quantile,
            valueMs,
            count: Math.round(quantile * count),
            isLowerBound: lowerBounds.includes(name),
          },
        ],
  );
  return { count, points };
}

interface Seconds {
  /** Response times of the answers of each second, in microseconds. */
  readonly answeredUs: readonly (readonly number[])[];
  /** Ages of those that timed out, all in the last second. */
  readonly timedOutUs?: readonly number[];
}

/** A cell whose figures, histograms, seconds and buckets are all of the same requests. */
export function measuredCell(
  { answeredUs, timedOutUs = [] }: Seconds,
  changes: CellChanges = {},
): ReportCell {
  const recorder = new LatencyRecorder();
  for (const value of answeredUs.flat()) recorder.observe(value);
  for (const age of timedOutUs) recorder.censor(age);
  const { observed, censored } = recorder.snapshot();
  const response = latencyFigures({ observed, censored });
  const succeeded = answeredUs.flat().length;
  const planned = succeeded + timedOutUs.length;
  const durationMs = answeredUs.length * 1000;
  const series = answeredUs.map((values, second): CellRecord['series'][number] => ({
    second,
    sent: values.length,
    succeeded: values.length,
    failed: second === answeredUs.length - 1 ? timedOutUs.length : 0,
    p50Ms: null,
    p99Ms: null,
    inFlight: second + 2,
    gauges: {},
  }));
  const record = cell({
    load: {
      kind: 'constant-rate',
      ratePerSecond: 1000 * (planned / durationMs),
      durationMs,
      arrivals: 'constant',
    },
    counts: { planned, sent: planned, completed: succeeded, succeeded, timedOut: timedOutUs.length },
    achievedRps: (succeeded * 1000) / durationMs,
    successRate: planned === 0 ? 0 : succeeded / planned,
    statusCodes: succeeded === 0 ? {} : { '200': succeeded },
    latencyMs: { response },
    histograms: { response: observed.histogram, responseCensored: censored.histogram },
    series,
    ...changes,
  });
  const spectrum = spectrumOf(response, observed.histogram, censored.histogram);
  return {
    record: {
      ...record,
      statusCodes: changes.statusCodes === undefined ? { '200': succeeded } : record.statusCodes,
    },
    buckets: answeredUs.map(bucketsOf),
    samples: [],
    spectra: { response: spectrum, service: spectrum, sendLag: spectrum, byOperation: [] },
  };
}

function bucketsOf(values: readonly number[]): LatencyBuckets {
  const counts = new Uint32Array(BUCKET_COUNT);
  for (const value of values) counts[bucketOf(value)]! += 1;
  return coarseCounts(sparseCounts(counts));
}

/** A cell with a record alone, as of a file that could not be read. */
export function bareCell(record: CellRecord = cell()): ReportCell {
  const none = { count: 0, points: [] };
  return reportCell(record, {
    buckets: [],
    spectra: { response: none, service: none, sendLag: none, byOperation: [] },
  });
}

/** A stored run with the given cells. */
export function storedReport(cells: readonly ReportCell[], changes: Partial<JudgedReport> = {}): Report {
  const report = {
    name: 'bench_20260115_120000',
    folder: '/runs/bench_20260115_120000',
    run: runRecord(),
    cells,
    remarks: [],
    ...changes,
  };
  return { ...report, analysis: analyzeRun(report) };
}

/** A stored run with cells of the given records. */
export function reportOf(cells: readonly CellRecord[], changes: Partial<JudgedReport> = {}): Report {
  return storedReport(
    cells.map((record) => reportCell(record)),
    changes,
  );
}

/** The same run, held against objectives. */
export function withObjectives(report: Report, objectives: readonly Objective[]): Report {
  return { ...report, analysis: analyzeRun(report, objectives) };
}

/** A run as it was recorded, with nothing but its results.json. */
export function recordedReport({ cells, ...run }: RunRecord): Report {
  return storedReport(
    cells.map((record) => bareCell(record)),
    { run },
  );
}

/** Names that mean something to the reader of one format or another. */
export const HOSTILE_NAMES = [
  '<script>alert(1)</script>',
  '"quoted"',
  'a|b',
  '=cmd()',
  '@everyone',
  'first\nsecond',
  '\u202eright to left',
  '`code`',
  '::error ::pwned',
  '](https://example.org) ![x](y) #1 & ]]> <!-- %0A',
] as const;

/** One cell of each hostile name, on a path of that name, and with it in its reason. */
export function hostileReport(): Report {
  const cells = HOSTILE_NAMES.map((name, at) =>
    measuredCell(
      { answeredUs: [[1000, 2000, 3000]] },
      {
        id: `cell_${at}`,
        operation: { id: name, method: 'GET', path: name },
        verdict: {
          state: at % 2 === 0 ? 'INVALID' : 'SUSPECT',
          reasons: [{ id: 'generator-lagged', message: `seen: ${name}`, remedy: `do: ${name}` }],
        },
        failures: { [name]: 1 },
        failedAnswers: [failedAnswer({ operation: name, message: name, body: name, contentType: name })],
      },
    ),
  );
  return storedReport(cells, { name: HOSTILE_NAMES[0], remarks: [...HOSTILE_NAMES] });
}

/** One about each hostile name, with it in its text; each is over its limit. */
export function hostileObjectives(): Objective[] {
  return HOSTILE_NAMES.map((name) => ({
    ...{ text: `${name} mean < 1ms`, scope: name, figure: 'mean', operator: '<', limit: 1, unit: 'ms' },
    load: null,
  }));
}

/** Two loads of two endpoints: one is too slow for the higher one. */
export function mixedReport(): Report {
  const steady = (offsetUs: number, count: number): number[][] =>
    Array.from({ length: 2 }, (_, second) =>
      Array.from({ length: count }, (_unused, at) => offsetUs + 10 * at + 100 * second),
    );
  const overloaded = [
    { id: 'not-stationary', message: 'overloaded: the median grows', remedy: 'lower the rate' },
    { id: 'few-samples', message: 'only 220 requests', remedy: 'measure longer' },
  ];
  const at = (id: string, startedAt: string): CellChanges => ({
    id: `${id}_${startedAt.slice(17, 19)}`,
    operation: { id, method: id.startsWith('get') ? 'GET' : 'POST', path: `/items/{${id}}` },
    startedAt,
  });
  return storedReport([
    measuredCell({ answeredUs: steady(700, 100) }, at('get_item', '2026-01-15T12:00:00.000Z')),
    measuredCell({ answeredUs: steady(1500, 100) }, at('write_item', '2026-01-15T12:00:10.000Z')),
    measuredCell({ answeredUs: steady(800, 200) }, at('get_item', '2026-01-15T12:00:20.000Z')),
    measuredCell(
      { answeredUs: steady(400_000, 100), timedOutUs: Array.from({ length: 200 }, () => 10_000_000) },
      { ...at('write_item', '2026-01-15T12:00:30.000Z'), verdict: { state: 'SUSPECT', reasons: overloaded } },
    ),
  ]);
}
