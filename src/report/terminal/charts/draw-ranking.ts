import { sizingText, tellingText, withSizing } from '../../sizing-words.js';
import { percent } from '../../../kernel/format.js';
import { figureById } from '../../../model/figures/index.js';
import type { GridLoad } from '../../../model/report/grid-load.js';
import { hasTarget, medianOf, worstVerdict, type RankedSubject } from '../../../model/report/load-grid.js';
import type { Endurance, Ranking } from '../../../model/report/analysis.js';
import type { ReportCell } from '../../../model/report/report.js';
import { figureText, NOT_KNOWN, type ChartStyle } from './chart-style.js';
import { shownName } from '../../shown-text.js';
import { columnsOf, fitted, fittedRight } from './display-width.js';
import { headingOf } from './draw-bars.js';

/** Endpoints from the worst to the best, and the load from which each one does not keep up. */
export function drawRanking(
  subjects: readonly RankedSubject[],
  { reference }: Ranking,
  style: ChartStyle,
): string[] {
  const isAimed = subjects.some(({ subject }) => hasTarget([...subject.byLoad.values()].flat()));
  const byLatency = `the higher its p99${reference ? ` at ${loadText(reference)}` : ''}`;
  const byReach =
    'the lower the load that an endpoint fails to keep up with, then the smaller the share achieved (if under 98 %), then ';
  const explanation = `worst first: ${isAimed ? byReach : ''}${byLatency}`;
  const heads = headsOf(isAimed ? (subjects[0]?.endurance ?? []) : []);
  const rows = subjects.map(({ subject, endurance }) => [
    ...(isAimed ? endurance.map(stopText) : []),
    ...figuresAt(reference ? subject.byLoad.get(reference.key) : undefined, style),
  ]);
  const figures = heads.map((head, at) =>
    Math.max(columnsOf(head), ...rows.map((row) => columnsOf(row[at] ?? ''))),
  );
  const names = subjects.map(({ subject }) => shownName(subject.id));
  const columns = columnsWithin(names, figures, style.width);
  const line = (rank: string, name: string, texts: readonly string[]): string =>
    [
      fittedRight(rank, RANK_COLUMNS),
      fitted(name, columns.name),
      ...columns.figures.map((width, at) => fittedRight(texts[at] ?? '', width)),
    ]
      .join(GAP)
      .trimEnd();
  const lines = rows.map((texts, at) => {
    const drawn = line(String(at + 1), names[at] ?? '', texts);
    const fails =
      subjects[at]?.endurance.some(({ stopsAt, isUncertain }) => stopsAt !== null || isUncertain) ?? false;
    return fails ? style.paint.yellow(drawn) : drawn;
  });
  return [
    ...headingOf({ title: 'Ranking', explanation }, style),
    style.paint.dim(line('', 'Endpoint', heads)),
    ...lines,
  ];
}

const RANK_COLUMNS = 3;
const GAP = '  ';
const SHORTEST_NAME = 12;
const LONGEST_NAME = 60;

function headsOf(endurance: readonly Endurance[]): string[] {
  const sizingOf = tellingText(endurance.map(({ sizing }) => sizing));
  const stops = endurance.map(({ sizing }) => withSizing('fails from', sizingOf(sizing, '2w')));
  return [...stops, 'p99 ms', 'achieved', 'success %', 'verdict'];
}

function figuresAt(cells: readonly ReportCell[] | undefined, style: ChartStyle): string[] {
  if (!cells) return [NOT_KNOWN, NOT_KNOWN, NOT_KNOWN, NOT_KNOWN];
  const state = worstVerdict(cells);
  const rates = cells.map(({ record }) => record.successRate);
  return [
    figureText(medianOf(cells, figureById('p99')), style, state),
    figureText(medianOf(cells, figureById('achieved')), style, state),
    percent(Math.min(...rates)),
    state,
  ];
}

function stopText({ stopsAt, isUncertain, isDoubtful }: Endurance): string {
  if (stopsAt === null) return isUncertain ? 'not known' : 'keeps up';
  // It may fail at a lower load already.
  return `${stopsAt.name}${isUncertain ? ' or less' : ''}${isDoubtful ? '?' : ''}`;
}

/** As many columns of figures as leave the names legible, the first ones first. */
function columnsWithin(
  names: readonly string[],
  figures: readonly number[],
  width: number,
): { name: number; figures: number[] } {
  const room = width - RANK_COLUMNS - GAP.length;
  const kept: number[] = [];
  let used = 0;
  for (const columns of figures) {
    if (used + GAP.length + columns > room - SHORTEST_NAME) break;
    used += GAP.length + columns;
    kept.push(columns);
  }
  const longest = Math.max('Endpoint'.length, ...names.map(columnsOf));
  return { name: Math.min(longest, LONGEST_NAME, room - used), figures: kept };
}

function loadText(load: GridLoad): string {
  return withSizing(load.name, sizingText(load));
}
