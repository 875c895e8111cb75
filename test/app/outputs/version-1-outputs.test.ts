import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { readReport } from '../../../src/app/outputs/read-report.js';
import { renderCsv } from '../../../src/report/formats/csv.js';
import { renderOpenMetrics } from '../../../src/report/formats/openmetrics.js';
import { renderCell } from '../../../src/report/terminal/charts/render-cell.js';
import { renderCharts } from '../../../src/report/terminal/charts/render-charts.js';
import { renderTables } from '../../../src/report/terminal/render-tables.js';

/** Measured and written by openapi-bench 0.1.0. The goldens were made while version 1 was the version. */
const VERSION_1 = fileURLToPath(new URL('../../fixtures/runs/version-1', import.meta.url));
const OPTIONS = { width: 160, color: false, unicode: true };

test('what was shown of a run of version 1 is shown of it still', async () => {
  const report = await readReport(VERSION_1);
  const texts = {
    'table.txt': renderTables(report.cells, OPTIONS),
    'charts.txt': renderCharts(report, OPTIONS),
    'cell.txt': report.cells.map((cell) => renderCell(cell, OPTIONS)).join('\n\n'),
    'cells.csv': renderCsv(report)[0]!.text,
    'metrics.prom': renderOpenMetrics(report)[0]!.text,
  };
  for (const [name, text] of Object.entries(texts))
    await expect(`${text.trimEnd()}\n`).toMatchFileSnapshot(`../../golden/version-1/${name}`);
});
