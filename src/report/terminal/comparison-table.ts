import type { ChalkInstance } from 'chalk';
import type { VerdictState } from '../../model/results/verdict.js';
import { COMPARED_COLUMNS, type ComparisonRow, type ComparisonTable } from '../comparison-model.js';
import { LineTable } from './line-table.js';
import { tinted } from './tinted.js';
import { wrapName } from './wrap-name.js';

/** How all tables of a comparison are laid out, so that their columns stand below one another. */
export interface ComparisonLayout {
  /** Indexes into `COMPARED_COLUMNS`. */
  readonly columns: readonly number[];
  /** Of these, then of the verdicts. */
  readonly widths: readonly number[];
  /** 0 = the names have lines of their own. */
  readonly nameWidth: number;
  readonly gap: number;
  readonly hasVerdicts: boolean;
  /** Headings of the columns for which there is no room. */
  readonly hidden: readonly string[];
}

const LABEL_WIDTH = 1;
/** A shorter name column breaks names into pieces that nobody reads. */
const SHORTEST_NAME = 18;
/** What is given up first when there is too little room. */
const DISPENSABLE = COMPARED_COLUMNS.flatMap(({ metric, leaves }) =>
  leaves === undefined ? [] : { metric, leaves },
).sort((a, b) => a.leaves - b.leaves);

/** As many columns as fit; rather names on lines of their own than columns left out. */
export function layoutFor(tables: readonly ComparisonTable[], width: number): ComparisonLayout {
  const rows = tables.flatMap((table) => table.rows);
  const hasVerdicts = rows.some(
    ({ verdicts }) => verdicts.base !== 'VALID' || verdicts.candidate !== 'VALID',
  );
  const verdictWidths = hasVerdicts ? [longest(rows.flatMap(({ verdicts }) => Object.values(verdicts)))] : [];
  const widthsOf = (columns: readonly number[]): number[] => [
    ...columns.map((at) => columnWidth(rows, at)),
    ...verdictWidths,
  ];
  const roomFor = (columns: readonly number[], gap: number): number =>
    width - LABEL_WIDTH - widthsOf(columns).reduce((sum, one) => sum + gap + one, 0);
  const all = COMPARED_COLUMNS.map((_, at) => at);
  const longestName = longest(rows.map(({ name }) => name));
  for (const gap of [2, 1]) {
    const nameRoom = roomFor(all, gap) - gap;
    if (nameRoom < Math.min(longestName, SHORTEST_NAME)) continue;
    const nameWidth = Math.min(longestName, nameRoom);
    return { columns: all, widths: widthsOf(all), nameWidth, gap, hasVerdicts, hidden: [] };
  }
  const gap = roomFor(all, 2) >= 0 ? 2 : 1;
  const columns = fitting(all, (some) => roomFor(some, gap) >= 0);
  const hidden = all.filter((at) => !columns.includes(at)).map(headingAt);
  return { columns, widths: widthsOf(columns), nameWidth: 0, gap, hasVerdicts, hidden };
}

function fitting(all: readonly number[], fits: (columns: readonly number[]) => boolean): readonly number[] {
  let columns = all;
  for (const { metric } of DISPENSABLE) {
    if (fits(columns)) break;
    columns = columns.filter((at) => COMPARED_COLUMNS[at]?.metric !== metric);
  }
  return columns;
}

function columnWidth(rows: readonly ComparisonRow[], at: number): number {
  const { heading = '', unit = '' } = COMPARED_COLUMNS[at] ?? {};
  const texts = rows.flatMap(({ metrics }) => {
    const shown = metrics[at];
    return shown ? [shown.base, shown.candidate, shown.change] : [];
  });
  return longest([heading, unit, ...texts]);
}

function headingAt(at: number): string {
  const { heading = '', unit = '' } = COMPARED_COLUMNS[at] ?? {};
  return `${heading} ${unit}`;
}

function longest(texts: readonly string[]): number {
  return Math.max(0, ...texts.map((text) => text.length));
}

/** Three lines for each endpoint: base, candidate, change. */
export function renderComparisonTable(
  rows: readonly ComparisonRow[],
  layout: ComparisonLayout,
  paint: ChalkInstance,
): string {
  const { columns, widths, nameWidth, gap, hasVerdicts } = layout;
  const nameColumn = nameWidth > 0 ? [nameWidth] : [];
  const colWidths = [...nameColumn, LABEL_WIDTH, ...widths];
  const isLeft = (at: number): boolean =>
    at <= nameColumn.length || (hasVerdicts && at === colWidths.length - 1);
  const table = new LineTable({
    gap,
    aligns: colWidths.map((_, at) => (isLeft(at) ? 'left' : 'right')),
    widths: colWidths,
  });
  const headings = [
    ...nameColumn.map(() => ['Endpoint']),
    [],
    ...columns.map((at) => [COMPARED_COLUMNS[at]?.heading ?? '', COMPARED_COLUMNS[at]?.unit ?? '']),
    ...(hasVerdicts ? [['Verdict']] : []),
  ];
  table.push(headings.map((lines) => lines.map((line) => paint.dim(line))));
  const whole = colWidths.reduce((sum, one) => sum + one + gap, -gap);
  for (const row of rows) {
    if (nameWidth === 0) table.pushAcross(wrapName(row.name, whole));
    table.push([
      ...nameColumn.map(() => wrapName(row.name, nameWidth)),
      ['A', 'B', 'Δ'],
      ...columns.map((at) => figures(row, at, paint)),
      ...(hasVerdicts ? [verdicts(row, paint)] : []),
    ]);
  }
  return table.toLines().join('\n');
}

function figures({ metrics }: ComparisonRow, at: number, paint: ChalkInstance): string[] {
  const shown = metrics[at];
  if (shown === undefined) return [];
  return [shown.base, shown.candidate, tinted(shown.change, shown.direction, paint)];
}

function verdicts({ verdicts: { base, candidate } }: ComparisonRow, paint: ChalkInstance): string[] {
  const mark = (state: VerdictState): string => {
    if (state === 'VALID') return state;
    return state === 'INVALID' ? paint.red(state) : paint.yellow(state);
  };
  return [mark(base), mark(candidate)];
}
