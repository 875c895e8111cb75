import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatFigure } from '../../src/kernel/format.js';
import type { CellRecord } from '../../src/model/results/cell-record.js';
import { renderTables } from '../../src/report/terminal/render-tables.js';
import { parseStages } from '../../src/model/loads/stages-notation.js';
import { cell, latency, type CellChanges } from '../support/cells.js';
import { anyText, controlCharactersOf } from '../support/text.js';
import { bareCell } from '../support/reports.js';
import { cpuGauge } from '../support/gauges.js';

const render = (cells: readonly CellRecord[], width = 100, color = false): string =>
  renderTables(
    cells.map((one) => bareCell(one)),
    { width, color },
  );

function endpoint(id: string, changes: CellChanges = {}): CellRecord {
  return cell({ operation: { id, method: 'GET', path: `/${id}` }, ...changes });
}

const at = (ratePerSecond: number): CellChanges => ({
  load: { ratePerSecond },
  achievedRps: ratePerSecond,
  counts: { planned: ratePerSecond * 10 },
});

const overloaded: CellChanges = {
  load: { ratePerSecond: 2000 },
  achievedRps: 262.7,
  successRate: 0.1312,
  counts: { planned: 20_000, succeeded: 2624, timedOut: 17_376, completed: 2624 },
  latencyMs: {
    response: latency({
      p50: 10_000,
      mean: 9321.4,
      p95: 10_000,
      p99: 10_000,
      lowerBounds: ['p50', 'mean', 'p95', 'p99', 'p999', 'max'],
    }),
  },
  gauges: { 'target.cpu': cpuGauge({ mean: 147.2, max: 160 }) },
  cpuMsPerRequest: 5.61,
  verdict: {
    state: 'SUSPECT',
    reasons: [
      {
        id: 'connection-limit-reached',
        message: 'all connections were in use, and up to 15361 requests waited for one',
        remedy:
          'the target is too slow for this rate, or --max-connections is too low; the wait counts as response time',
      },
      {
        id: 'not-stationary',
        message:
          'overloaded: the median went from 2512 ms in the first half to 7487 ms in the second, with 263 of 2000 requests/s done',
        remedy: 'the latency depends on how long the test lasts: lower the rate',
      },
    ],
  },
};
const invalid: CellChanges = {
  ...at(2000),
  verdict: {
    state: 'INVALID',
    reasons: [
      {
        id: 'generator-lagged',
        message: 'the generator itself was late: send lag p99 14.2 ms, limit 2.00 ms',
        remedy: 'lower the rate, use fewer workers, or free a core for the generator',
      },
    ],
  },
};
const few: CellChanges = {
  ...at(10),
  counts: { planned: 100 },
  load: { ratePerSecond: 10 },
  verdict: {
    state: 'SUSPECT',
    reasons: [
      { id: 'few-samples', message: '100 requests are too few for a p99 (368 are needed): measure longer' },
    ],
  },
};
const LONG_NAME = 'update_item_sync_threadpool_write_api_db_sync_threadpool_write__item_id__post';

const staged = (id: string, text: string, changes: CellChanges): CellRecord => ({
  ...endpoint(id, changes),
  load: { kind: 'stages', stages: parseStages(text).stages },
});
const ramp = '0:100@2m, 500@30s';

const mixed = [
  endpoint('get_item_async_read', at(2000)),
  endpoint('simple_sync_threadpool', overloaded),
  endpoint('update_item_async_write', invalid),
  endpoint(LONG_NAME, { ...at(2000), successRate: 0.99996 }),
];

describe('golden tables', () => {
  test.each<[string, CellRecord[]]>([
    ['valid', [endpoint('get_item', at(1000)), endpoint('make_item', { ...at(1000), successRate: 0.998 })]],
    ['mixed-verdicts', mixed],
    ['few-samples', [endpoint('get_item', few)]],
    ['unknown-process', [endpoint('get_item', { ...at(1000), gauges: null })]],
    [
      'no-answers',
      [
        endpoint('get_item', {
          successRate: 0,
          achievedRps: 0,
          cpuMsPerRequest: null,
          latencyMs: { response: latency({ p50: null, mean: null, p95: null, p99: null }) },
          verdict: {
            state: 'SUSPECT',
            reasons: [{ id: 'target-died', message: 'the target died in this cell: exit code 1' }],
          },
        }),
      ],
    ],
    [
      'rates-and-workers',
      [1, 4].flatMap((workers) => [1000, 2000].map((rate) => endpoint('get_item', { ...at(rate), workers }))),
    ],
    [
      'stages',
      [
        staged('get_item', ramp, { achievedRps: 100, counts: { planned: 15_000 } }),
        staged('make_item', ramp, { achievedRps: 60, counts: { planned: 15_000 } }),
      ],
    ],
    [
      'poisson',
      [endpoint('get_item', { load: { arrivals: 'poisson', seed: 1 }, counts: { planned: 10_090 } })],
    ],
    ['repeats', [1, 2].map((repeat) => endpoint('get_item', { ...at(0.5), repeat, counts: { planned: 5 } }))],
  ])('%s', async (name, cells) => {
    await expect(render(cells)).toMatchFileSnapshot(`../golden/tables/${name}.txt`);
  });

  test.each([50, 80, 100, 160])('at a width of %d columns', async (width) => {
    await expect(render(mixed, width)).toMatchFileSnapshot(`../golden/tables/width-${width}.txt`);
  });

  test('in ASCII', async () => {
    const text = renderTables(
      mixed.map((one) => bareCell(one)),
      { width: 100, color: false, unicode: false },
    );
    expect(text).toMatch(/^[\n\x20-\x7e]*$/);
    await expect(text).toMatchFileSnapshot('../golden/tables/ascii.txt');
  });

  test('in colour', async () => {
    await expect(render(mixed, 100, true)).toMatchFileSnapshot('../golden/tables/color.txt');
  });
});

const COLOR = new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, 'g');

test('colour adds nothing but colour', () => {
  expect(render(mixed, 100, true)).toMatch(COLOR);
  expect(render(mixed, 100, true).replace(COLOR, '')).toBe(render(mixed));
});

describe('a table', () => {
  const figure = fc.double({ min: 0, max: 99_999, noNaN: true });
  const anyCell = fc
    .record({
      id: fc.oneof(fc.stringMatching(/^[a-z_]{1,120}$/), fc.constant(LONG_NAME)),
      rate: fc.integer({ min: 1, max: 99_999 }),
      figures: fc.tuple(figure, figure, figure, figure),
      isBound: fc.boolean(),
      rate01: fc.double({ min: 0, max: 1, noNaN: true }),
      cpu: fc.double({ min: 0, max: 6400, noNaN: true }),
      message: fc.stringMatching(/^[a-z ]{0,200}$/),
      state: fc.constantFrom('VALID' as const, 'SUSPECT' as const, 'INVALID' as const),
    })
    .map(({ id, rate, figures: [p50, mean, p95, p99], isBound, rate01, cpu, message, state }) =>
      endpoint(id, {
        ...at(rate),
        successRate: rate01,
        latencyMs: {
          response: latency({
            p50,
            mean,
            p95,
            p99,
            lowerBounds: isBound ? ['p50', 'mean', 'p95', 'p99'] : [],
          }),
        },
        gauges: { 'target.cpu': cpuGauge({ mean: cpu, max: cpu }) },
        verdict: { state, reasons: [{ id: 'x', message }] },
      }),
    );

  test('is never wider than its terminal of 40 columns or more, nor are its notes', () => {
    fc.assert(
      fc.property(
        fc.array(anyCell, { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 40, max: 250 }),
        (cells, width) => {
          const widest = Math.max(
            ...render(cells, width)
              .split('\n')
              .map((line) => line.length),
          );
          expect(widest).toBeLessThanOrEqual(width);
        },
      ),
    );
  });

  test('of many stages has a title over several lines', () => {
    const text = Array.from({ length: 40 }, (_, at) => `${at + 1}@10s`).join(', ');
    const lines = render([staged('get_item', text, {})]).split('\n');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(100);
    expect(lines.join(' ')).toContain(`stages ${text} · 1 worker`);
    expect(lines.at(-1)).toMatch(/^get_item +1→40 /);
  });

  const differentCells = fc.uniqueArray(anyCell, {
    ...{ minLength: 1, maxLength: 4, selector: ({ subject }) => subject.id },
  });

  test('has its columns in line: every figure ends where its header ends', () => {
    fc.assert(
      fc.property(differentCells, (cells) => {
        const same = cells.map((one) => ({ ...one, load: cells[0]!.load }));
        const lines = render(same, 160).split('\n');
        const end = lines[2]!.indexOf('ms') + 2;
        const rows = lines.filter((line) => /(VALID|SUSPECT)$/.test(line));
        expect(rows).toHaveLength(same.length);
        for (const [row, line] of rows.entries()) {
          const { p50, lowerBounds } = same[row]!.latencyMs.response;
          const text = `${lowerBounds.includes('p50') ? '≥' : ''}${formatFigure(p50!)}`;
          expect(line.slice(0, end).endsWith(` ${text}`)).toBe(true);
        }
      }),
    );
  });

  test('shows a long name in full, over several lines', () => {
    const names = render([endpoint(LONG_NAME)])
      .split('\n')
      .slice(3)
      .map((line) => line.split(' ')[0]);
    expect(names.join('')).toContain(LONG_NAME);
  });

  test('keeps a name with control characters on its line, and lets none of them through', () => {
    const name = 'a\x1b[2J\x07b\r\nSUSPECT c\td\u202ee\u0000';
    const text = render([
      endpoint(name, { verdict: { state: 'SUSPECT', reasons: [{ id: 'x', message: `see ${name}` }] } }),
    ]);
    expect(controlCharactersOf(text)).toEqual([]);
    expect(text).not.toContain('\u202e');
    expect(text).toContain('a[2Jb SUSPECT c d e');
    expect(text.split('\n')).toHaveLength(render([endpoint('x', few)]).split('\n').length);
  });

  test('of any names has one row for each cell', () => {
    fc.assert(
      fc.property(fc.uniqueArray(anyText({ maxLength: 10 }), { minLength: 1, maxLength: 4 }), (names) => {
        const rows = render(names.map((name) => endpoint(name)))
          .split('\n')
          .filter((line) => /1000 +1000 .* VALID$/.test(line));
        expect(rows).toHaveLength(names.length);
      }),
    );
  });
});

describe('success', () => {
  const successOf = (successRate: number): string | undefined =>
    /4\.88 +(\S+) +66 /.exec(render([endpoint('x', { successRate })]))?.[1];

  test.each([
    [1, '100'],
    [0.999999, '>99.99'],
    [0.99985, '99.98'],
    [0.998, '99.8'],
    [0.5, '50.0'],
    [0.00001, '0.0'],
    [0, '0.0'],
  ])('of %d is shown as %s', (rate, text) => {
    expect(successOf(rate)).toBe(text);
  });

  test('is never rounded up to 100', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (rate) => {
        expect(successOf(rate)).not.toMatch(/^100/);
      }),
    );
  });
});

test('no cells make no text', () => {
  expect(render([])).toBe('');
});
