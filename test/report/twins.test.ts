import { describe, expect, test } from 'vitest';
import { analyzeRun } from '../../src/analyze/analyze-run.js';
import type { Report } from '../../src/model/report/report.js';
import type { CellRecord } from '../../src/model/results/cell-record.js';
import type { Twins } from '../../src/model/results/twin.js';
import { renderMarkdown } from '../../src/report/formats/markdown.js';
import { renderHtml } from '../../src/report/html/render-html.js';
import { twinsSection } from '../../src/report/html/twins-section.js';
import { columnsOf } from '../../src/report/terminal/charts/display-width.js';
import { renderReport, type ReportShown } from '../../src/report/terminal/render-report.js';
import { renderTwins } from '../../src/report/terminal/render-twins.js';
import { twinTables } from '../../src/report/twin-tables.js';
import { cell, latency, type CellChanges } from '../support/cells.js';
import { mixtureCell } from '../support/mixtures.js';
import { HOSTILE_NAMES, reportOf, storedReport } from '../support/reports.js';
import { runRecord } from '../support/runs.js';

const NOTES = { id: 'create_note', method: 'POST', path: '/notes/' };
const SYNC = { id: 'create_note_sync', method: 'POST', path: '/notes/sync/' };
const LOAD = { kind: 'fixed-count', requests: 10_000, concurrency: 10 } as const;

/** As ab measured it: 10000 requests, ten at once. */
function measured(operation: typeof NOTES, changes: CellChanges = {}): CellRecord {
  return cell({
    id: `${operation.id}_${changes.workers ?? 1}_${changes.repeat ?? 1}`,
    operation,
    load: LOAD,
    window: { durationMs: 21_000, plannedRps: null },
    ...changes,
  });
}

const fast = measured(NOTES, {
  achievedRps: 476,
  bytes: { received: 2_100_000 },
  cpuMsPerRequest: 1.9,
  latencyMs: {
    response: latency({ mean: 21.0, p50: 21, p75: 22, p90: 24, p95: 25, p99: 30, max: 585 }),
  },
});
const slow = measured(SYNC, {
  achievedRps: 125,
  bytes: { received: 2_100_000 },
  window: { durationMs: 80_000 },
  counts: { succeeded: 9990 },
  cpuMsPerRequest: 3.8,
  latencyMs: {
    response: latency({ mean: 80.1, p50: 77, p75: 98, p90: 126, p95: 147, p99: 203, max: 300 }),
  },
});

const side = (operation: string, name = operation) => ({ name, operation });
const NAMED: Twins = {
  pairs: [{ left: side('create_note', 'async'), right: side('create_note_sync', 'sync') }],
  isOfScenario: true,
};
const BY_FLAG: Twins = {
  pairs: [{ left: side('POST /notes/'), right: side('POST /notes/sync/') }],
  isOfScenario: false,
};

function withTwins(report: Report, twins: Twins): Report {
  return { ...report, analysis: analyzeRun(report, [], twins) };
}

const shown = { width: 100, color: false, unicode: true };
const compared = (cells: readonly CellRecord[], twins = NAMED): Report => withTwins(reportOf(cells), twins);
/** The rows of the first table, by their names. */
function rowsOf(report: Report): Record<string, string> {
  const [table] = twinTables(report);
  return Object.fromEntries(
    (table?.rows ?? []).map((row) => [
      row[0]!.text,
      row
        .slice(1)
        .map(({ text }) => text)
        .join(' | '),
    ]),
  );
}

describe('two operations side by side', () => {
  test('are a table with the figures of ab, and what the right one is of the left one', () => {
    expect(renderTwins(compared([fast, slow]), shown)).toBe(
      [
        'POST /notes/ against POST /notes/sync/ · 10000 requests, 10 at once (closed loop) · 1 worker',
        '                          async   sync  Right ÷ left',
        'Requests per second         476    125          0.26',
        'Mean response time, ms     21.0   80.1          3.81',
        '50 %, ms                   21.0   77.0          3.67',
        '75 %, ms                   22.0   98.0          4.45',
        '90 %, ms                   24.0    126          5.25',
        '95 %, ms                   25.0    147          5.88',
        '99 %, ms                   30.0    203          6.77',
        '100 % (longest), ms         585    300          0.51',
        'Failures                      0     10             –',
        'Transfer rate, KB/s        97.7   25.6          0.26',
        'CPU for each request, ms   1.90   3.80          2.00',
        'Verdict                   VALID  VALID',
      ].join('\n'),
    );
  });

  test('have a table for each load and each number of workers that both were measured under', () => {
    const under = (operation: typeof NOTES, workers: number, concurrency: number): CellRecord =>
      measured(operation, { workers, load: { ...LOAD, concurrency } });
    const report = compared([
      ...[under(NOTES, 1, 10), under(SYNC, 1, 10), under(NOTES, 1, 50), under(SYNC, 1, 50)],
      ...[under(SYNC, 4, 10), under(NOTES, 4, 10)],
      // The run was interrupted before the other one.
      under(NOTES, 4, 50),
    ]);
    expect(twinTables(report).map(({ title }) => title.split(' · ').slice(1).join(' · '))).toEqual([
      '10000 requests, 10 at once (closed loop) · 1 worker',
      '10000 requests, 50 at once (closed loop) · 1 worker',
      '10000 requests, 10 at once (closed loop) · 4 workers',
    ]);
  });

  test('are medians over repeats', () => {
    const cells = [1, 2, 3].flatMap((repeat) => [
      measured(NOTES, { repeat, achievedRps: 100 * repeat }),
      measured(SYNC, { repeat, achievedRps: 50 * repeat }),
    ]);
    const report = compared(cells);
    expect(twinTables(report)).toHaveLength(1);
    expect(twinTables(report)[0]!.title).toMatch(/ · medians of 3 repeats$/);
    expect(rowsOf(report)['Requests per second']).toBe('200 | 100 | 0.50');
  });

  test('leave out what is known of neither, and divide nothing by what is not known', () => {
    const unknown = { cpuMsPerRequest: null };
    const both = compared([measured(NOTES, unknown), measured(SYNC, unknown)]);
    expect(Object.keys(rowsOf(both))).not.toContain('CPU for each request, ms');
    const one = compared([measured(NOTES, unknown), measured(SYNC)]);
    expect(rowsOf(one)['CPU for each request, ms']).toBe('– | 0.66 | –');
  });

  test('show on which side of a ratio the true one lies, and where it is unsure', () => {
    const bounded = (lowerBounds: string[]) => ({
      latencyMs: { response: latency({ p95: 10, p99: 50, max: 50, lowerBounds }) },
    });
    const few = { counts: { planned: 50, succeeded: 50 } };
    const rows = rowsOf(
      compared([
        measured(NOTES, { ...bounded(['p99', 'max']), ...few }),
        measured(SYNC, { ...bounded(['p95', 'max']) }),
      ]),
    );
    expect(rows['95 %, ms']).toBe('10.0 | ≥10.0 | ≥1.00');
    expect(rows['99 %, ms']).toBe('~≥50.0 | 50.0 | ~≤1.00');
    expect(rows['100 % (longest), ms']).toBe('≥50.0 | ≥50.0 | –');
  });

  test('have no ratios where a measurement is INVALID, in a repeat too, and say so', () => {
    const invalid = measured(SYNC, { repeat: 2, verdict: { state: 'INVALID', reasons: [] } });
    const report = compared([
      ...[measured(NOTES), measured(SYNC)],
      ...[measured(NOTES, { repeat: 2 }), invalid],
    ]);
    const { Verdict, ...figures } = rowsOf(report);
    expect(Verdict).toBe('VALID | INVALID | ');
    for (const row of Object.values(figures)) expect(row).toMatch(/^[\d.]+ \| [\d.]+ \| –$/);
    const note = 'No ratios: INVALID figures say nothing of the target.';
    expect(renderTwins(report, shown)).toContain(`\n${note}`);
    expect(renderMarkdown(report)[0]!.text).toContain(`*${note}*`);
    expect(twinsSection(report).markup).toContain(note);
  });

  test('of a mixture are read from their own rows', () => {
    const twins: Twins = {
      pairs: [{ left: side('get_item'), right: side('POST /items') }],
      isOfScenario: false,
    };
    const report = withTwins(storedReport([mixtureCell()]), twins);
    const rows = rowsOf(report);
    expect(rows['50 %, ms']).toBe('1.00 | 4.00 | 4.00');
    expect(rows['Failures']).toBe('0 | 20 | –');
    expect(Object.keys(rows)).not.toContain('CPU for each request, ms');
    expect(renderTwins(report, shown)).toMatch(/\nBoth were asked in one mixture, where weights say /);
  });

  test('of a stored run are those of its configuration', () => {
    const run = runRecord({ config: { twins: NAMED } });
    expect(twinTables(reportOf([fast, slow], { run }))).toEqual(twinTables(compared([fast, slow])));
    expect(twinTables(reportOf([fast, slow]))).toEqual([]);
  });
});

describe('in the terminal', () => {
  const long: Twins = {
    pairs: [{ left: side('a'.repeat(60)), right: side('b'.repeat(60)) }],
    isOfScenario: false,
  };
  const named = (id: string): CellRecord => measured({ id, method: 'POST', path: `/${id}` });
  const wide = compared([named('a'.repeat(60)), named('b'.repeat(60))], long);

  test.each([40, 60, 100, 200])('no line is wider than %d columns, whatever the names', (width) => {
    for (const unicode of [true, false]) {
      const lines = renderTwins(wide, { width, color: false, unicode }).split('\n');
      expect(lines.filter((line) => columnsOf(line) > width)).toEqual([]);
    }
  });

  test('columns are left and right where their names do not fit', () => {
    expect(renderTwins(wide, { ...shown, width: 200 })).toContain(`  ${'a'.repeat(60)}  ${'b'.repeat(60)}`);
    expect(renderTwins(wide, shown)).toMatch(/\n +Left +Right +Right ÷ left\n/);
  });

  test('all is ASCII where nothing else can be shown', () => {
    const least = (operation: typeof NOTES, name: string): CellRecord =>
      measured(operation, { latencyMs: { response: latency({ p95: 9, max: 9, lowerBounds: [name] }) } });
    const report = compared([least(NOTES, 'p95'), least(SYNC, 'max')]);
    const text = renderTwins(report, { ...shown, unicode: false });
    expect(text).toMatch(/^[\n\x20-\x7e]*$/);
    expect(text).toMatch(/95 %, ms +>=9\.00 +9\.00 +<=1\.00\n/);
    expect(text).toMatch(/100 % \(longest\), ms +9\.00 +>=9\.00 +>=1\.00\n/);
    expect(text).toContain('Right / left');
  });

  const end = (report: Report, view?: ReportShown['view']): string =>
    renderReport(report, { ...shown, view, program: 'npx bench' });

  test('those of a flag are shown below the figures, those of the scenario on demand', () => {
    const asked = compared([fast, slow], BY_FLAG);
    const known = compared([fast, slow]);
    for (const view of [undefined, 'table', 'matrix', 'charts', 'all', 'twins'] as const)
      expect([view, end(asked, view).match(/Right ÷ left/g)]).toEqual([view, ['Right ÷ left']]);
    const shownBy = (view?: ReportShown['view']): boolean => end(known, view).includes('Right ÷ left');
    expect(['table', 'matrix', 'charts'].some((view) => shownBy(view as never))).toBe(false);
    expect([shownBy(), shownBy('twins'), shownBy('all')]).toEqual([false, true, true]);
  });

  test('the default output of a run whose scenario has twins is two lines and a gap longer', () => {
    const text = end(compared([fast, slow]));
    const hint =
      'To see 1 pair of operations side by side:\n  npx bench plot /runs/bench_20260115_120000 --view twins\n\n';
    expect(text).toContain(`\n\n${hint}`);
    expect(text.replace(hint, '')).toBe(end(reportOf([fast, slow])));
  });

  test('the view says how to name two where there are none', () => {
    expect(end(reportOf([fast, slow]), 'twins')).toMatch(
      /^No two operations stand side by side in this run: name them with --twin 'LEFT=RIGHT'\.\n\n/,
    );
    expect(end(reportOf([fast, slow]), 'all')).not.toContain('--twin');
  });
});

describe('hostile names', () => {
  const operations = HOSTILE_NAMES.map((id, at) => ({ id, method: 'GET', path: `/${id}${at}` }));
  const pairs = operations.slice(1).map(({ id }, at) => ({
    left: side(operations[at]!.id, HOSTILE_NAMES[at]),
    right: side(id, id),
  }));
  const report = compared(
    operations.map((one) => measured(one)),
    { pairs, isOfScenario: true },
  );

  test('stay as they are in the terminal', async () => {
    expect(twinTables(report)).toHaveLength(HOSTILE_NAMES.length - 1);
    await expect(`${renderTwins(report, shown)}\n`).toMatchFileSnapshot('../golden/twins/hostile.txt');
  });

  test('stay as they are in Markdown, in one row of a table each', async () => {
    const text = renderMarkdown(report)[0]!.text;
    const first = text.lastIndexOf('### ', text.indexOf(' against '));
    const own = text.slice(first, text.indexOf('<details>'));
    expect(own.match(/^\| .* \| Right ÷ left \|$/gm)).toHaveLength(HOSTILE_NAMES.length - 1);
    await expect(own).toMatchFileSnapshot('../golden/twins/hostile.md');
  });

  test('are no markup of the page', async () => {
    const { markup } = twinsSection(report);
    expect(markup).not.toMatch(/<script|<!--/);
    await expect(`${markup}\n`).toMatchFileSnapshot('../golden/twins/hostile.html');
    expect(renderHtml(report, { script: '', style: '' })).toContain(markup);
  });

  test('a page without twins has no such section', () => {
    expect(twinsSection(reportOf([fast, slow])).markup).toBe('');
  });
});
