import type { CellRecord } from '../../../model/results/cell-record.js';
import type { LoadGrid } from '../../../model/report/load-grid.js';
import { spark } from './bar.js';
import type { ChartStyle } from './chart-style.js';
import { withSizing } from '../../sizing-words.js';
import { shownName } from '../../shown-text.js';
import { columnsOf, fitted, fittedRight } from './display-width.js';
import { headingOf } from './draw-bars.js';
import { formatFigure } from '../../../kernel/format.js';
import { largestOf } from './scale.js';
import { binned } from './time-bins.js';

type Second = CellRecord['series'][number];

const LINES: readonly {
  readonly name: string;
  readonly unit: string;
  readonly of: (second: Second) => number | null;
}[] = [
  { name: 'sent', unit: '/s', of: ({ sent }) => sent },
  { name: 'succeeded', unit: '/s', of: ({ succeeded }) => succeeded },
  { name: 'p99', unit: ' ms', of: ({ p99Ms }) => p99Ms },
];

/** How cells went whose rate changes: a rate of its own has no meaning there. */
export function drawOverTime(
  { loads }: LoadGrid,
  subjects: LoadGrid['subjects'],
  style: ChartStyle,
): string[] {
  const changing = loads.filter(({ isSteady }) => !isSteady);
  const cells = subjects.flatMap(({ id, byLoad }) =>
    changing.flatMap((load) => {
      const repeats = byLoad.get(load.key) ?? [];
      const name = `${shownName(id)}  ${withSizing(load.name, `${load.workers}w${load.case === undefined ? '' : ` ${shownName(load.case.name)}`}`)}`;
      return repeats
        .slice(0, 1)
        .map(({ record }) => ({ name, series: record.series, hasRepeats: repeats.length > 1 }));
    }),
  );
  if (cells.length === 0) return [];
  const scale = 'each line linear from 0 to the highest value at its right';
  const hasRepeats = cells.some((cell) => cell.hasRepeats);
  const heading = {
    title: 'Over time',
    explanation: hasRepeats ? `${scale}; of several repeats the first` : scale,
  };
  return [
    ...headingOf(heading, style),
    ...cells.flatMap(({ name, series }) => drawCell(name, series, style)),
  ];
}

const LABEL_COLUMNS = 12;
const FIGURE_COLUMNS = 11;
const LONGEST_PLOT = 120;

function drawCell(name: string, series: readonly Second[], { width }: ChartStyle): string[] {
  const columns = Math.min(LONGEST_PLOT, width - LABEL_COLUMNS - FIGURE_COLUMNS);
  const lines = LINES.map(({ name: label, unit, of }) => {
    const values = binned(series.map(of), columns);
    const most = largestOf(values.filter((value) => value !== null));
    const shares = values.map((value) => (value === null || most === 0 ? null : value / most));
    const text = `${formatFigure(most)}${unit}`;
    return `${fitted(`  ${label}`, LABEL_COLUMNS)}${spark(shares)}${fittedRight(text, FIGURE_COLUMNS)}`;
  });
  return [columnsOf(name) > width ? fitted(name, width) : name, ...lines];
}
