import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import type { ReportCell } from '../../../../src/model/report/report.js';
import { parseStages } from '../../../../src/model/loads/stages-notation.js';
import type { ChartOptions } from '../../../../src/report/terminal/charts/chart-style.js';
import { renderCharts } from '../../../../src/report/terminal/charts/render-charts.js';
import { cell, latency, type CellChanges } from '../../../support/cells.js';
import { anyReportCells } from '../../../support/any-report-cells.js';
import { reportCell, storedReport } from '../../../support/reports.js';
import { controlCharactersOf } from '../../../support/text.js';
import { cpuGauge } from '../../../support/gauges.js';

/** Hostile text is slow to measure; a machine under load takes several times as long. */
const MOST_MS = 60_000;

const PLAIN = { width: 100, color: false, unicode: true };
const render = (cells: readonly ReportCell[], options: Partial<ChartOptions> = {}): string =>
  renderCharts(storedReport(cells), { ...PLAIN, ...options });

function measured(id: string, rate: number, changes: CellChanges = {}): ReportCell {
  return reportCell(
    cell({
      id: `${id}_${rate}`,
      operation: { id, method: 'GET', path: `/${id}` },
      load: { ratePerSecond: rate },
      achievedRps: rate,
      counts: { planned: rate * 10, succeeded: rate * 10 },
      ...changes,
    }),
  );
}

const overloaded: CellChanges = {
  achievedRps: 262.7,
  successRate: 0.1312,
  latencyMs: {
    response: latency({
      p50: 4321,
      p95: 10_000,
      p99: 10_000,
      p999: 10_000,
      max: 10_000,
      censored: 17_376,
      lowerBounds: ['p95', 'p99', 'p999', 'max'],
    }),
  },
};
const invalid: CellChanges = {
  verdict: { state: 'INVALID', reasons: [{ id: 'generator-lagged', message: 'late' }] },
};
const scaled = (factor: number): CellChanges => ({
  latencyMs: { response: latency({ p50: 0.7 * factor, p95: 2 * factor, p99: 5 * factor, max: 9 * factor }) },
});

const mixed = [
  measured('simple_async', 1000),
  measured('get_item_sync_threadpool_read', 1000, scaled(3)),
  measured('一覧を取得する', 1000, scaled(2)),
  measured('update_item', 1000),
  measured('simple_async', 2000),
  measured('get_item_sync_threadpool_read', 2000, overloaded),
  measured('一覧を取得する', 2000, { ...scaled(2), gauges: null }),
  measured('update_item', 2000, invalid),
];

describe('golden charts', () => {
  test.each<[string, Partial<ChartOptions>]>([
    ['width-60', { width: 60 }],
    ['width-100', {}],
    ['width-160', { width: 160 }],
    ['ascii-60', { width: 60, unicode: false }],
    ['ascii-100', { unicode: false }],
    ['ascii-160', { width: 160, unicode: false }],
    ['color', { color: true }],
    ['ascii-color', { color: true, unicode: false }],
  ])('%s', async (name, options) => {
    await expect(render(mixed, options)).toMatchFileSnapshot(`../../../golden/charts/${name}.txt`);
  });

  test.each<[string, ReportCell[]]>([
    [
      'rates-and-workers',
      [1, 4].flatMap((workers) =>
        [500, 1000, 2000].flatMap((rate) => [
          measured('get_item', rate, { workers }),
          measured('make_item', rate, {
            workers,
            achievedRps: Math.min(rate, 600 * workers),
            gauges: { 'target.cpu': cpuGauge({ mean: rate / 20, max: 100 }) },
          }),
        ]),
      ),
    ],
    [
      'repeats',
      [12, 10, 35].map((p99, at) =>
        measured('get_item', 1000, { repeat: at + 1, latencyMs: { response: latency({ p99 }) } }),
      ),
    ],
    [
      'stages',
      ['get_item', 'make_item'].map((id) =>
        reportCell({
          ...measured(id, 100).record,
          load: { kind: 'stages', stages: parseStages('0:100@5s, 500@5s').stages },
        }),
      ),
    ],
    ['unknown-process', [measured('get_item', 1000, { gauges: null })]],
    [
      'no-answers',
      [
        measured('get_item', 1000, {
          achievedRps: 0,
          successRate: 0,
          latencyMs: {
            response: latency({ p50: null, p95: null, p99: null, p999: null, max: null, mean: null }),
          },
        }),
      ],
    ],
  ])('%s', async (name, cells) => {
    await expect(render(cells)).toMatchFileSnapshot(`../../../golden/charts/${name}.txt`);
  });
});

describe('any report', () => {
  const widths = fc.integer({ min: 40, max: 220 });

  test(
    'has no line wider than the terminal',
    () => {
      fc.assert(
        fc.property(anyReportCells(), widths, fc.boolean(), fc.boolean(), (cells, width, unicode, color) => {
          const lines = render(cells, { width, unicode, color }).split('\n');
          expect(lines.filter((line) => stringWidth(line) > width)).toEqual([]);
        }),
        { numRuns: 40 },
      );
    },
    MOST_MS,
  );

  test(
    'is all ASCII where no more can be shown',
    () => {
      fc.assert(
        fc.property(anyReportCells(), widths, (cells, width) => {
          expect(render(cells, { width, unicode: false })).toMatch(/^[\n\x20-\x7e]*$/);
        }),
        { numRuns: 40 },
      );
    },
    MOST_MS,
  );

  test(
    'cannot steer the terminal by its names',
    () => {
      fc.assert(
        fc.property(anyReportCells(), (cells) => {
          expect(controlCharactersOf(render(cells))).toEqual([]);
        }),
        { numRuns: 40 },
      );
    },
    MOST_MS,
  );
});

describe('of many cells', () => {
  const many = Array.from({ length: 1000 }, (_, at) => {
    const [endpoint, rate] = [Math.floor(at / 4), 250 * (1 + (at % 4))];
    return measured(`endpoint_${endpoint}`, rate, endpoint === 170 ? overloaded : scaled(1 + endpoint));
  });

  test('shows the most telling ones in a bounded number of lines, and says how many are left', () => {
    const lines = render(many).split('\n');
    expect(lines.length).toBeLessThan(200);
    expect(lines.find((line) => /^ +1 /.test(line))).toMatch(/endpoint_170 .* 500\/s/);
    expect(lines.at(-1)).toBe('and 230 more endpoints, less telling: see the HTML report');
  });

  test('charts of a hundred loads as many as can be looked at', () => {
    const text = render(Array.from({ length: 100 }, (_, at) => measured('get_item', at + 1)));
    expect(text).toMatch(/^12 of 100 loads are charted\.$/m);
    expect(text).toMatch(/ 1\/s /);
    expect(text).toMatch(/ 100\/s$/m);
  });
});

describe('what cannot be trusted', () => {
  test('a lower bound keeps its sign, in ASCII too', () => {
    const cells = [measured('get_item', 2000, overloaded)];
    expect(render(cells)).toMatch(/4321 +≥10000 +≥10000$/m);
    expect(render(cells, { unicode: false })).toMatch(/4321 +>=10000 +>=10000$/m);
  });

  test('a bar that misses its target by little is not full', () => {
    const line = render([measured('get_item', 1000, { achievedRps: 979 })]).split('\n')[2];
    expect(line).toMatch(/█[▏▎▍] +979$/);
  });

  test('what is not known is no bar and no 0', () => {
    const cells = [measured('one', 1000), measured('two', 1000, { gauges: null })];
    const cpu = render(cells).split('CPU of the target')[1];
    expect(cpu).toMatch(/^two +–$/m);
  });

  test('one failure in a repeat is no success everywhere', () => {
    const cells = [1, 2, 3].map((repeat) =>
      measured('one', 1000, { repeat, successRate: repeat === 1 ? 0.9999 : 1 }),
    );
    expect(render(cells)).not.toMatch(/100 % everywhere/);
  });
});

test('seconds are said to be of the first repeat, where there are several', () => {
  const load = { kind: 'stages' as const, stages: parseStages('0:100@5s, 500@5s').stages };
  const { record } = measured('get_item', 100);
  const repeat = (of: number): ReportCell => reportCell({ ...record, load, repeat: of });
  const note = /^Over time · .*; of several repeats the first$/m;
  expect(render([repeat(1)])).not.toMatch(note);
  expect(render([repeat(1), repeat(2)])).toMatch(note);
  expect(render([repeat(1), repeat(2)]).match(/^ {2}sent /gm)).toHaveLength(1);
});

test('nothing comes of nothing', () => {
  expect(render([])).toBe('');
});
