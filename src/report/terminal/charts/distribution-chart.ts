import type { ReportCell } from '../../../model/report/report.js';
import { figureById } from '../../../model/figures/index.js';
import type { GridLoad } from '../../../model/report/grid-load.js';
import { medianOf, worstVerdict, type GridSubject } from '../../../model/report/load-grid.js';
import { spark } from './bar.js';
import { figureText, NOT_KNOWN, type ChartStyle } from './chart-style.js';
import { sizingText, withSizing } from '../../sizing-words.js';
import { shownName } from '../../shown-text.js';
import { columnsOf, fitted, fittedRight } from './display-width.js';
import { axisLabels } from './draw-axis.js';
import { headingOf } from './draw-bars.js';
import { largestOf, logScale, type Scale } from './scale.js';

/** Answers between two response times. */
export interface Bucket {
  readonly lowMs: number;
  readonly highMs: number;
  readonly count: number;
}

interface Row {
  readonly name: string;
  readonly buckets: readonly Bucket[];
  /** p99.9, max and the share that never ended. */
  readonly texts: readonly string[];
}

const HEADS = ['p99.9', 'max', 'no end'] as const;

/** How the response times of each endpoint are spread under one load: a line of columns each. */
export function drawDistributions(
  subjects: readonly GridSubject[],
  load: GridLoad,
  style: ChartStyle,
): string[] {
  const rows = subjects.flatMap(({ id, byLoad }) => {
    const cells = byLoad.get(load.key);
    return cells ? [rowOf(id, cells, style)] : [];
  });
  const title = `Distribution of response times at ${withSizing(load.name, sizingText(load))}, ms`;
  const heading = headingOf({ title, explanation: EXPLANATION }, style);
  const values = rows.flatMap(({ buckets }) => buckets.flatMap(({ lowMs, highMs }) => [lowMs, highMs]));
  if (values.length === 0) return [];
  const scale = logScale(values);
  const layout = layoutOf(rows, style.width);
  return [
    ...heading,
    style.paint.dim(columnHeads(layout)),
    ...rows.map((row) => drawRow(row, scale, layout)),
    style.paint.dim(`${' '.repeat(layout.plotAt)}${axisLabels(scale, layout.plotColumns, 'ms')}`.trimEnd()),
  ];
}

const EXPLANATION =
  'logarithmic; the highest column of a row holds most of its answers, no column holds none';

function rowOf(id: string, cells: readonly ReportCell[], style: ChartStyle): Row {
  const state = worstVerdict(cells);
  const planned = cells.reduce((sum, { record }) => sum + record.counts.planned, 0);
  const censored = cells.reduce((sum, { record }) => sum + record.latencyMs.response.censored, 0);
  return {
    name: shownName(id),
    buckets: bucketsOf(cells),
    texts: [
      figureText(medianOf(cells, figureById('p999')), style, state),
      figureText(medianOf(cells, figureById('max')), style, state),
      shareText(censored, planned),
    ],
  };
}

function shareText(part: number, whole: number): string {
  if (part === 0 || whole === 0) return '0 %';
  const percent = (100 * part) / whole;
  if (part < whole && percent >= 99.5) return '>99 %';
  return percent < 0.5 ? '<1 %' : `${percent.toFixed(0)} %`;
}

/** The answers of all seconds of all repeats, the fastest first. */
export function bucketsOf(cells: readonly ReportCell[]): Bucket[] {
  const counts = new Map<number, number>();
  for (const { buckets } of cells)
    for (const second of buckets)
      for (const [lowerUs, count] of second) counts.set(lowerUs, (counts.get(lowerUs) ?? 0) + count);
  return [...counts]
    .sort(([a], [b]) => a - b)
    .map(([lowerUs, count]) => ({ lowMs: lowerUs / 1000, highMs: upperEdgeUs(lowerUs) / 1000, count }));
}

/** Stored buckets are eighths of a doubling; below a microsecond there is but one. */
function upperEdgeUs(lowerUs: number): number {
  return lowerUs < 1 ? 1 : lowerUs + 2 ** Math.floor(Math.log2(lowerUs)) / 8;
}

interface Layout {
  readonly nameColumns: number;
  readonly plotAt: number;
  readonly plotColumns: number;
  readonly figureColumns: readonly number[];
}

const LONGEST_NAME = 36;
const LONGEST_PLOT = 90;
const SHORTEST_PLOT = 12;
const GAP = 2;

function layoutOf(rows: readonly Row[], width: number): Layout {
  const longest = Math.max(...rows.map(({ name }) => columnsOf(name)));
  const nameColumns = Math.min(longest, LONGEST_NAME, Math.floor(width * 0.35));
  const all = HEADS.map((head, at) =>
    Math.max(head.length, ...rows.map(({ texts }) => texts[at]?.length ?? 0)),
  );
  const room = width - nameColumns - GAP - SHORTEST_PLOT;
  const figureColumns = all.filter((_, at) => sumOf(all.slice(0, at + 1)) + at + 1 <= room);
  const rest = width - nameColumns - GAP - sumOf(figureColumns) - figureColumns.length;
  return {
    nameColumns,
    plotAt: nameColumns + GAP,
    plotColumns: Math.min(LONGEST_PLOT, rest),
    figureColumns,
  };
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}

function columnHeads({ plotAt, plotColumns, figureColumns }: Layout): string {
  return ' '.repeat(plotAt + plotColumns) + atRight(HEADS, figureColumns);
}

function atRight(texts: readonly string[], columns: readonly number[]): string {
  return columns.map((width, at) => ` ${fittedRight(texts[at] ?? '', width)}`).join('');
}

function drawRow({ name, buckets, texts }: Row, scale: Scale, layout: Layout): string {
  const plot =
    buckets.length === 0
      ? fitted(NOT_KNOWN, layout.plotColumns)
      : density(buckets, scale, layout.plotColumns);
  const start = fitted(name, layout.nameColumns) + ' '.repeat(GAP);
  return start + plot + atRight(texts, layout.figureColumns);
}

/** The answers at each column of the line, against the most of them. */
function density(buckets: Row['buckets'], scale: Scale, columns: number): string {
  const counts = Array<number>(columns).fill(0);
  for (const { lowMs, highMs, count } of buckets) {
    const [from, to] = [scale.at(lowMs) * columns, scale.at(highMs) * columns];
    // Buckets and columns share no edges: a bucket is spread evenly over the columns that it touches.
    for (let column = Math.floor(from); column < Math.min(columns, to); column += 1) {
      const overlap = Math.min(column + 1, to) - Math.max(column, from);
      counts[column] = (counts[column] ?? 0) + (count * overlap) / (to - from);
    }
  }
  const most = largestOf(counts);
  return spark(counts.map((count) => (count === 0 ? null : count / most)));
}
