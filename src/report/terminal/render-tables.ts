import { Chalk, type ChalkInstance } from 'chalk';
import Table from 'cli-table3';
import type { CellRecord } from '../../model/run-record.js';
import { COLUMNS, resultTables, type ResultTable, type TableCell, type TableNote } from '../table-model.js';
import { wrapName, wrapWords } from './wrap-name.js';

export interface TerminalOptions {
  /** Columns of the terminal. */
  readonly width: number;
  readonly color: boolean;
}

/** All results as text for a terminal: a table for each rate and worker count, the reasons below. */
export function renderTables(cells: readonly CellRecord[], options: TerminalOptions): string {
  const paint = new Chalk({ level: options.color ? 1 : 0 });
  return resultTables(cells)
    .map((table) =>
      [
        paint.bold(table.title),
        draw(table, paint, options.width),
        ...notes(table, paint, options.width),
      ].join('\n'),
    )
    .join('\n\n');
}

const GAP = '  ';
const SHORTEST_NAME = 12;

function draw({ rows }: ResultTable, paint: ChalkInstance, width: number): string {
  const figureWidths = COLUMNS.slice(1).map((header, at) =>
    Math.max(...header.map((line) => line.length), ...rows.map((row) => row[at + 1]?.text.length ?? 0)),
  );
  const gaps = GAP.length * (COLUMNS.length - 1);
  const rest = width - gaps - figureWidths.reduce((sum, figureWidth) => sum + figureWidth, 0);
  const longest = Math.max(COLUMNS[0][0].length, ...rows.map((row) => row[0]?.text.length ?? 0));
  const nameWidth = Math.max(SHORTEST_NAME, Math.min(longest, rest));
  const last = COLUMNS.length - 1;
  const table = new Table({
    chars: NO_BORDERS,
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [] },
    colAligns: COLUMNS.map((_, at) => (at === 0 || at === last ? 'left' : 'right')),
    colWidths: [nameWidth, ...figureWidths],
  });
  table.push(COLUMNS.map((header) => paint.dim(header[1] === '' ? header[0] : header.join('\n'))));
  for (const row of rows) {
    const [name, ...figures] = row;
    table.push([
      wrapName(name?.text ?? '', nameWidth).join('\n'),
      ...figures.map((cell) => colored(cell, paint)),
    ]);
  }
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

const NO_BORDERS = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: GAP,
} as const;

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
  const lines = reasons.flatMap(({ message }) =>
    wrapWords(message, width - 4).map((line, at) => `${at === 0 ? '  · ' : '    '}${line}`),
  );
  const name = wrapName(endpoint, width - state.length - 1).join('\n  ');
  return [`${mark} ${name}`, ...lines];
}
