import type { ChalkInstance } from 'chalk';
import { grouped } from '../../kernel/grouped.js';
import { COLUMNS, type ResultTable, type TableCell } from '../table-model.js';
import { columnsOf } from './charts/display-width.js';
import { LineTable } from './line-table.js';
import { wrapName, wrapWords } from './wrap-name.js';

const WIDE_GAP = 2;
const NARROW_GAP = 1;
const SHORTEST_NAME = 12;

/** The places in COLUMNS of what a narrow terminal does without, first to last. */
const DISPENSABLE = COLUMNS.flatMap(({ leaves }, at) => (leaves === undefined ? [] : { at, leaves }))
  .sort((a, b) => a.leaves - b.leaves)
  .map(({ at }) => at);

/** One table of results, each endpoint named once, and below it the columns for which there was no room. */
export function drawTable({ rows }: ResultTable, paint: ChalkInstance, width: number): string {
  const widths = COLUMNS.map(({ heading }, at) =>
    Math.max(...heading.map(columnsOf), ...rows.map((row) => columnsOf(row[at]?.text ?? ''))),
  );
  const shown = columnsWithin(widths, width);
  const figures = shown.slice(1).reduce((sum, at) => sum + (widths[at] ?? 0), 0);
  const restWith = (gap: number): number => width - figures - gap * (shown.length - 1);
  const longest = widths[0] ?? 0;
  // Names in one line are worth more than wide gaps.
  const gap = restWith(WIDE_GAP) >= longest ? WIDE_GAP : NARROW_GAP;
  const nameWidth = Math.max(shortestName(longest), Math.min(longest, restWith(gap)));
  const table = new LineTable({
    gap,
    aligns: shown.map((at) => (at === 0 || at === COLUMNS.length - 1 ? 'left' : 'right')),
    widths: shown.map((at) => (at === 0 ? nameWidth : (widths[at] ?? 0))),
  });
  table.push(shown.map((at) => headingOf(at).map((line) => paint.dim(line))));
  for (const together of [...grouped(rows, (row) => row[0]?.text ?? '').values()]) {
    const [name, ...columns] = shown.map((at) => together.map((row) => row[at]));
    table.push([
      wrapName(name?.[0]?.text ?? '', nameWidth),
      ...columns.map((cells) => cells.map((cell) => (cell ? colored(cell, paint) : ''))),
    ]);
  }
  return [...table.toLines(), ...leftOut(shown, paint, width)].join('\n');
}

/** The places in COLUMNS of those that fit. */
function columnsWithin(widths: readonly number[], width: number): number[] {
  let shown = COLUMNS.map((_, at) => at);
  const taken = (): number =>
    shortestName(widths[0] ?? 0) +
    shown.slice(1).reduce((sum, at) => sum + NARROW_GAP + (widths[at] ?? 0), 0);
  for (const left of DISPENSABLE) {
    if (taken() <= width) return shown;
    shown = shown.filter((at) => at !== left);
  }
  return shown;
}

function shortestName(longest: number): number {
  return Math.min(SHORTEST_NAME, longest);
}

function headingOf(at: number): string[] {
  return (COLUMNS[at]?.heading ?? []).filter((line) => line !== '');
}

function leftOut(shown: readonly number[], paint: ChalkInstance, width: number): string[] {
  const names = COLUMNS.flatMap((_, at) => (shown.includes(at) ? [] : headingOf(at).join(' ')));
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
