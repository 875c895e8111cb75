import type { VerdictState } from '../../../model/results/verdict.js';
import type { GridLoad } from '../../../model/report/grid-load.js';
import { bar, barOfTarget } from './bar.js';
import type { ChartStyle } from './chart-style.js';
import { tellingText } from '../../sizing-words.js';
import { shownName } from '../../shown-text.js';
import { columnsOf, fitted, fittedRight, shortened, wrapped } from './display-width.js';

/** What a bar shows; `null` where nothing was measured. */
export interface BarValue {
  /** Of the whole length, 0 to 1; `null` = not known. */
  readonly share: number | null;
  readonly text: string;
  readonly tone: 'plain' | 'warning' | 'bad';
}

export interface BarChart {
  readonly title: string;
  /** How to read it. */
  readonly explanation: string;
  readonly loads: readonly GridLoad[];
  readonly rows: readonly { readonly name: string; readonly bars: readonly (BarValue | null)[] }[];
  /** Whether the whole length is what was to be reached. */
  readonly hasTarget: boolean;
}

const GAP = 2;
const SHORTEST_BAR = 5;
const LONGEST_BAR = 30;
const SHORTEST_NAME = 10;
const LONGEST_NAME = 36;

/** One row for each endpoint, one bar for each load; loads that do not fit stand below in a second block. */
export function drawBars(chart: BarChart, style: ChartStyle): string[] {
  const layout = layoutOf(chart, style.width);
  const lines = [...headingOf(chart, style)];
  for (let from = 0; from < chart.loads.length; from += layout.perBlock)
    lines.push(...drawBlock(chart, { ...layout, from }, style));
  return lines;
}

/** Columns that a chart needs to stand in one block. */
export function leastWidthOf(chart: BarChart): number {
  const { nameColumns, valueColumns } = layoutOf(chart, Infinity);
  return nameColumns + chart.loads.length * (GAP + SHORTEST_BAR + 1 + valueColumns);
}

interface Layout {
  readonly nameColumns: number;
  readonly valueColumns: number;
  readonly barColumns: number;
  readonly perBlock: number;
}

function layoutOf({ rows, loads }: BarChart, width: number): Layout {
  const longest = Math.max(SHORTEST_NAME, ...rows.map(({ name }) => columnsOf(shownName(name))));
  const texts = rows.flatMap(({ bars }) => bars.map((value) => columnsOf(value?.text ?? '')));
  const valueColumns = Math.max(1, ...texts);
  const least = GAP + SHORTEST_BAR + 1 + valueColumns;
  // Names in full are worth more than long bars.
  const nameRoom = Math.max(
    SHORTEST_NAME,
    Math.floor(width * 0.35),
    width - loads.length * (least + SHORTEST_BAR),
  );
  const nameColumns = Math.min(longest, LONGEST_NAME, nameRoom);
  const fitting = Math.max(1, Math.min(loads.length, Math.floor((width - nameColumns) / least)));
  // Blocks of equal length: of 3 rates on 2 sizings that is a block for each of these.
  const perBlock = Math.ceil(loads.length / Math.ceil(loads.length / fitting));
  const each = Math.floor((width - nameColumns) / perBlock);
  const barColumns = Math.max(1, Math.min(LONGEST_BAR, each - GAP - 1 - valueColumns));
  return { nameColumns, valueColumns, barColumns, perBlock };
}

export function headingOf(
  { title, explanation }: { readonly title: string; readonly explanation: string },
  { width, paint }: ChartStyle,
): string[] {
  const separator = title.length + explanation.length + 3 > width ? '' : ` · ${explanation}`;
  if (separator !== '') return [paint.bold(title) + paint.dim(separator)];
  return [
    ...wrapped(title, width).map((line) => paint.bold(line)),
    ...wrapped(explanation, width).map((line) => paint.dim(line)),
  ];
}

function drawBlock(chart: BarChart, layout: Layout & { readonly from: number }, style: ChartStyle): string[] {
  const { nameColumns, from, perBlock } = layout;
  const loads = chart.loads.slice(from, from + perBlock);
  const rows = chart.rows.map(({ name, bars }) => {
    const drawn = bars
      .slice(from, from + perBlock)
      .map((value) => drawBar(value, chart.hasTarget, layout, style));
    return (fitted(shownName(name), nameColumns) + drawn.join('')).trimEnd();
  });
  return [...loadHeadings(loads, chart.loads, layout, style), ...rows];
}

function drawBar(
  value: BarValue | null,
  hasTarget: boolean,
  { barColumns, valueColumns }: Layout,
  { paint }: ChartStyle,
): string {
  const gap = ' '.repeat(GAP);
  if (value === null) return gap + ' '.repeat(barColumns + 1 + valueColumns);
  const draw = hasTarget ? barOfTarget : bar;
  const drawn = value.share === null ? ' '.repeat(barColumns) : draw(value.share, barColumns);
  const paintTone = { plain: (text: string) => text, warning: paint.yellow, bad: paint.red }[value.tone];
  return `${gap}${paintTone(drawn)} ${paintTone(fittedRight(value.text, valueColumns))}`;
}

/** The loads above their bars; with several sizings also a line that names these. */
function loadHeadings(
  loads: readonly GridLoad[],
  all: readonly GridLoad[],
  { nameColumns, barColumns, valueColumns }: Layout,
  { paint }: ChartStyle,
): string[] {
  const each = barColumns + 1 + valueColumns;
  const line = (texts: readonly string[]): string =>
    (' '.repeat(nameColumns) + texts.map((text) => ' '.repeat(GAP) + fitted(text, each)).join('')).trimEnd();
  const names = line(loads.map(({ name }) => shortened(name, each)));
  const sizingOf = tellingText(all);
  const told = loads.map((load) => sizingOf(load));
  if (told.every((text) => text === '')) return [paint.dim(names)];
  const once = told.map((text, at) => (text === told[at - 1] ? '' : shortened(text, each)));
  return [paint.dim(line(once)), paint.dim(names)];
}

/** The tone of a figure that a measurement without validity gave. */
export function toneOf(state: VerdictState): BarValue['tone'] {
  return state === 'INVALID' ? 'bad' : 'plain';
}
