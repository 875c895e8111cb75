import type { VerdictState } from '../model/finding.js';
import { shownFigure, type Figure, type FigureDefinition } from '../model/figures/figure.js';
import { targetRps } from '../model/target-rps.js';
import { keepsUpTogether } from '../model/keeps-up.js';
import { medianFigure } from '../model/median-figure.js';
import { highestRateOf, isSteady } from '../model/plan-figures.js';
import type { ReportCell } from '../model/report.js';
import type { CellRecord } from '../model/run-record.js';
import { planName, planTitle } from './plan-words.js';

/** One load on one worker count: what the cells of a column have in common. */
export interface GridLoad {
  readonly key: string;
  /** `1000/s`. */
  readonly name: string;
  readonly workers: number;
  /** The highest rate of the plan. */
  readonly ratePerSecond: number;
  readonly isSteady: boolean;
}

/** One endpoint and what was measured of it, by the key of the load; repeats together. */
export interface GridEndpoint {
  readonly id: string;
  readonly byLoad: ReadonlyMap<string, readonly ReportCell[]>;
}

/** All cells of a run as endpoints × loads. */
export interface LoadGrid {
  /** By worker count, then by rate. */
  readonly loads: readonly GridLoad[];
  /** In the order in which they were measured. */
  readonly endpoints: readonly GridEndpoint[];
  readonly workerCounts: readonly number[];
  readonly hasRepeats: boolean;
}

export function loadGrid(cells: readonly ReportCell[]): LoadGrid {
  const loads = new Map<string, GridLoad>();
  const endpoints = new Map<string, { id: string; byLoad: Map<string, ReportCell[]> }>();
  for (const cell of cells) {
    const load = loadOf(cell.record);
    loads.set(load.key, load);
    const { id, method, path } = cell.record.operation;
    const key = JSON.stringify([id, method, path]);
    const endpoint = endpoints.get(key) ?? { id, byLoad: new Map<string, ReportCell[]>() };
    endpoints.set(key, endpoint);
    const repeats = endpoint.byLoad.get(load.key);
    if (repeats) repeats.push(cell);
    else endpoint.byLoad.set(load.key, [cell]);
  }
  const sorted = [...loads.values()].sort(
    (a, b) => a.workers - b.workers || a.ratePerSecond - b.ratePerSecond,
  );
  return {
    loads: sorted,
    endpoints: [...endpoints.values()],
    workerCounts: [...new Set(sorted.map(({ workers }) => workers))],
    hasRepeats: cells.some(({ record }) => record.repeat > 1),
  };
}

function loadOf({ load, workers }: CellRecord): GridLoad {
  return {
    key: `${workers} ${planTitle(load)}`,
    name: planName(load),
    workers,
    ratePerSecond: highestRateOf(load),
    isSteady: isSteady(load),
  };
}

/** The median of the repeats of a cell, as it is shown. */
export function medianOf(cells: readonly ReportCell[], figure: FigureDefinition): Figure | null {
  return medianFigure(cells.map(({ record }) => shownFigure(figure, record)));
}

/** What was achieved of the target, 0 to 1 and a little beyond. */
export function achievedShare(cells: readonly ReportCell[]): number {
  const shares = cells.map(({ record }) => {
    const target = targetRps(record);
    return target > 0 ? record.achievedRps / target : 1;
  });
  return medianFigure(shares.map((value) => ({ value, isLowerBound: false })))?.value ?? 1;
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
