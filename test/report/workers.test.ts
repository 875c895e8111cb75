import { describe, expect, test } from 'vitest';
import { renderCsv } from '../../src/report/formats/csv.js';
import { renderMarkdown } from '../../src/report/formats/markdown.js';
import { renderOpenMetrics } from '../../src/report/formats/openmetrics.js';
import { renderCell } from '../../src/report/terminal/charts/render-cell.js';
import { renderReport, type ReportView } from '../../src/report/terminal/render-report.js';
import { workersSection } from '../../src/report/html/workers-section.js';
import { aboutRun } from '../../src/report/html/about-run.js';
import { probeWords } from '../../src/report/probe-words.js';
import { workerTable } from '../../src/report/worker-table.js';
import type { CellRecord } from '../../src/model/results/cell-record.js';
import { cell } from '../support/cells.js';
import { byProcess } from '../support/gauges.js';
import { bareCell, recordedReport, reportOf } from '../support/reports.js';
import { runRecord } from '../support/runs.js';

const probes = {
  processes: { looks: 21, meanMs: 0.6, maxMs: 2, cpuMs: 12 },
  host: { looks: 21, meanMs: 0.1, maxMs: 0.3, cpuMs: 2 },
  'cpu-throttling': { looks: 0, meanMs: null, maxMs: null, cpuMs: 0 },
};
const uneven = cell({
  ...{ id: 'get_item_w4_1000', workers: 4, probes },
  byProcess: byProcess([6100, 1300, 1300, 1300], [512, 3, 5, 4]),
});
const even = cell({ id: 'even_w2_1000', workers: 2, byProcess: byProcess([2000, 1900], [8, 8]) });
const single = cell({ id: 'single', byProcess: byProcess([2000], [8]) });
const report = reportOf([single, even, uneven]);
const shown = (view: ReportView | undefined, cells: readonly CellRecord[] = [single, even, uneven]): string =>
  renderReport(reportOf(cells), { width: 100, color: false, unicode: true, program: 'bench', view });

describe('what each worker did', () => {
  test('is a row for each cell with several, the most uneven first', () => {
    const table = workerTable(report);
    expect(table?.rows.map((row) => row.map(({ text }) => text))).toEqual([
      ['get_item', '1000 requests/s', '4', '2.44', '61 / 13 / 13 / 13', '512 / 3 / 5 / 4'],
      ['get_item', '1000 requests/s', '2', '1.03', '51 / 49', '8 / 8'],
    ]);
    expect(table?.notes).toEqual([
      expect.stringMatching(/^One of 4 workers did 61 % .*What to do: a connection/),
    ]);
    expect(workerTable(reportOf([single, cell()]))).toBeNull();
  });

  test('says how many of those that were asked for served', () => {
    const two = cell({ workers: 4, byProcess: byProcess([2000, 1900], [8, 8]) });
    expect(workerTable(reportOf([two]))?.rows[0]?.[2]?.text).toBe('2 of 4');
  });

  test('stands in the terminal where figures do, and not where other things were asked for', () => {
    for (const view of [undefined, 'table', 'all'] as const)
      expect(shown(view)).toContain('61 / 13 / 13 / 13');
    for (const view of ['charts', 'matrix'] as const) expect(shown(view)).not.toContain('61 / 13 / 13 / 13');
    expect(shown(undefined, [single])).not.toContain('What each worker did');
    const lines = shown('table').split('\n');
    expect(lines.filter((line) => line.length > 100)).toEqual([]);
  });

  test('stands in Markdown, HTML, OpenMetrics, and in the view of one cell', () => {
    const [markdown] = renderMarkdown(report);
    expect(markdown?.text).toContain('| 61 / 13 / 13 / 13 | 512 / 3 / 5 / 4');
    expect(workersSection(report).markup).toContain('61 / 13 / 13 / 13');
    expect(workersSection(reportOf([single])).markup).toBe('');
    const [metrics] = renderOpenMetrics(report);
    expect(metrics?.text).toMatch(/cell_worker_imbalance\{cell="get_item_w4_1000".*of="cpu"\} 2\.44/);
    expect(metrics?.text).toMatch(/cell_process_cpu_seconds\{cell="get_item_w4_1000".*process="1".*\} 6\.1/);
    expect(metrics?.text).toMatch(/cell_process_connections\{.*process="5".*worker="false"\} 0/);
    const text = renderCell(bareCell(uneven), { width: 100, color: false, unicode: true });
    expect(text).toContain(
      '4 workers: CPU of each, %: 61 / 13 / 13 / 13 · connections of each: 512 / 3 / 5 / 4',
    );
  });

  test('is a file of its own in CSV, a row for each process', () => {
    const file = renderCsv(report).find(({ name }) => name === 'processes.csv');
    const rows = file?.text.trim().split(/\r?\n/) ?? [];
    expect(rows).toHaveLength(1 + 2 + 3 + 5);
    expect(rows).toContain('get_item_w4_1000,1,python,true,6100,0.61,512,512');
    expect(renderCsv(reportOf([cell()])).map(({ name }) => name)).toEqual(['cells.csv']);
  });
});

describe('what looking cost', () => {
  test('is told of the probes that looked, and of all together', () => {
    const words = 'processes 0.60 ms a look, host 0.10 ms; 0.14 % of a core in all';
    expect(probeWords([uneven])).toBe(words);
    // A cell of an older version does not thin it out.
    expect(probeWords([uneven, cell()])).toBe(words);
    expect(probeWords([cell()])).toBeUndefined();
    expect(shown('all')).toContain(`Probes: ${words}`);
    expect(shown('table')).not.toContain('Probes:');
    expect(aboutRun(recordedReport(runRecord({ cells: [uneven] }))).markup).toContain(words);
  });
});
