import { askedOf } from '../../src/model/results/subject.js';
import { describe, expect, test } from 'vitest';
import type { Report } from '../../src/model/report/report.js';
import { githubAnnotations } from '../../src/report/formats/github.js';
import { FORMATS } from '../../src/report/formats/index.js';
import { renderHtml } from '../../src/report/html/render-html.js';
import { shownName, shownText } from '../../src/report/shown-text.js';
import { renderCell } from '../../src/report/terminal/charts/render-cell.js';
import { renderCharts } from '../../src/report/terminal/charts/render-charts.js';
import { renderOperations } from '../../src/report/terminal/render-operations.js';
import { renderPreflight } from '../../src/report/terminal/render-preflight.js';
import { renderTables } from '../../src/report/terminal/render-tables.js';
import { cell } from '../support/cells.js';
import { reportOf } from '../support/reports.js';
import { runRecord } from '../support/runs.js';

describe('a name of foreign origin', () => {
  test('stays as it is up to 200 characters, and loses its middle beyond them', () => {
    const name = `GET ${'x'.repeat(192)}/end`;
    expect(shownName(name)).toBe(name);
    expect(shownName(`${name}s`)).toBe(`GET ${'x'.repeat(116)}…${'x'.repeat(74)}/ends`);
  });

  test('is on one line, without halves of characters', () => {
    expect(shownName('a\ud800b\nc')).toBe('a\ufffdb c');
  });

  test('is not cut inside a character', () => {
    // Three columns of the pattern are four code units, so one of the three cuts hits the middle of the emoji.
    for (const lead of ['', 'a', 'ab', 'abc'])
      expect(shownName(lead + '🚀ab'.repeat(200))).not.toContain('\ufffd');
  });
});

test('other text is cut at 1,000 characters', () => {
  expect(shownText('y'.repeat(1001))).toBe(`${'y'.repeat(1000)}…`);
  expect(shownText('y'.repeat(1000))).toBe('y'.repeat(1000));
});

/** A run whose names and reasons all have so many characters. */
function named(characters: number): Report {
  const name = 's'.repeat(characters);
  const operation = { id: name, method: 'GET', path: name };
  const reasons = [{ id: 'not-stationary', message: name, remedy: name }];
  const cells = [500, 1000].map((ratePerSecond) =>
    cell({
      id: `s_${ratePerSecond}`,
      operation,
      load: { ratePerSecond },
      verdict: { state: 'SUSPECT', reasons },
    }),
  );
  return reportOf(cells, { run: runRecord({}) });
}

const terminal = { width: 100, color: true, unicode: true };
const operationOf = ({ cells }: Report) => ({ ...askedOf(cells[0]!.record.subject), tags: [] });

/** What people read; files for programs keep whole names. */
const RENDERERS: Readonly<Record<string, (report: Report) => string>> = {
  tables: ({ cells }) => renderTables(cells, terminal),
  charts: (report) => renderCharts(report, terminal),
  'one cell': ({ cells }) => renderCell(cells[0]!, terminal),
  page: (report) => renderHtml(report, { script: '', style: '' }),
  Markdown: (report) =>
    FORMATS.md(report)
      .map(({ text }) => text)
      .join(''),
  annotations: (report) => githubAnnotations(report).join(''),
  operations: (report) => renderOperations([operationOf(report)], terminal),
  'pre-flight': (report) =>
    renderPreflight(
      [
        {
          operation: operationOf(report),
          state: 'validation',
          status: 422,
          reason: null,
          fields: [],
          remedy: null,
        },
      ],
      terminal,
    ),
};

// Some of what measures and breaks text takes time by the square or the cube of its length.
test.each(Object.keys(RENDERERS))('no code sees more of a name than is shown: %s', (which) => {
  const render = RENDERERS[which]!;
  // Not by toBe, whose message would be as long as both.
  expect(render(named(5000)) === render(named(1500))).toBe(true);
});
