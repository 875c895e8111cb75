import { formatFigure, percent } from '../../kernel/format.js';
import { grouped } from '../../kernel/grouped.js';
import type { History, Series } from '../../model/results/history.js';
import { cellWords } from './listed-points.js';

/** The figures of one cell. */
export interface CellTrends {
  readonly cell: string;
  readonly trends: readonly Trend[];
}

export interface Trend {
  readonly series: Series;
  /** `P99, ms`. */
  readonly name: string;
  /** One for each run; null where it does not know the figure. */
  readonly values: readonly (number | null)[];
  readonly first: string;
  readonly last: string;
}

export function cellTrends({ series, runs }: History): CellTrends[] {
  return [...grouped(series, cellWords)].map(([cell, members]) => ({
    cell,
    trends: members.map((one) => trendOf(one, runs.length)),
  }));
}

function trendOf(series: Series, runs: number): Trend {
  const { title, unit, values } = series;
  const spread = Array.from<number | null>({ length: runs }).fill(null);
  for (const { run, value } of values) spread[run] = value;
  return {
    ...{ series, values: spread },
    name: unit === '' ? title : `${title}, ${unit}`,
    first: shownValue(series, values[0]),
    last: shownValue(series, values.at(-1)),
  };
}

/** Without its unit. */
export function shownValue({ unit }: Series, value: Series['values'][number] | undefined): string {
  if (value === undefined) return '–';
  const text = unit === '%' ? percent(value.value / 100) : formatFigure(value.value);
  return value.isLowerBound ? `≥${text}` : text;
}
