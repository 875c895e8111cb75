import { parse } from 'csv-parse/sync';
import { expect, it } from 'vitest';
import { renderCsv } from '../../../src/report/formats/csv.js';
import { cell } from '../../support/cells.js';
import { objectivesOf } from '../../../src/config/resolve-objectives.js';
import { mixtureCell } from '../../support/mixtures.js';
import {
  bareCell,
  HOSTILE_NAMES,
  hostileReport,
  mixedReport,
  storedReport,
  withObjectives,
} from '../../support/reports.js';
import type { CellRecord } from '../../../src/model/results/cell-record.js';
import { memoryGauge } from '../../support/gauges.js';

const CPU = 'target.cpu';
const MEMORY = 'target.memory';
const PSS = 'target.memory.pss';

type Row = Readonly<Record<string, string>>;

function rowsOf(report = mixedReport()): Row[] {
  return parse(renderCsv(report)[0]!.text, { columns: true, bom: true });
}

/** The figures of a record by their paths. */
function figuresOf(value: object, path = ''): [path: string, figure: number | null][] {
  return Object.entries(value).flatMap(([name, inner]: [string, unknown]) => {
    if (typeof inner === 'number' || inner === null) return [[`${path}${name}`, inner]];
    return typeof inner === 'object' && !Array.isArray(inner) ? figuresOf(inner, `${path}${name}.`) : [];
  });
}

/** Of the target, under the names that they had in version 1 of the results. */
function targetFigures({ gauges, cpuMsPerRequest }: CellRecord): [path: string, figure: number | null][] {
  const { [CPU]: cpu, [MEMORY]: memory, [PSS]: pss } = gauges;
  return [
    ['resources.cpuPercent.mean', cpu?.mean ?? null],
    ['resources.cpuPercent.max', cpu?.max ?? null],
    ['resources.cpuMsPerRequest', cpuMsPerRequest],
    ['resources.memoryBytes.mean', memory?.mean ?? null],
    ['resources.memoryBytes.max', memory?.max ?? null],
    ['resources.memoryBytes.growthPerMinute', memory?.growthPerMinute ?? null],
    ['resources.pssBytes.mean', pss?.mean ?? null],
    ['resources.pssBytes.max', pss?.max ?? null],
    ['resources.processes', gauges['target.processes']?.max ?? null],
    ['resources.samples', cpu?.samples ?? null],
  ];
}

it('has every figure of the contract under its path, and nothing for what is not known', () => {
  const report = mixedReport();
  const rows = rowsOf(report);
  expect(rows).toHaveLength(report.cells.length);
  for (const [at, { record }] of report.cells.entries()) {
    const { counts, latencyMs, bytes, achievedRps, successRate } = record;
    const figures = [
      ...figuresOf({ counts, latencyMs, bytes, achievedRps, successRate }),
      ...targetFigures(record),
    ];

    expect(figures.length).toBeGreaterThan(50);
    for (const [path, figure] of figures)
      expect([path, rows[at]![path]]).toEqual([path, figure === null ? '' : String(figure)]);
    expect(rows[at]!['latencyMs.response.lowerBounds']).toBe(latencyMs.response.lowerBounds.join(' '));
  }
});

it('leaves the columns of the target empty when its process is not known', () => {
  const [row] = rowsOf(storedReport([bareCell(cell({ gauges: null }))]));
  expect([row!['resources.cpuPercent.mean'], row!['resources.memoryBytes.growthPerMinute']]).toEqual([
    '',
    '',
  ]);
});

it('holds names that a spectrum of readers would take for something else', () => {
  const rows = rowsOf(hostileReport());
  expect(rows).toHaveLength(HOSTILE_NAMES.length);
  expect(rows.map((row) => row['operation.id'])).toEqual([
    '<script>alert(1)</script>',
    '"quoted"',
    'a|b',
    "'=cmd()",
    "'@everyone",
    'first second',
    ' right to left',
    '`code`',
    '::error ::pwned',
    HOSTILE_NAMES[9],
  ]);
});

it('leaves negative figures numbers', () => {
  const [row] = rowsOf(
    storedReport([bareCell(cell({ gauges: { 'target.memory': memoryGauge({ growthPerMinute: -5 }) } }))]),
  );
  expect(row!['resources.memoryBytes.growthPerMinute']).toBe('-5');
});

it('says that it is UTF-8, and ends its lines as RFC 4180 has it', () => {
  const [{ text } = { text: '' }] = renderCsv(mixedReport());
  expect(text.startsWith('\ufeff')).toBe(true);
  expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
});

it('has a row for what came of each objective in each cell, in a file of its own', () => {
  const report = withObjectives(
    mixedReport(),
    objectivesOf(['p95 < 300ms', 'write_item rps >= 90 at 100/s']) ?? [],
  );
  const [, file] = renderCsv(report);
  const rows: Row[] = parse(file!.text, { columns: true, bom: true });
  expect(file!.name).toBe('objectives.csv');
  expect(rows.map(({ cell: id, operation, state }) => [id, operation, state])).toEqual([
    ['get_item_00', 'get_item', 'passed'],
    ['write_item_10', 'write_item', 'passed'],
    ['get_item_20', 'get_item', 'passed'],
    ['write_item_30', 'write_item', 'failed'],
    ['write_item_10', 'write_item', 'passed'],
  ]);
  expect(rows[3]).toMatchObject({
    ...{ objective: 'p95 < 300ms', figure: 'p95', operator: '<', limit: '300', unit: 'ms' },
    ...{ value: '10000', isLowerBound: 'true', why: '' },
  });
  expect(renderCsv(mixedReport())).toHaveLength(1);
});

it('leads from each outcome to a row of the cells, of a mixture to that of the operation', () => {
  const mixture = storedReport([mixtureCell()]);
  const report = withObjectives(
    mixture,
    objectivesOf(['create_item mean < 1s', 'mean < 1s', 'p99 < 1s']) ?? [],
  );
  const [cells, outcomes] = renderCsv(report).map(({ text }): Row[] =>
    parse(text, { columns: true, bom: true }),
  );
  const places = outcomes!.map((row) => [row['cell'], row['operation']]);
  expect(places.map(([, operation]) => operation)).toEqual(['create_item', 'Aggregated', 'Aggregated']);
  expect(cells!.map((row) => [row['id'], row['operation.id']])).toEqual(expect.arrayContaining(places));
  expect(outcomes![2]).toMatchObject({ state: 'undecided', why: '200 requests are too few: 368 are needed' });
});
