import { Chalk } from 'chalk';
import type { ReportCell } from '../../model/report/report.js';
import type { CellRecord } from '../../model/results/cell-record.js';
import { databaseDetailTables, databaseTables } from '../database-tables.js';
import { countTables } from '../count-tables.js';
import { resultTables, type ResultTable } from '../table-model.js';
import { plainCharacters } from './charts/plain-characters.js';
import { drawTable } from './draw-table.js';
import { wrapWords } from './wrap-name.js';

export interface TerminalOptions {
  /** Columns of the terminal. */
  readonly width: number;
  readonly color: boolean;
  /** Whether more than ASCII can be shown [true]. */
  readonly unicode?: boolean;
}

/** All results as text for a terminal: a table for each worker count, and what belongs to a fixed number of requests. */
export function renderTables(cells: readonly ReportCell[], options: TerminalOptions): string {
  const records = cells.map(({ record }) => record);
  return drawnTables([...resultTables(records), ...countTables(cells)], options);
}

/** The databases that were looked at; their statements too where there is room for all. */
export function renderDatabases(
  records: readonly CellRecord[],
  options: TerminalOptions,
  isInFull: boolean,
): string {
  const tables = [...databaseTables(records), ...(isInFull ? databaseDetailTables(records) : [])];
  return drawnTables(tables, options);
}

function drawnTables(shownTables: readonly ResultTable[], options: TerminalOptions): string {
  const paint = new Chalk({ level: options.color ? 1 : 0 });
  const isPlain = options.unicode === false;
  const tables = shownTables.map((shown) => {
    const table = isPlain ? withPlainBounds(shown) : shown;
    return [
      paint.bold(wrapWords(table.title, options.width).join('\n')),
      drawTable(table, paint, options.width),
    ].join('\n');
  });
  const text = tables.join('\n\n');
  return isPlain ? plainCharacters(text) : text;
}

/** Before the columns are measured: in ASCII the sign takes two. */
export function withPlainBounds(table: ResultTable): ResultTable {
  const rows = table.rows.map((row) =>
    row.map((cell) => ({
      ...cell,
      text: cell.text.replace(/^(~?)([≥≤])/, (_, unsure, sign) => `${unsure}${sign === '≥' ? '>=' : '<='}`),
    })),
  );
  return { ...table, rows };
}
