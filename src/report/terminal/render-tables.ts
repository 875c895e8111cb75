import { Chalk, type ChalkInstance } from 'chalk';
import type { CellRecord } from '../../model/run-record.js';
import { remediesFor, resultTables, type ResultTable, type TableNote } from '../table-model.js';
import { plainCharacters } from './charts/plain-characters.js';
import { drawTable } from './draw-table.js';
import { wrapName, wrapWords } from './wrap-name.js';

export interface TerminalOptions {
  /** Columns of the terminal. */
  readonly width: number;
  readonly color: boolean;
  /** Whether more than ASCII can be shown [true]. */
  readonly unicode?: boolean;
}

/** All results as text for a terminal: a table for each rate and worker count, the reasons below. */
export function renderTables(cells: readonly CellRecord[], options: TerminalOptions): string {
  const paint = new Chalk({ level: options.color ? 1 : 0 });
  const isPlain = options.unicode === false;
  const tables = resultTables(cells).map((shown) => {
    const table = isPlain ? withPlainBounds(shown) : shown;
    return [
      paint.bold(wrapWords(table.title, options.width).join('\n')),
      drawTable(table, paint, options.width),
      ...notes(table, paint, options.width),
    ].join('\n');
  });
  const text = [...tables, ...advice(cells, paint, options.width)].join('\n\n');
  return isPlain ? plainCharacters(text) : text;
}

/** Before the columns are measured: in ASCII the sign takes two. */
function withPlainBounds(table: ResultTable): ResultTable {
  const rows = table.rows.map((row) =>
    row.map((cell) => ({ ...cell, text: cell.text.replace(/^≥|^~≥/, (sign) => sign.replace('≥', '>=')) })),
  );
  return { ...table, rows };
}

function notes(table: ResultTable, paint: ChalkInstance, width: number): string[] {
  if (table.notes.length === 0) return [];
  return ['', ...table.notes.flatMap((note) => renderNote(note, paint, width))];
}

function renderNote({ endpoint, state, reasons }: TableNote, paint: ChalkInstance, width: number): string[] {
  const mark = state === 'INVALID' ? paint.red(state) : paint.yellow(state);
  const lines = reasons.flatMap(({ id, message }) => bullet(`${id}: ${message}`, width));
  const name = wrapName(endpoint, width - state.length - 1).join('\n  ');
  return [`${mark} ${name}`, ...lines];
}

function advice(cells: readonly CellRecord[], paint: ChalkInstance, width: number): string[] {
  const lines = remediesFor(cells).flatMap(({ id, remedy }) => bullet(`${id}: ${remedy}`, width));
  return lines.length === 0 ? [] : [[paint.bold('What to do'), ...lines].join('\n')];
}

function bullet(text: string, width: number): string[] {
  return wrapWords(text, width - 4).map((line, at) => `${at === 0 ? '  · ' : '    '}${line}`);
}
