import type { PageCell, PageHeat } from '../../../model/report/page-data.js';
import type { ChartModel } from './chart-model.js';
import { windowEnds } from './time-chart.js';
import { tickLabel, toldValue } from './told-values.js';

/** How many answers took how long, over time; `null` when their distribution was not kept. */
export function heatChart(cell: PageCell): ChartModel | null {
  const { heat, censored } = cell;
  if (heat === null) return null;
  const { secondsPerColumn, edgesMs, columns } = heat;
  const fullest = columns.map((column) => fullestOf(column));
  return {
    title: 'Response times over time',
    note: [
      'The colour says how many answers of that time took so long.',
      censored === 0 ? '' : `${censored} requests without an answer are not in it.`,
    ]
      .filter(Boolean)
      .join(' '),
    x: {
      title: 'seconds from the opening of the window',
      isLog: false,
      ticks: null,
      told: (middle) => columnName(middle - secondsPerColumn / 2, secondsPerColumn),
      range: [0, columns.length * secondsPerColumn],
    },
    xs: columns.map((_, at) => (at + 0.5) * secondsPerColumn),
    panels: [
      {
        title: 'Response time',
        unit: 'ms',
        yScale: 'log',
        heightPx: 240,
        max: null,
        heat: {
          heat,
          highest: Math.max(1, ...fullest.map(({ count }) => count)),
          told: (at, valueMs) => toldCell(heat, at, valueMs),
        },
        series: [
          {
            key: 'most answers',
            column: '',
            style: { color: 0, line: 'solid', hasMarkers: false },
            values: fullest.map(({ row, count }) => (count === 0 ? null : (edgesMs[row] ?? null))),
            bounds: [],
            dots: [],
            told: fullest.map(({ row, count, total }) =>
              count === 0 ? 'none' : `${stepName(edgesMs, row)} (${count} of ${total})`,
            ),
          },
        ],
      },
    ],
    marks: windowEnds([{ label: '', cell }]),
  };
}

/** Every step of every column that holds something. */
export function heatRows({ secondsPerColumn, edgesMs, columns }: PageHeat): string[][] {
  return columns.flatMap((column, at) =>
    pairsOf(column).map(({ row, count }) => [
      columnName(at * secondsPerColumn, secondsPerColumn),
      stepName(edgesMs, row),
      String(count),
    ]),
  );
}

interface Pair {
  readonly row: number;
  readonly count: number;
}

export function pairsOf(column: readonly number[]): Pair[] {
  return Array.from({ length: Math.floor(column.length / 2) }, (_, pair) => ({
    row: column[2 * pair] ?? 0,
    count: column[2 * pair + 1] ?? 0,
  }));
}

function fullestOf(column: readonly number[]): Pair & { readonly total: number } {
  const pairs = pairsOf(column);
  const total = pairs.reduce((sum, { count }) => sum + count, 0);
  const most = pairs.reduce<Pair>((best, pair) => (pair.count > best.count ? pair : best), {
    row: 0,
    count: 0,
  });
  return { ...most, total };
}

function toldCell({ edgesMs, columns }: PageHeat, at: number, valueMs: number): string | null {
  const row = edgesMs.findLastIndex((edge) => edge <= valueMs);
  if (row === -1 || row === edgesMs.length - 1) return null;
  const count = pairsOf(columns[at] ?? []).find((pair) => pair.row === row)?.count ?? 0;
  return `${stepName(edgesMs, row)}: ${count}`;
}

function stepName(edgesMs: readonly number[], row: number): string {
  return `${tickLabel(edgesMs[row] ?? 0)} to ${toldValue(edgesMs[row + 1] ?? 0, 'ms')}`;
}

function columnName(start: number, seconds: number): string {
  return seconds === 1 ? `second ${start}` : `seconds ${start} to ${start + seconds - 1}`;
}
