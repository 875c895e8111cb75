import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import type { ReportCell } from '../../../../src/model/report/report.js';
import type { ChartOptions } from '../../../../src/report/terminal/charts/chart-style.js';
import { renderCell } from '../../../../src/report/terminal/charts/render-cell.js';
import { anyReportCell } from '../../../support/any-report-cells.js';
import { cell, latency } from '../../../support/cells.js';
import { reportCell } from '../../../support/reports.js';
import { controlCharactersOf } from '../../../support/text.js';

const render = (shown: ReportCell, options: Partial<ChartOptions> = {}): string =>
  renderCell(shown, { width: 100, color: false, unicode: true, ...options });

/** Hostile text is slow to measure; a machine under load takes several times as long. */
const MOST_MS = 60_000;

const sound = reportCell(cell());

/** Overloaded for ten seconds, then five of waiting for what is still open. */
const overloaded = reportCell(
  cell({
    id: 'make_item_w2_1000_r2',
    workers: 2,
    repeat: 2,
    operation: { id: 'make_item', method: 'POST', path: '/items' },
    counts: {
      planned: 10_000,
      sent: 9000,
      completed: 6000,
      succeeded: 5900,
      failed: 100,
      timedOut: 3000,
      dropped: 1000,
    },
    statusCodes: { '200': 5900, '503': 100 },
    failures: { 'connection-refused': 12 },
    latencyMs: {
      response: latency({
        p95: 9000,
        p99: 10_000,
        max: 10_000,
        censored: 4000,
        lowerBounds: ['p95', 'p99', 'p999', 'max'],
      }),
      sendLag: latency({ p99: null }),
    },
    series: cell().series.flatMap((second) => [
      {
        ...second,
        p50Ms: 10 * (second.second + 1),
        p99Ms: 100 * (second.second + 1),
        failed: second.second * 10,
      },
      ...(second.second === 9
        ? [10, 11, 12, 13, 14].map((after) => ({
            ...second,
            second: after,
            sent: 0,
            succeeded: 10,
            p50Ms: null,
            p99Ms: null,
            gauges: { 'target.cpu': null, 'target.memory': null },
          }))
        : []),
    ]),
    verdict: {
      state: 'SUSPECT',
      reasons: [{ id: 'not-stationary', message: 'overloaded', remedy: 'lower the rate' }],
    },
  }),
);

describe('golden cells', () => {
  test.each<[string, ReportCell, Partial<ChartOptions>]>([
    ['cell-sound', sound, {}],
    ['cell-overloaded', overloaded, {}],
    ['cell-overloaded-60', overloaded, { width: 60 }],
    ['cell-overloaded-ascii', overloaded, { unicode: false }],
    ['cell-overloaded-color', overloaded, { color: true }],
  ])('%s', async (name, shown, options) => {
    await expect(render(shown, options)).toMatchFileSnapshot(`../../../golden/charts/${name}.txt`);
  });
});

describe('any cell', () => {
  const widths = fc.integer({ min: 40, max: 220 });

  test(
    'has no line wider than the terminal',
    () => {
      fc.assert(
        fc.property(anyReportCell, widths, fc.boolean(), fc.boolean(), (shown, width, unicode, color) => {
          const lines = render(shown, { width, unicode, color }).split('\n');
          expect(lines.filter((line) => stringWidth(line) > width)).toEqual([]);
        }),
        { numRuns: 40 },
      );
    },
    MOST_MS,
  );

  test(
    'is all ASCII where no more can be shown, and cannot steer the terminal',
    () => {
      fc.assert(
        fc.property(anyReportCell, (shown) => {
          expect(render(shown, { unicode: false })).toMatch(/^[\n\x20-\x7e]*$/);
          expect(controlCharactersOf(render(shown))).toEqual([]);
        }),
        { numRuns: 40 },
      );
    },
    MOST_MS,
  );
});

test('what is unknown of a cell is left out or a dash, never 0', () => {
  const text = render(
    reportCell(
      cell({
        gauges: null,
        latencyMs: { response: latency({ p50: null, p99: null }) },
        series: cell().series.map((second) => ({ ...second, gauges: {} })),
      }),
    ),
  );
  expect(text).not.toMatch(/CPU of the target|Memory of the target/);
  expect(text).toMatch(/^response +– .* – /m);
});

test('a cell without its own file still has its figures', () => {
  const text = render({ ...sound, buckets: [], samples: [] });
  expect(text).not.toMatch(/Histogram/);
  expect(text).toMatch(/^Verdict: VALID$/m);
});
