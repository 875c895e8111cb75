import { subjectKey } from '../results/subject.js';
import type { Endurance, Ranking } from './analysis.js';
import { shownFigure, type Figure, type FigureDefinition } from '../figures/figure.js';
import { gridLoadOf, sortedLoads, type GridLoad } from './grid-load.js';
import { achievedShare as achievedShareOf, keepsUpTogether } from '../results/keeps-up.js';
import { medianFigure } from './median-figure.js';
import type { ReportCell } from './report.js';
import { sizingsOf, type Sizing } from '../results/sizing.js';
import type { VerdictState } from '../results/verdict.js';

/** One endpoint and what was measured of it, by the key of the load; repeats together. */
export interface GridSubject {
  /** Tells it from all others of the run. */
  readonly key: string;
  readonly id: string;
  readonly byLoad: ReadonlyMap<string, readonly ReportCell[]>;
}

/** All cells of a run as endpoints × loads. */
export interface LoadGrid {
  /** By sizing, then by rate. */
  readonly loads: readonly GridLoad[];
  /** In the order in which they were measured. */
  readonly subjects: readonly GridSubject[];
  /** In the order of the loads. */
  readonly sizings: readonly Sizing[];
  readonly hasRepeats: boolean;
}

export function loadGrid(cells: readonly ReportCell[]): LoadGrid {
  const loads = new Map<string, GridLoad>();
  const subjects = new Map<string, { key: string; id: string; byLoad: Map<string, ReportCell[]> }>();
  for (const cell of cells) {
    const load = gridLoadOf(cell.record);
    loads.set(load.key, load);
    const { id } = cell.record.subject;
    const key = JSON.stringify([id, subjectKey(cell.record.subject)]);
    const subject = subjects.get(key) ?? { key, id, byLoad: new Map<string, ReportCell[]>() };
    subjects.set(key, subject);
    const repeats = subject.byLoad.get(load.key);
    if (repeats) repeats.push(cell);
    else subject.byLoad.set(load.key, [cell]);
  }
  const sorted = sortedLoads([...loads.values()]);
  return {
    loads: sorted,
    subjects: [...subjects.values()],
    sizings: sizingsOf(sorted),
    hasRepeats: cells.some(({ record }) => record.repeat > 1),
  };
}

/** An endpoint, and what its rank comes from. */
export interface RankedSubject {
  readonly subject: GridSubject;
  /** One for each sizing. */
  readonly endurance: readonly Endurance[];
}

/** The endpoints of the grid, the worst first. */
export function rankedSubjects({ subjects }: LoadGrid, ranking: Ranking): RankedSubject[] {
  const byKey = new Map(subjects.map((subject) => [subject.key, subject]));
  return ranking.subjects.flatMap(({ key, endurance }) => {
    const subject = byKey.get(key);
    return subject ? [{ subject, endurance }] : [];
  });
}

/** The median of the repeats of a cell, as it is shown. */
export function medianOf(cells: readonly ReportCell[], figure: FigureDefinition): Figure | null {
  return medianFigure(cells.map(({ record }) => shownFigure(figure, record)));
}

/** Whether any has a rate to reach: a closed loop has none. */
export function hasTarget(cells: readonly ReportCell[]): boolean {
  return cells.some(({ record }) => record.window.plannedRps !== null);
}

/** What was achieved of the target, 0 to 1 and a little beyond; 1 where there is none. */
export function achievedShare(cells: readonly ReportCell[]): number {
  const shares = cells.map(({ record }) => {
    const value = achievedShareOf(record);
    return value === null ? null : { value, isLowerBound: false };
  });
  return medianFigure(shares)?.value ?? 1;
}

/** Of the repeats of one cell; `null` = not known. */
export function keepsUp(cells: readonly ReportCell[]): boolean | null {
  return keepsUpTogether(cells.map(({ record }) => record));
}

const WORSE_LAST: readonly VerdictState[] = ['VALID', 'SUSPECT', 'INVALID'];

export function worstVerdict(cells: readonly ReportCell[]): VerdictState {
  const worst = Math.max(0, ...cells.map(({ record }) => WORSE_LAST.indexOf(record.verdict.state)));
  return WORSE_LAST[worst] ?? 'VALID';
}
