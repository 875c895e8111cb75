import { formatFigure } from '../kernel/format.js';
import { KNOWN_FIGURES } from '../model/figures/gauge-figures.js';
import { ownerOf } from '../model/figures/gauge-owners.js';
import type { FigureDefinition } from '../model/figures/figure.js';
import type { CellRecord } from '../model/results/cell-record.js';
import { SERVICE_NAMES } from '../model/results/service.js';
import { conditionsOf, variedConditions } from './load-words.js';
import { shownName } from './shown-text.js';
import { figureCell, NOT_KNOWN, plain, type ResultTable } from './table-model.js';

interface Column {
  /** Of a figure. */
  readonly id: string;
  readonly heading: readonly [name: string, unit: string];
  /** Where all cells have none of it, there is nothing to see. */
  readonly isTrouble?: true;
}

const COLUMNS: readonly Column[] = [
  { id: 'postgres.connections.max', heading: ['Connections', 'peak'] },
  { id: 'postgres.connections.share.max', heading: ['Of the limit', '%'] },
  { id: 'postgres.locks.waiting.max', heading: ['Waiting locks', 'peak'], isTrouble: true },
  { id: 'postgres.deadlocks', heading: ['Deadlocks', ''], isTrouble: true },
  { id: 'postgres.transactions', heading: ['Transactions', '/s'] },
  { id: 'postgres.cacheHitRatio', heading: ['Cache hits', '%'] },
  { id: 'postgres.tempBytes', heading: ['Temporary files', 'MB'], isTrouble: true },
  { id: 'redis.memory.max', heading: ['Memory', 'MB, peak'] },
  { id: 'redis.clients.max', heading: ['Clients', 'peak'] },
  { id: 'redis.clients.blocked.max', heading: ['Blocked', 'peak'], isTrouble: true },
  { id: 'redis.hitRatio', heading: ['Hits', '%'] },
  { id: 'redis.evictions', heading: ['Evictions', ''], isTrouble: true },
];

/** A table for each database that was looked at, a row for each cell. Columns of trouble stand only where there was any. */
export function databaseTables(cells: readonly CellRecord[]): ResultTable[] {
  const varied = variedConditions(cells);
  return SERVICE_NAMES.flatMap((database) => {
    const looked = cells.filter(({ gauges }) =>
      Object.keys(gauges).some((id) => id.startsWith(`${database}.`)),
    );
    const columns = columnsOf(database, looked);
    if (looked.length === 0 || columns.length === 0) return [];
    const table: ResultTable = {
      title: ownerOf(`${database}.`)?.name ?? database,
      columns: [
        { heading: ['Endpoint', ''] },
        { heading: ['Load', ''], holds: 'words' },
        ...columns.map(({ heading }) => ({ heading, holds: 'figures' as const })),
      ],
      rows: looked.map((cell) => [
        plain(shownName(cell.subject.id)),
        plain(conditionsOf(cell, varied)),
        ...columns.map(({ figure }) => figureCell(figure, [cell], null)),
      ]),
    };
    return [table];
  });
}

function columnsOf(
  database: string,
  cells: readonly CellRecord[],
): (Column & { figure: FigureDefinition })[] {
  return COLUMNS.filter(({ id }) => id.startsWith(`${database}.`)).flatMap((column) => {
    const figure = KNOWN_FIGURES.find(({ id }) => id === column.id);
    if (figure === undefined) throw new Error(`no figure ${column.id}`);
    const values = cells.flatMap((cell) => figure.storedOf(cell)?.value ?? []);
    const isShown = values.some((value) => column.isTrouble !== true || value > 0);
    return isShown ? [{ ...column, figure }] : [];
  });
}

const MOST = 10;
/** In a smaller one nothing else is worth PostgreSQL's while. */
const LEAST_ROWS = 1000;

/** What PostgreSQL did most of, all cells together: its slowest statements, and tables that it read from end to end. */
export function databaseDetailTables(cells: readonly CellRecord[]): ResultTable[] {
  return [statements(cells), scans(cells)].filter(({ rows }) => rows.length > 0);
}

function statements(cells: readonly CellRecord[]): ResultTable {
  const all = new Map<string, { calls: number; totalMs: number }>();
  for (const { text, calls, totalMs } of cells.flatMap(({ postgres }) => postgres?.statements ?? [])) {
    const before = all.get(text) ?? { calls: 0, totalMs: 0 };
    all.set(text, { calls: before.calls + calls, totalMs: before.totalMs + totalMs });
  }
  const slowest = [...all].sort(([, a], [, b]) => b.totalMs - a.totalMs).slice(0, MOST);
  return {
    title: 'Statements that took PostgreSQL most time',
    columns: [
      { heading: ['Statement', ''] },
      { heading: ['Calls', ''], holds: 'figures' },
      { heading: ['Total', 'ms'], holds: 'figures' },
      { heading: ['Mean', 'ms'], holds: 'figures' },
    ],
    rows: slowest.map(([text, { calls, totalMs }]) => [
      plain(shownName(text)),
      plain(String(calls)),
      plain(formatFigure(totalMs)),
      plain(calls === 0 ? NOT_KNOWN : formatFigure(totalMs / calls)),
    ]),
  };
}

function scans(cells: readonly CellRecord[]): ResultTable {
  const all = new Map<string, { scans: number; read: number; rows: number }>();
  for (const one of cells.flatMap(({ postgres }) => postgres?.sequentialScans ?? [])) {
    const before = all.get(one.table) ?? { scans: 0, read: 0, rows: 0 };
    all.set(one.table, {
      scans: before.scans + one.sequentialScans,
      read: before.read + one.rowsRead,
      rows: Math.max(before.rows, one.rows),
    });
  }
  const largest = [...all]
    .filter(([, { rows }]) => rows >= LEAST_ROWS)
    .sort(([, a], [, b]) => b.read - a.read)
    .slice(0, MOST);
  return {
    title: 'Tables that PostgreSQL read from end to end',
    columns: [
      { heading: ['Table', ''] },
      { heading: ['Times', ''], holds: 'figures' },
      { heading: ['Rows read', ''], holds: 'figures' },
      { heading: ['Rows in it', ''], holds: 'figures' },
    ],
    rows: largest.map(([name, { scans: times, read, rows }]) => [
      plain(shownName(name)),
      ...[times, read, rows].map((count) => plain(String(count))),
    ]),
  };
}
