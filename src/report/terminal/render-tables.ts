import { Chalk, type ChalkInstance } from 'chalk';
import Table from 'cli-table3';
import type { CellRecord } from '../../model/run-record.js';
import {
  COLUMNS,
  remediesFor,
  resultTables,
  type ResultTable,
  type TableCell,
  type TableNote,
} from '../table-model.js';
import { plainCharacters } from './charts/plain-characters.js';
import { NO_BORDERS } from './no-borders.js';
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
      draw(table, paint, options.width),
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

const WIDE_GAP = 2;
const NARROW_GAP = 1;
const SHORTEST_NAME = 12;

function draw({ rows }: ResultTable, paint: ChalkInstance, width: number): string {
  const figureWidths = COLUMNS.slice(1).map((header, at) =>
    Math.max(...header.map((line) => line.length), ...rows.map((row) => row[at + 1]?.text.length ?? 0)),
  );
  const figures = figureWidths.reduce((sum, figureWidth) => sum + figureWidth, 0);
  const longest = Math.max(COLUMNS[0][0].length, ...rows.map((row) => row[0]?.text.length ?? 0));
  const restWith = (gap: number): number => width - figures - gap * figureWidths.length;
  // Names in one line are worth more than wide gaps.
  const gap = restWith(WIDE_GAP) >= longest ? WIDE_GAP : NARROW_GAP;
  const nameWidth = Math.max(SHORTEST_NAME, Math.min(longest, restWith(gap)));
  const last = COLUMNS.length - 1;
  const table = new Table({
    chars: { ...NO_BORDERS, middle: ' '.repeat(gap) },
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [] },
    colAligns: COLUMNS.map((_, at) => (at === 0 || at === last ? 'left' : 'right')),
    colWidths: [nameWidth, ...figureWidths],
  });
  table.push(COLUMNS.map((header) => paint.dim(header[1] === '' ? header[0] : header.join('\n'))));
  for (const row of rows) {
    const [name, ...cells] = row;
    table.push([
      wrapName(name?.text ?? '', nameWidth).join('\n'),
      ...cells.map((cell) => colored(cell, paint)),
    ]);
  }
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

function colored({ text, tone }: TableCell, paint: ChalkInstance): string {
  switch (tone) {
    case 'good':
      return paint.green(text);
    case 'warning':
      return paint.yellow(text);
    case 'bad':
      return paint.red(text);
    case 'plain':
      return text;
  }
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
