import type { ChalkInstance } from 'chalk';
import { grouped } from '../../kernel/grouped.js';
import { contentOf, type ResultTable, type TableCell } from '../table-model.js';
import { columnsOf } from './charts/display-width.js';
import { LineTable } from './line-table.js';
import { wrapWords } from './wrap-name.js';

const WIDE_GAP = 2;
const NARROW_GAP = 1;
const SHORTEST_NAME = 12;

type Columns = ResultTable['columns'];

/** One table of results, each endpoint named once, and below it the columns for which there was no room. */
export function drawTable({ columns, rows }: ResultTable, paint: ChalkInstance, width: number): string {
  const widths = columns.map(({ heading }, at) =>
    Math.max(...heading.map(columnsOf), ...rows.map((row) => columnsOf(row[at]?.text ?? ''))),
  );
  const shown = columnsWithin(columns, widths, width);
  const figures = shown.slice(1).reduce((sum, at) => sum + (widths[at] ?? 0), 0);
  const restWith = (gap: number): number => width - figures - gap * (shown.length - 1);
  const longest = widths[0] ?? 0;
  // Names in one line are worth more than wide gaps.
  const gap = restWith(WIDE_GAP) >= longest ? WIDE_GAP : NARROW_GAP;
  const nameWidth = Math.max(shortestName(longest), Math.min(longest, restWith(gap)));
  const table = new LineTable({
    gap,
    aligns: shown.map((at) => (contentOf(columns, at) === 'figures' ? 'right' : 'left')),
    widths: shown.map((at) => (at === 0 ? nameWidth : (widths[at] ?? 0))),
  });
  table.push(shown.map((at) => headingOf(columns, at).map((line) => paint.dim(line))));
  for (const together of [...grouped(rows, (row) => row[0]?.text ?? '').values()]) {
    const [name, ...figuresOfRows] = shown.map((at) => together.map((row) => row[at]));
    table.push([
      wrapWords(name?.[0]?.text ?? '', nameWidth),
      ...figuresOfRows.map((cells) => cells.map((cell) => (cell ? colored(cell, paint) : ''))),
    ]);
  }
  return [...table.toLines(), ...leftOut(columns, shown, paint, width)].join('\n');
}

/** The places of the columns that fit; a narrow terminal does without some. */
function columnsWithin(columns: Columns, widths: readonly number[], width: number): number[] {
  const dispensable = columns
    .flatMap(({ leaves }, at) => (leaves === undefined ? [] : { at, leaves }))
    .sort((a, b) => a.leaves - b.leaves);
  let shown = columns.map((_, at) => at);
  const taken = (): number =>
    shortestName(widths[0] ?? 0) +
    shown.slice(1).reduce((sum, at) => sum + NARROW_GAP + (widths[at] ?? 0), 0);
  for (const { at: left } of dispensable) {
    if (taken() <= width) return shown;
    shown = shown.filter((at) => at !== left);
  }
  return shown;
}

function shortestName(longest: number): number {
  return Math.min(SHORTEST_NAME, longest);
}

function headingOf(columns: Columns, at: number): string[] {
  return (columns[at]?.heading ?? []).filter((line) => line !== '');
}

function leftOut(columns: Columns, shown: readonly number[], paint: ChalkInstance, width: number): string[] {
  const names = columns.flatMap((_, at) => (shown.includes(at) ? [] : headingOf(columns, at).join(' ')));
  if (names.length === 0) return [];
  return wrapWords(`Too narrow for ${names.join(', ')}.`, width).map((line) => paint.dim(line));
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
