import { figureById } from '../../../model/figures/index.js';
import type { CellRecord } from '../../../model/results/cell-record.js';
import type { ChangeVerdict, JudgedChange } from '../../../model/results/comparison.js';
import { keepsUp } from '../../../model/results/keeps-up.js';
import type { AbPair } from '../../../model/results/run-record.js';
import type { MatchedCells } from '../match-cells.js';
import { estimateChanges, type RunValues } from '../statistics/estimate-changes.js';
import { settleAll, type Draft } from './draft.js';
import { estimateSingleRuns, type SideValues } from './estimate-single-runs.js';
import type { ExpectedNoise } from './expected-noise.js';
import { figureLogs } from './figure-logs.js';
import { JUDGED_FIGURES, type JudgedFigure } from './judged-figures.js';
import { judgeKeepingUp } from './judge-keeping-up.js';
import { judgeLogChange, type Named } from './judge-log-change.js';
import { judgeSuccess } from './judge-success.js';
import { outcomeOf } from './outcome.js';
import { repeatsToJudge, type JudgedRepeats } from './repeats-to-judge.js';
import { varianceBySections } from './sections.js';
import { sameThroughout, unjudged } from './unjudged.js';

export interface Evidence {
  readonly pairOf: (cell: CellRecord) => AbPair | undefined;
  readonly noise: ExpectedNoise;
  /** The same runs on both sides: whatever they hold has not changed. */
  readonly isSame: boolean;
}

export interface JudgedCell {
  readonly judgements: readonly JudgedChange[];
  readonly outcome: ChangeVerdict | null;
  readonly why: string | null;
  readonly isPaired: boolean;
}

/** What can be said of the changes of all cells, corrected for their number together. */
export function judgePairs(pairs: MatchedCells['pairs'], evidence: Evidence): JudgedCell[] {
  const cells = pairs.map((pair) => repeatsToJudge(pair, evidence.pairOf));
  const drafts = draftsOf(cells, evidence);
  const settled = settleAll(drafts.flat());
  let from = 0;
  return cells.map((cell, at) => {
    const to = from + (drafts[at]?.length ?? 0);
    const judgements = settled.slice(from, to);
    from = to;
    return { judgements, ...outcomeOf(cell, judgements), isPaired: cell.isPaired };
  });
}

function draftsOf(cells: readonly JudgedRepeats[], evidence: Evidence): Draft[][] {
  const drafts = cells.map((cell) => [...others(cell, evidence)]);
  for (const figure of JUDGED_FIGURES)
    for (const [at, draft] of draftsOfFigure(figure, cells, evidence)) drafts[at]?.push(draft);
  return drafts;
}

/** What is not a value of each run: whether the target kept up, and success. */
function others(cell: JudgedRepeats, { isSame }: Evidence): Draft[] {
  const { base, candidate } = cell;
  if (!isJudged(cell)) return [];
  const success = named(cell, 'success', 'primary');
  if (isSame) return [sameThroughout(success)];
  const kept = {
    named: { ...success, figure: 'keeps-up', title: 'Keeping up', unit: '' },
    base: base.map(isKept),
    candidate: candidate.map(isKept),
  };
  if (saturationOf(cell) === 'differs') return [judgeKeepingUp(kept)];
  if (saturationOf(cell) === 'always') return [];
  const counted = ({ counts }: CellRecord): { hits: number; of: number } => ({
    hits: counts.succeeded,
    of: counts.planned,
  });
  return [judgeSuccess({ named: success, base: base.map(counted), candidate: candidate.map(counted) })];
}

/** The drafts of one figure, by the place of their cell: repeats of all cells are estimated together. */
function draftsOfFigure(
  figure: JudgedFigure,
  cells: readonly JudgedRepeats[],
  evidence: Evidence,
): Map<number, Draft> {
  const drafts = new Map<number, Draft>();
  const repeated: { readonly at: number; readonly change: Unestimated; readonly values: RunValues }[] = [];
  for (const [at, cell] of cells.entries()) {
    if (!isJudged(cell)) continue;
    const change = changeOf(figure, cell);
    const [base, candidate] = [figureLogs(figure, cell.base), figureLogs(figure, cell.candidate)];
    const whyNot = saturatedWords(figure, cell) ?? whyOf('A', base) ?? whyOf('B', candidate);
    if (whyNot !== undefined || !('logs' in base) || !('logs' in candidate))
      drafts.set(at, unjudged(change.named, change.marginPercent, whyNot ?? ''));
    else if (evidence.isSame) drafts.set(at, sameThroughout(change.named, change.marginPercent));
    else if (base.logs.length > 1 && candidate.logs.length > 1)
      repeated.push({ at, change, values: { base: base.logs, candidate: candidate.logs, isPaired: cell.isPaired } });
    else {
      const sides = [
        sideOf(figure, cell.base, base.logs, evidence),
        sideOf(figure, cell.candidate, candidate.logs, evidence),
      ] as const;
      drafts.set(at, draftOfSingleRuns(change, ...sides));
    }
  }
  const estimates = estimateChanges(repeated.map(({ values }) => values));
  repeated.forEach(({ at, change }, place) => {
    const estimate = estimates[place];
    if (estimate !== undefined) drafts.set(at, judgeLogChange({ ...change, estimate, basis: 'repeats', why: null }));
  });
  return drafts;
}

type Unestimated = Pick<Parameters<typeof judgeLogChange>[0], 'named' | 'marginPercent'>;

function changeOf(figure: JudgedFigure, cell: JudgedRepeats): Unestimated {
  // A target at its limit shows what it can do.
  const isLimit = figure.id === 'achieved' && saturationOf(cell) === 'always';
  const family = isLimit ? 'primary' : figure.family;
  return { named: named(cell, figure.id, family), marginPercent: figure.marginPercent };
}

function named({ base, candidate }: JudgedRepeats, id: string, family: Named['family']): Named {
  const { title, unit, better, compared = [] } = figureById(id);
  const [, heading, , , listedAs = heading] = compared;
  return {
    figure: id,
    title: listedAs ?? title,
    unit: unit.symbol,
    better: better ?? 'lower',
    family,
    repeats: { base: base.length, candidate: candidate.length },
  };
}

function sideOf(
  figure: JudgedFigure,
  cells: readonly CellRecord[],
  logs: readonly number[],
  { noise }: Evidence,
): SideValues | null {
  const [cell] = cells;
  if (cell === undefined) throw new RangeError('a side without a repeat');
  const values = { logs, noise: noise(figure, cell) };
  if (figure.latency === undefined || logs.length > 1) return { ...values, withinRun: undefined };
  const withinRun = varianceBySections(cell, figure.latency);
  return withinRun === undefined ? null : { ...values, withinRun };
}

function draftOfSingleRuns(change: Unestimated, base: SideValues | null, candidate: SideValues | null): Draft {
  if (base === null || candidate === null)
    return unjudged(change.named, change.marginPercent, 'a single run, too short to tell how much it varies by itself');
  return judgeLogChange({ ...change, estimate: estimateSingleRuns(base, candidate), basis: 'sections', why: null });
}

function isJudged({ base, candidate }: JudgedRepeats): boolean {
  const succeeded = [...base, ...candidate].some(({ counts }) => counts.succeeded > 0);
  return base.length > 0 && candidate.length > 0 && succeeded;
}

function isKept(cell: CellRecord): boolean {
  return keepsUp(cell) !== false;
}

function saturationOf({ base, candidate }: JudgedRepeats): 'never' | 'always' | 'differs' {
  const all = [...base, ...candidate];
  if (all.every(isKept)) return 'never';
  return all.some(isKept) ? 'differs' : 'always';
}

function saturatedWords({ id }: JudgedFigure, cell: JudgedRepeats): string | undefined {
  const saturation = saturationOf(cell);
  if (saturation === 'never' || (saturation === 'always' && id === 'achieved')) return undefined;
  return saturation === 'always'
    ? 'the target does not keep up on either side: it tells how long it was loaded'
    : 'the target does not keep up in every run: it tells how long it was loaded';
}

function whyOf(label: 'A' | 'B', logs: ReturnType<typeof figureLogs>): string | undefined {
  return 'why' in logs ? `${label}: ${logs.why}` : undefined;
}
