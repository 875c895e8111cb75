import { percent, plural } from '../../../kernel/format.js';
import type { Report, ReportCell } from '../../../model/report/report.js';
import type { GridLoad } from '../../../model/report/grid-load.js';
import { loadGrid, rankedSubjects, type LoadGrid } from '../../../model/report/load-grid.js';
import type { Ranking } from '../../../model/report/analysis.js';
import { wrapped } from './display-width.js';
import { chartStyle, type ChartOptions, type ChartStyle } from './chart-style.js';
import { drawBars, leastWidthOf, type BarChart } from './draw-bars.js';
import { drawDistributions } from './distribution-chart.js';
import { drawLatencies } from './latency-chart.js';
import { drawOverTime } from './over-time.js';
import { drawRanking } from './draw-ranking.js';
import { achievedChart, valueChart, costsOf, successChart, type Selection } from './metric-charts.js';
import { plainCharacters } from './plain-characters.js';
import { blocksWithin, shareOfWidth, sideBySide } from './side-by-side.js';

/** All cells of a run as charts for a terminal, none of their lines wider than it (from 40 columns on). */
export function renderCharts(report: Report, options: ChartOptions): string {
  if (report.cells.length === 0) return '';
  const style = chartStyle(options);
  const text = chartsOf(report, style)
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
  return options.unicode ? text : plainCharacters(text);
}

const MOST_ENDPOINTS = 20;
const MOST_LOADS = 12;
/** Of the chart that has a line for each endpoint and load. */
const MOST_LATENCY_LINES = 40;

/** Columns of a chart beside others, so that its explanation stands on one line. */
const LEAST_BESIDE = 52;

function chartsOf({ cells, analysis: { ranking } }: Report, style: ChartStyle): string[][] {
  const grid = loadGrid(cells);
  const ranked = rankedSubjects(grid, ranking).slice(0, MOST_ENDPOINTS);
  const subjects = ranked.map(({ subject }) => subject);
  const loads = tellingLoads(grid.loads);
  const selection = { subjects, loads };
  const latencyRows = Math.max(1, Math.floor(MOST_LATENCY_LINES / loads.length));
  return [
    notesOn(cells, grid, loads, style),
    achieved(selection, style),
    success(cells, selection, style),
    costs(cells, selection, style),
    drawLatencies({ subjects: subjects.slice(0, latencyRows), loads }, style),
    distributions(ranking, subjects, style),
    drawOverTime(grid, subjects.slice(0, latencyRows), style),
    [...drawRanking(ranked, ranking, style), ...moreEndpoints(grid.subjects.length, style)],
  ];
}

function achieved(selection: Selection, style: ChartStyle): string[] {
  const chart = achievedChart(selection, style);
  if (chart === null) return [];
  return typeof chart === 'string' ? wrapped(chart, style.width) : drawBars(chart, style);
}

function distributions({ reference }: Ranking, subjects: Selection['subjects'], style: ChartStyle): string[] {
  return reference ? drawDistributions(subjects, reference, style) : [];
}

/** What all charts have in common and a reader must know. */
function notesOn(
  cells: readonly ReportCell[],
  { loads, hasRepeats }: LoadGrid,
  shown: readonly GridLoad[],
  style: ChartStyle,
): string[] {
  const hasInvalid = cells.some(({ record }) => record.verdict.state === 'INVALID');
  const notes = [
    ...(hasInvalid ? ['A figure with ? is of an INVALID measurement: the verdicts say why.'] : []),
    ...(hasRepeats ? ['Figures are medians of the repeats; distributions hold all of them.'] : []),
    ...(shown.length < loads.length ? [`${shown.length} of ${loads.length} loads are charted.`] : []),
  ];
  return notes.flatMap((note) => wrapped(note, style.width)).map((line) => style.paint.dim(line));
}

function success(cells: readonly ReportCell[], selection: Selection, style: ChartStyle): string[] {
  const lowest = cells.reduce((least, { record }) => Math.min(least, record.successRate), 1);
  if (lowest < 1) return drawBars(successChart(selection, style), style);
  return wrapped(`Success: ${percent(lowest)} % everywhere.`, style.width);
}

/** CPU and memory, beside one another where the width allows. */
function costs(cells: readonly ReportCell[], selection: Selection, style: ChartStyle): string[] {
  const all = costsOf(cells).flatMap((figure) => valueChart(figure, selection, style) ?? []);
  if (all.length === 0)
    return wrapped("CPU and memory: not known, as the target's process was not.", style.width);
  const sentences = all.filter((chart) => typeof chart === 'string');
  const charts = all.filter((chart) => typeof chart !== 'string');
  const least = Math.max(LEAST_BESIDE, ...charts.map(leastWidthOf));
  const perRow = blocksWithin(style.width, least, charts.length);
  const columns = shareOfWidth(style.width, perRow);
  const rows: BarChart[][] = [];
  for (let at = 0; at < charts.length; at += perRow) rows.push(charts.slice(at, at + perRow));
  const drawn = rows.map((row) =>
    sideBySide(
      row.map((chart) => drawBars(chart, { ...style, width: columns })),
      columns,
    ),
  );
  const words = sentences.flatMap((sentence) => wrapped(sentence, style.width));
  return [...drawn, ...(words.length > 0 ? [words] : [])].flatMap((lines, at) =>
    at === 0 ? lines : ['', ...lines],
  );
}

function moreEndpoints(count: number, { width, paint }: ChartStyle): string[] {
  if (count <= MOST_ENDPOINTS) return [];
  const more = `and ${plural(count - MOST_ENDPOINTS, 'more endpoint')}, less telling: see the HTML report`;
  return wrapped(more, width).map((line) => paint.dim(line));
}

/** All loads, or as many as can be looked at: from the first to the last one at even steps. */
function tellingLoads(loads: readonly GridLoad[]): GridLoad[] {
  if (loads.length <= MOST_LOADS) return [...loads];
  const step = (loads.length - 1) / (MOST_LOADS - 1);
  return Array.from({ length: MOST_LOADS }, (_, at) => loads[Math.round(at * step)]).filter(
    (load) => load !== undefined,
  );
}
