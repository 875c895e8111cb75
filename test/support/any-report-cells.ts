import { subject } from './subjects.js';
import fc from 'fast-check';
import type { ReportCell } from '../../src/model/report/report.js';
import type { CellRecord } from '../../src/model/results/cell-record.js';
import { cell, latency } from './cells.js';
import { reportCell } from './reports.js';
import { anyText } from './text.js';

const HOSTILE = [
  '',
  '一覧を取得する',
  'e\u0301'.repeat(30),
  '👩‍👩‍👧‍👦 👍🏽 🇩🇪🇫🇷',
  '\u001b[31mred',
  'a\nb\tc',
  '\u202eevil',
  '\u0600',
  '\u0301\u0301',
  'x'.repeat(300),
  '\ud800',
  '한국어'.repeat(20),
  '\u200d\u200d',
];

const anyName = fc.oneof(
  fc.constantFrom(...HOSTILE),
  anyText(),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
);
const anyFigure = fc.option(fc.oneof(fc.constant(0), fc.double({ min: 1e-3, max: 1e7, noNaN: true })));
const anyLatency = fc
  .record({
    p50: anyFigure,
    p95: anyFigure,
    p99: anyFigure,
    p999: anyFigure,
    max: anyFigure,
    mean: anyFigure,
  })
  .chain((figures) =>
    fc
      .record({
        lowerBounds: fc.subarray(['p50', 'p95', 'p99', 'p999', 'max', 'mean']),
        censored: fc.nat(5000),
      })
      .map((rest) => latency({ ...figures, ...rest })),
  );

const anyLoad: fc.Arbitrary<CellRecord['load']> = fc.oneof(
  fc.constantFrom(0.5, 1, 100, 2000, 123_456).map((ratePerSecond) => ({
    kind: 'constant-rate' as const,
    ratePerSecond,
    durationMs: 10_000,
    arrivals: 'constant' as const,
  })),
  fc.constantFrom(0, 100).map((fromRatePerSecond) => ({
    kind: 'stages' as const,
    stages: [{ fromRatePerSecond, toRatePerSecond: 500, durationMs: 10_000 }],
  })),
);

/** A cell of a hostile name, with figures that are extreme, missing or only bounds. */
export const anyReportCell: fc.Arbitrary<ReportCell> = fc
  .record({
    id: anyName,
    workers: fc.constantFrom(1, 2, 16),
    load: anyLoad,
    response: anyLatency,
    achievedRps: fc.double({ min: 0, max: 1e6, noNaN: true }),
    successRate: fc.double({ min: 0, max: 1, noNaN: true }),
    hasProcess: fc.boolean(),
    state: fc.constantFrom('VALID' as const, 'SUSPECT' as const, 'INVALID' as const),
    message: anyName,
    failures: fc.dictionary(anyName, fc.nat(), { maxKeys: 4 }),
    seconds: fc.constantFrom(0, 1, 10, 700),
  })
  .map(({ id, response, hasProcess, state, message, seconds, ...rest }) => {
    const sound = cell();
    const series = Array.from({ length: seconds }, (_, second) => ({
      ...sound.series[0]!,
      second,
      failed: second % 3,
    }));
    return reportCell({
      ...sound,
      ...rest,
      id,
      subject: subject({ id, method: 'GET', path: `/${id}` }),
      latencyMs: { ...sound.latencyMs, response },
      gauges: hasProcess ? sound.gauges : {},
      cpuMsPerRequest: hasProcess ? sound.cpuMsPerRequest : null,
      series,
      verdict: { state, reasons: [{ id: 'requests-failed', message, remedy: message }] },
    });
  });

/** A run of them. */
export function anyReportCells(): fc.Arbitrary<ReportCell[]> {
  return fc.array(anyReportCell, { minLength: 1, maxLength: 6 });
}
