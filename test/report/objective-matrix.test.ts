import { describe, expect, it } from 'vitest';
import { objectivesOf } from '../../src/config/resolve-objectives.js';
import type { CellRecord } from '../../src/model/results/cell-record.js';
import { renderMarkdown } from '../../src/report/formats/markdown.js';
import { objectivesSection } from '../../src/report/html/objectives-section.js';
import { objectiveMatrix, rowsWithin } from '../../src/report/objective-matrix.js';
import { columnsOf } from '../../src/report/terminal/charts/display-width.js';
import { renderObjectives } from '../../src/report/terminal/render-objectives.js';
import { cell, latency, type CellChanges } from '../support/cells.js';
import { HOSTILE_NAMES, hostileObjectives, reportOf, withObjectives } from '../support/reports.js';

/** 3000 requests at a rate, half of which take so long. */
function measured(name: string, rate: number, p50: number, changes: CellChanges = {}): CellRecord {
  return cell({
    id: `${name}_${rate}_${changes.workers ?? 1}_${changes.repeat ?? 1}`,
    operation: { id: name, path: `/${name}` },
    load: { ratePerSecond: rate },
    counts: { planned: 3000, succeeded: 3000 },
    latencyMs: { response: latency({ p50 }) },
    ...changes,
  });
}

const judged = (cells: readonly CellRecord[], ...texts: string[]) =>
  withObjectives(reportOf(cells), objectivesOf(texts) ?? []);

const invalid: CellChanges = { verdict: { state: 'INVALID', reasons: [] } };
const twoLoads = [
  measured('fast', 500, 10),
  measured('fast', 1000, 20),
  measured('slow', 500, 90),
  measured('slow', 1000, 411),
];
const shown = { width: 100, color: false };

describe('the matrix of objectives and loads', () => {
  it('has a row for each endpoint, a column for each load, and counts what passed', () => {
    expect(renderObjectives(judged(twoLoads, 'p50 < 300ms', 'slow p50 < 50ms', 'p999 < 1s'), shown)).toBe(
      [
        'Objectives',
        'Objective        Endpoint              500/s             1000/s',
        'p50 < 300ms      fast      10.0 ms passed     20.0 ms passed',
        '                 slow      90.0 ms passed      411 ms FAILED',
        'slow p50 < 50ms  slow      90.0 ms FAILED      411 ms FAILED',
        'p999 < 1s        fast      9.10 ms undecided  9.10 ms undecided',
        '                 slow      9.10 ms undecided  9.10 ms undecided',
        'Passed                                   2/5                1/5',
        'FAILED  p50 < 300ms: 411 ms, 37.0 % over (slow, 1000/s)',
        'FAILED  slow p50 < 50ms: 90.0 ms, 80.0 % over (slow, 500/s)',
        'FAILED  slow p50 < 50ms: 411 ms, 722 % over (slow, 1000/s)',
        '3 of 10 passed',
      ].join('\n'),
    );
  });

  it('names no endpoints where each objective is about one', () => {
    const { hasEndpoints, rows } = objectiveMatrix(judged(twoLoads, 'slow p50 < 1s', 'fast p50 < 1s'))!;
    expect([hasEndpoints, rows.map(({ endpoint }) => endpoint)]).toEqual([false, ['slow', 'fast']]);
  });

  it('leaves the place of a load empty that an objective is not about, and does not count it', () => {
    const text = renderObjectives(judged(twoLoads, 'fast p50 < 1s', 'slow p50 < 1s at 500/s'), shown);
    expect(text).toMatch(/^slow p50 < 1s at 500\/s +90\.0 ms passed +–$/m);
    expect(text).toMatch(/^Passed +2\/2 +1\/1$/m);
    expect(text).not.toContain(' of ');
  });

  it('has columns across worker counts too, the fewest first', () => {
    const cells = [4, 1].flatMap((workers) =>
      [1000, 500].map((rate) => measured('fast', rate, rate / workers, { workers })),
    );
    const text = renderObjectives(judged(cells, 'p50 < 600ms'), { ...shown, width: 120 });
    expect(text).toMatch(/ 500\/s +1000\/s +500\/s +1000\/s\n +1 worker +1 worker +4 workers +4 workers\n/);
    expect(text).toMatch(/ 500 ms passed +1000 ms FAILED +125 ms passed +250 ms passed$/m);
  });

  it('has the worst of the repeats, and says so', () => {
    const cells = [411, 20, 30].map((p50, at) => measured('fast', 500, p50, { repeat: at + 1 }));
    const text = renderObjectives(judged([...cells, measured('fast', 1000, 1)], 'p50 < 300ms'), shown);
    expect(text).toMatch(/^p50 < 300ms +411 ms FAILED +1\.00 ms passed$/m);
    expect(text).toMatch(/^Passed +0\/1 +1\/1\nworst of the repeats$/m);
    expect(text).toContain('\n3 of 4 passed');
  });

  it('is not there with one load', () => {
    const report = judged(twoLoads, 'p50 < 300ms at 500/s');
    expect(objectiveMatrix(report)).toBeNull();
    expect(renderObjectives(report, shown)).toMatch(/^Objective +Current +Passed +Worst cell +Result$/m);
  });

  it('keeps a row for an objective on a figure that no cell has', () => {
    const [known] = objectivesOf(['p50 < 1s']) ?? [];
    const objectives = [known!, { ...known!, text: 'gone < 1s', figure: 'gone' }];
    expect(renderObjectives(withObjectives(reportOf(twoLoads), objectives), shown)).toMatch(
      /^gone < 1s +– +– +–$/m,
    );
  });
});

describe('the matrix in a terminal', () => {
  const cells = [500, 1000, 2000, 4000].map((rate) =>
    measured('fast', rate, rate, rate === 1000 ? invalid : {}),
  );
  const report = judged(cells, 'p50 < 300ms', 'p95 < 1s', 'p999 < 1s');

  it('has marks in place of words where these do not fit, and says what they mean', () => {
    const text = renderObjectives(report, { ...shown, width: 52 });
    expect(text).toMatch(/^p50 < 300ms +500 ms! +1000 ms\? +2000 ms! +4000 ms!$/m);
    expect(text).toMatch(/^p95 < 1s +2\.04 ms +2\.04 ms\? +2\.04 ms +2\.04 ms$/m);
    expect(text).toMatch(/^p999 < 1s +9\.10 ms~ +9\.10 ms\? +9\.10 ms~ +9\.10 ms~$/m);
    expect(text).toContain('! FAILED · ~ undecided · ? invalid · others passed');
  });

  it('gives way to a row for each objective where there is no room at all', () => {
    const text = renderObjectives(report, { ...shown, width: 40 });
    expect(text).toMatch(/^p50 < 300ms +4000 ms +0 of 4 +FAILED$/m);
  });

  it.each([40, 46, 52, 58, 64, 80, 100, 140])('is never wider than its %i columns', (width) => {
    const bounds = latency({ p50: 10_000, lowerBounds: ['p50'] });
    const wide = [500, 1000].flatMap((rate) => [
      measured('a_very_long_name_of_an_operation_that_wraps', rate, 1),
      measured('bounded', rate, 1, { latencyMs: { response: bounds } }),
    ]);
    for (const unicode of [true, false]) {
      const text = renderObjectives(judged(wide, 'p50 < 300ms', 'bounded p50 < 1s'), {
        ...shown,
        unicode,
        width,
      });
      for (const line of text.split('\n')) expect(columnsOf(line)).toBeLessThanOrEqual(width);
      expect(text).toContain(unicode ? '≥10000 ms' : '>=10000 ms');
      expect(text).not.toContain('?1');
    }
  });

  it('breaks no name while there is room for marks', () => {
    const long = judged(twoLoads, 'GET /slow p50 < 300ms at 500/s', 'GET /slow p50 < 300ms at 1000/s');
    const text = renderObjectives(long, { ...shown, width: 58 });
    expect(text).toMatch(/^GET \/slow p50 < 300ms at 1000\/s +– +411 ms!$/m);
  });

  it('of many rows leaves out first what passed under every load, and counts it still', () => {
    const many = Array.from({ length: 45 }, (_, at) =>
      [500, 1000].map((rate) => measured(`op_${at}`, rate, at === 40 ? 400 : 10)),
    ).flat();
    const text = renderObjectives(judged(many, 'p50 < 300ms'), shown);
    expect(text).toMatch(/^p50 < 300ms +op_40 +400 ms FAILED +400 ms FAILED$/m);
    expect(text).toMatch(/^Passed +44\/45 +44\/45\nand 44 more rows, which passed under every load$/m);
    const { rows } = objectiveMatrix(judged(many, 'p50 < 1ms'))!;
    const { shown: first, left } = rowsWithin(rows, 40);
    expect([first.length, left]).toEqual([40, 'and 5 more rows']);
  });
});

describe('the matrix elsewhere', () => {
  const cells = HOSTILE_NAMES.flatMap((name, at) =>
    [500, 1000].map((rate) => ({ ...measured(name, rate, rate / 2), id: `cell_${at}_${rate}` })),
  );
  const [general] = objectivesOf(['p50 < 300ms']) ?? [];
  const hostile = withObjectives(reportOf(cells), [general!, ...hostileObjectives()]);

  it('stands in Markdown in place of the goals, with every name in code', () => {
    const text = renderMarkdown(hostile)[0]!.text;
    const table = /### Objectives\n\n((?:\|.*\n)+)/.exec(text)?.[1] ?? '';
    const rows = table.trimEnd().split('\n');
    expect(rows).toHaveLength(2 + 2 * HOSTILE_NAMES.length + 1);
    for (const row of rows) expect(row.match(/(?<!\\)\|/g)).toHaveLength(5);
    for (const row of rows.slice(2, -1))
      expect(row).toMatch(/^\| `.*` +\| `.*` +\| +[\d.]+ ms \w+ +\| +[\d.]+ ms \w+ +\|$/);
    expect(rows.at(-1)).toMatch(/^\| `Passed` +\| +\| +20\/20 \| +10\/20 \|$/);
  });

  it('stands in the page before the outcomes, each place a link to its cell', () => {
    const { markup } = objectivesSection(hostile);
    expect(markup.indexOf('aria-label="Table of objectives and loads"')).toBeLessThan(
      markup.indexOf('aria-label="Table of objectives"'),
    );
    expect(markup).toContain('<td class="failed">\n<a href="#cell-cell_0_1000">500 ms</a> FAILED\n</td>');
    expect(markup).toContain(
      '<td class="passed first">\n<a href="#cell-cell_0_500">250 ms</a> passed\n</td>',
    );
    expect(markup).toMatch(/<tfoot>[^]*colspan="2">Passed<[^]*>20\/20<[^]*>10\/20</);
    expect(markup).not.toContain('<script>');
  });

  it('has its worker counts over its loads in the page', () => {
    const both = [1, 2].flatMap((workers) =>
      twoLoads.map((one) => ({ ...one, workers, id: `${one.id}_${workers}` })),
    );
    const { markup } = objectivesSection(judged(both, 'slow p50 < 1s'));
    expect(markup.match(/<th scope="colgroup" colspan="2">\d workers?/g)).toHaveLength(2);
    expect(markup.match(/<th scope="col" class="first">500\/s/g)).toHaveLength(2);
  });

  it('is not in the page with one load', () => {
    expect(objectivesSection(judged([twoLoads[0]!], 'p50 < 1s')).markup).not.toContain(
      'objectives and loads',
    );
  });
});
