import type { Figure } from '../../../model/figures/figure.js';
import { figureById } from '../../../model/figures/index.js';
import { medianOf, worstVerdict } from '../../../model/report/load-grid.js';
import { figureText, type ChartStyle } from './chart-style.js';
import { tellingText } from '../../sizing-words.js';
import { shownName } from '../../shown-text.js';
import { columnsOf, fitted, fittedRight } from './display-width.js';
import { axisLabels, columnAt } from './draw-axis.js';
import { headingOf } from './draw-bars.js';
import type { Selection } from './metric-charts.js';
import { logScale, type Scale } from './scale.js';

const NAMES = ['p50', 'p95', 'p99'] as const;

interface Range {
  readonly load: string;
  readonly figures: readonly (Figure | null)[];
  readonly texts: readonly string[];
}

interface Group {
  readonly name: string;
  readonly ranges: readonly Range[];
}

/** p50, p95 and p99 of each endpoint under each load, as marks on one logarithmic line. */
export function drawLatencies({ subjects, loads }: Selection, style: ChartStyle): string[] {
  const sizingOf = tellingText(loads);
  const groups = subjects.map(({ id, byLoad }) => ({
    name: shownName(id),
    ranges: loads.flatMap((load) => {
      const cells = byLoad.get(load.key);
      if (!cells) return [];
      const figures = NAMES.map((name) => medianOf(cells, figureById(name)));
      const state = worstVerdict(cells);
      const texts = figures.map((figure) => figureText(figure, style, state));
      return [{ load: `${sizingOf(load, '2w')} ${load.name}`.trimStart(), figures, texts }];
    }),
  }));
  const values = groups.flatMap(({ ranges }) => ranges.flatMap(({ figures }) => figures));
  const known = values.filter((figure) => figure !== null).map(({ value }) => value);
  const heading = headingOf({ title: 'Response time, ms', explanation: EXPLANATION }, style);
  if (known.length === 0) return [...heading, 'not known: no request was answered'];
  const scale = logScale(known);
  const layout = layoutOf(groups, style.width);
  return [
    ...heading,
    style.paint.dim(columnHeads(layout)),
    ...groups.flatMap((group) => drawGroup(group, scale, layout, style)),
    style.paint.dim(`${' '.repeat(layout.plotAt)}${axisLabels(scale, layout.plotColumns, 'ms')}`.trimEnd()),
  ];
}

const EXPLANATION = 'logarithmic: ● p50, ┼ p95, ┤ p99, ▶ p99 or more';

interface Layout {
  /** 0 when names stand on lines of their own. */
  readonly nameColumns: number;
  readonly loadColumns: number;
  readonly plotAt: number;
  readonly plotColumns: number;
  /** Of each figure; those without room are left out from the left. */
  readonly figureColumns: readonly number[];
}

const WIDE_ENOUGH = 72;
const LONGEST_NAME = 36;
const LONGEST_PLOT = 90;
const SHORTEST_PLOT = 5;
const INDENT = 2;

function layoutOf(groups: readonly Group[], width: number): Layout {
  const isWide = width >= WIDE_ENOUGH;
  const longest = Math.max(...groups.map(({ name }) => columnsOf(name)));
  const nameColumns = isWide ? Math.min(longest, LONGEST_NAME, Math.floor(width * 0.35)) : 0;
  const ranges = groups.flatMap((group) => group.ranges);
  const loadColumns = Math.min(Math.max(...ranges.map(({ load }) => columnsOf(load))), Math.floor(width / 4));
  const all = NAMES.map((name, at) =>
    Math.max(name.length, ...ranges.map(({ texts }) => texts[at]?.length ?? 0)),
  );
  const plotAt = nameColumns + INDENT + loadColumns + 1;
  const roomBeside = (figures: readonly number[]): number =>
    width - plotAt - figures.reduce((sum, columns) => sum + columns + 1, 0);
  let figureColumns = isWide ? all : all.slice(-1);
  while (figureColumns.length > 1 && roomBeside(figureColumns) < SHORTEST_PLOT)
    figureColumns = figureColumns.slice(1);
  const plotColumns = Math.max(SHORTEST_PLOT, Math.min(LONGEST_PLOT, roomBeside(figureColumns)));
  return { nameColumns, loadColumns, plotAt, plotColumns, figureColumns };
}

function columnHeads({ plotAt, plotColumns, figureColumns }: Layout): string {
  const heads = NAMES.slice(-figureColumns.length);
  const texts = heads.map((head, at) => fittedRight(head, (figureColumns[at] ?? 0) + 1));
  return ' '.repeat(plotAt + plotColumns) + texts.join('');
}

function drawGroup({ name, ranges }: Group, scale: Scale, layout: Layout, style: ChartStyle): string[] {
  const { nameColumns, loadColumns, plotColumns, figureColumns } = layout;
  const lines = ranges.map(({ load, figures, texts }, at) => {
    const start = nameColumns === 0 ? '' : fitted(at === 0 ? name : '', nameColumns);
    const shown = texts.slice(-figureColumns.length);
    const figuresText = shown
      .map((text, index) => fittedRight(text, (figureColumns[index] ?? 0) + 1))
      .join('');
    const line = drawRange(figures, scale, plotColumns);
    const isBound = figures.some((figure) => figure?.isLowerBound);
    const drawn = `${fittedRight(load, loadColumns)} ${line}${figuresText}`;
    return `${start}${' '.repeat(INDENT)}${isBound ? style.paint.yellow(drawn) : drawn}`;
  });
  return nameColumns === 0 ? [fitted(name, style.width).trimEnd(), ...lines] : lines;
}

function drawRange(figures: readonly (Figure | null)[], scale: Scale, columns: number): string {
  const line = Array<string>(columns).fill(' ');
  const [p50, p95, p99] = figures;
  const known = figures.filter((figure) => figure !== null);
  const at = (figure: Figure): number => columnAt(scale, figure.value, columns);
  const first = Math.min(...known.map(at));
  const last = Math.max(...known.map(at));
  if (known.length > 0) line.fill('─', first, last + 1);
  // In the order of their weight: the last one stands where several meet.
  if (p95) line[at(p95)] = '┼';
  if (p99) line[at(p99)] = p99.isLowerBound ? '▶' : '┤';
  if (p50 && !(p99?.isLowerBound === true && at(p50) === at(p99))) line[at(p50)] = '●';
  return line.join('');
}
