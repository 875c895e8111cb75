import { variedConditions } from '../../src/report/load-words.js';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { operationsOf, tabulated } from '../../src/model/figures/operation-figures.js';
import { figuresIn } from '../../src/model/figures/index.js';
import { renderCsv } from '../../src/report/formats/csv.js';
import { renderLocust } from '../../src/report/formats/locust/render-locust.js';
import { markdownOf } from '../../src/report/formats/markdown.js';
import { cellsTable } from '../../src/report/html/cells-table.js';
import { nextStep } from '../../src/report/next-step.js';
import { renderTables } from '../../src/report/terminal/render-tables.js';
import { resultTables } from '../../src/report/table-model.js';
import { concludeRun } from '../../src/report/run-conclusion.js';
import { cell } from '../support/cells.js';
import { mixtureCell } from '../support/mixtures.js';
import { bareCell, storedReport } from '../support/reports.js';
import { runRecord } from '../support/runs.js';

const mixture = mixtureCell();
const report = storedReport([mixture], {
  run: runRecord({ command: ['run', '--mix', '--weights', 'get_item=7', '--rates', '100'] }),
});

type Row = Readonly<Record<string, string>>;
const rowsOf = (text: string): Row[] => parse(text, { columns: true, bom: true });
const locust = (name: string): Row[] =>
  rowsOf(renderLocust(report).find((one) => one.name === `locust_${name}.csv`)!.text);

describe('the tables of a mixture', () => {
  it('have a row for each operation, and one for all together', async () => {
    const text = renderTables([mixture], { width: 200, color: false });
    await expect(text).toMatchFileSnapshot('../golden/mixture-table.txt');
  });

  it('are one for each load, with medians over repeats', () => {
    const other = { ...mixture.record, load: { ...mixture.record.load, ratePerSecond: 200 } } as never;
    const tables = resultTables([mixture.record, mixtureCell(2).record, other]);
    expect(
      tables.map(({ title, rows }) => [title, rows.map(([name, target]) => `${name!.text} ${target!.text}`)]),
    ).toEqual([
      [
        'Mixture of 3 operations · 100 requests/s · 1 worker · medians of 2 repeats, ± half of their range',
        [
          ...['get_item 70.0', 'get_item ±', 'create_item 20.0', 'create_item ±'],
          ...['get_broken 10.0', 'get_broken ±', 'Aggregated 100', 'Aggregated ±'],
        ],
      ],
      ['Mixture of 3 operations · 200 requests/s · 1 worker', expect.any(Array)],
    ]);
  });

  it('stand in Markdown and HTML too, where links lead to the cell', () => {
    const markdown = markdownOf(report, 65_536);
    expect(markdown.match(/^\| `?[A-Z]?[a-z_]+`? +\|/gm)).toHaveLength(5);
    const { markup } = cellsTable([mixture.record], variedConditions([mixture.record]));
    expect(markup.match(/<a href="#cell-mixture_100" title="[^"]*">/g)).toEqual([
      '<a href="#cell-mixture_100" title="GET /items/{id}">',
      '<a href="#cell-mixture_100" title="POST /items">',
      '<a href="#cell-mixture_100" title="GET /broken">',
      '<a href="#cell-mixture_100" title="mixture: 3 operations">',
    ]);
    expect(markup.match(/id="cell-mixture_100"/g)).toHaveLength(1);
  });

  it('have columns of their own, which no other run has', () => {
    const of = (...records: Parameters<typeof tabulated>[1]): string[] =>
      tabulated(figuresIn('table'), records).map(({ id }) => id);
    const own = ['planned', 'failures', 'failure-share', 'failure-rate'];
    expect(of(mixture.record)).toEqual(expect.arrayContaining(own));
    expect(of(cell()).filter((id) => own.includes(id))).toEqual([]);
    expect(of(cell())).toContain('success');
  });
});

describe('the CSV files of a mixture', () => {
  it('have its operations with their own figures, and name the row of all', () => {
    const [file] = renderCsv(report);
    const rows = rowsOf(file!.text);
    const shown = rows.map((row) =>
      [
        'id',
        'operation.id',
        'counts.planned',
        'failureCount',
        'failuresPerSecond',
        'targetRps',
        'statusCodes',
        'keepsUp',
      ].map((name) => row[name]),
    );
    expect(shown).toEqual([
      ['mixture_100', 'get_item', '140', '0', '0', '70', '200=140', ''],
      ['mixture_100', 'create_item', '40', '20', '10', '20', '200=20 409=10', ''],
      ['mixture_100', 'get_broken', '20', '20', '10', '10', '500=20', ''],
      ['mixture_100', 'Aggregated', '200', '40', '20', '100', '200=160 409=10 500=20', 'false'],
    ]);
  });

  it('are what Locust writes: a row for each method and name in its order, then all together', () => {
    const rows = locust('stats');
    expect(rows.map((row) => [row['Type'], row['Name'], row['Request Count'], row['Failure Count']])).toEqual(
      [
        ['GET', '/broken', '20', '20'],
        ['POST', '/items', '40', '20'],
        ['GET', '/items/{id}', '140', '0'],
        ['', 'Aggregated', '200', '40'],
      ],
    );
    for (const column of ['Request Count', 'Failure Count', 'Requests/s', 'Failures/s']) {
      const [all, ...each] = rows.map((row) => Number(row[column])).reverse();
      expect([column, each.reduce((sum, value) => sum + value, 0)]).toEqual([
        column,
        expect.closeTo(all!, 9),
      ]);
    }
    // Of each its own distribution; that of all is merged from none of them.
    const { latencyMs, byOperation } = mixture.record;
    const p50 = rows.map((row) => Number(row['Median Response Time']));
    expect(p50).toEqual(
      [2, 1, 0, -1].map((at) => (byOperation![at] ?? { latencyMs }).latencyMs.response.p50),
    );
    for (const [at, row] of rows.entries()) expect(Number(row['50%']) / p50[at]!).toBeCloseTo(1, 3);
  });

  it('count the failures of each operation by kind', () => {
    expect(
      locust('failures').map((row) => [row['Method'], row['Name'], row['Error'], row['Occurrences']]),
    ).toEqual([
      ['POST', '/items', 'status 409', '10'],
      ['POST', '/items', 'timed out', '10'],
      ['GET', '/broken', 'status 500', '20'],
    ]);
  });

  it('have a history of all together alone', () => {
    const history = locust('stats_history');
    expect(new Set(history.map((row) => row['Name']))).toEqual(new Set(['Aggregated']));
    expect(history.at(-1)).toMatchObject({ 'Total Request Count': '200', 'Total Failure Count': '40' });
  });

  it('of a cell whose histograms could not be read keep what is known', () => {
    const bare = renderLocust(storedReport([bareCell(mixture.record)]))[0]!;
    expect(rowsOf(bare.text)[0]).toMatchObject({ Name: '/broken', 'Request Count': '20', '99%': 'N/A' });
  });
});

describe('what is said of a mixture', () => {
  it('names the operation with most failures, and goes on with those that fail', () => {
    const failed = mixture.record.verdict.reasons.find(({ id }) => id === 'requests-failed');
    expect(failed?.message).toContain('; most of them GET /broken, 20 of its 20');
    expect(nextStep(report)?.words).toEqual(['list', '--check', '--include', 'get_broken', 'create_item']);
    expect(concludeRun(report).verdict).toContain('No mixture kept up at 100/s.');
  });

  it('adds up', () => {
    const parts = operationsOf(mixture.record);
    const { counts, achievedRps } = mixture.record;
    expect(parts.reduce((sum, { source }) => sum + source.counts.planned, 0)).toBe(counts.planned);
    expect(parts.reduce((sum, { source }) => sum + source.achievedRps, 0)).toBeCloseTo(achievedRps, 6);
  });
});
