import { UserError } from '../../kernel/errors.js';
import { shownFigure, type Figure } from '../../model/figures/figure.js';
import { figuresOf } from '../../model/figures/gauge-figures.js';
import { figuresIn, type Shown } from '../../model/figures/index.js';
import {
  COMPARISON_VERSION,
  type CellGroup,
  type ComparedCell,
  type ComparedMetric,
  type Comparison,
  type Difference,
} from '../../model/results/comparison.js';
import { machineOf, whyOfAnother, type NoiseFloor } from '../../model/results/noise-floor.js';
import type { Subject } from '../../model/results/subject.js';
import type { VerdictState } from '../../model/results/verdict.js';
import { keepsUpTogether } from '../../model/results/keeps-up.js';
import type { JudgedReport } from '../../model/report/report.js';
import { changeBetween, comparedFigure } from './change.js';
import { differencesOf, engineDifferences } from './differences.js';
import { gatherRuns, sideOf, type RunSet } from './gather-runs.js';
import { keptApart } from './kept-apart.js';
import { matchCells, type MatchedCells, type MatchOptions, type Repeats } from './match-cells.js';
import { renameOperations, type Renaming } from './rename-operations.js';
import { expectedNoise } from './verdicts/expected-noise.js';
import { judgePairs, type Evidence, type JudgedCell } from './verdicts/judge-pairs.js';
import { countOutcomes } from './verdicts/outcome.js';

export interface CompareOptions extends Pick<MatchOptions, 'across'> {
  /** Operations that are called otherwise in the candidate. */
  readonly renamings?: readonly Renaming[];
  /** Of this machine, by which single runs are judged. */
  readonly noiseFloor?: NoiseFloor | null;
}

/**
 * Stored runs side by side, at least one on each: every cell of both is in one of the three lists, once. Throws `UserError`
 * for a renaming of what is not there.
 */
export function compareReports(
  baseReports: readonly JudgedReport[],
  candidateReports: readonly JudgedReport[],
  options: CompareOptions = {},
): Comparison {
  const [base, candidate] = [gatherRuns(baseReports), gatherRuns(candidateReports)];
  const matching = matchingOf(base, candidate, options);
  const matched = matchCells(recordsOf(base), recordsOf(candidate), matching);
  const isSameDirectory = isSame(base, candidate);
  const floor = usableFloor(base, candidate, options.noiseFloor ?? null);
  const judged = judgePairs(matched.pairs, evidenceOf(base, candidate, floor, isSameDirectory));
  const cells = comparedCells(matched, judged, chartedOf(base, candidate));
  const bases = new Set(judged.flatMap(({ judgements }) => judgements.map(({ basis }) => basis)));
  return {
    schemaVersion: COMPARISON_VERSION,
    base: sideOf(base),
    candidate: sideOf(candidate),
    isSameDirectory,
    isPaired: judged.some(({ isPaired }) => isPaired),
    outcome: countOutcomes(cells),
    noiseFloor:
      floor !== null && bases.has('sections') ? { host: floor.machine.host, measuredAt: floor.measuredAt } : null,
    across: [...(options.across ?? [])],
    renamed: [...(options.renamings ?? [])],
    keptApart: keptApart(matched.onlyInBase, matched.onlyInCandidate, matching),
    differences: differencesBetween(base.report, candidate.report, matched),
    cells,
    onlyInBase: matched.onlyInBase.map(groupOf),
    onlyInCandidate: matched.onlyInCandidate.map(groupOf),
  };
}

function recordsOf({ report: { cells } }: RunSet): Repeats[number][] {
  return cells.map(({ record }) => record);
}

function matchingOf(base: RunSet, candidate: RunSet, { across = [], renamings = [] }: CompareOptions): MatchOptions {
  if (renamings.length === 0) return { across };
  const [ofBase, ofCandidate] = [base, candidate].map((set) => recordsOf(set).map(({ subject }) => subject)) as [
    Subject[],
    Subject[],
  ];
  const { rename, problems } = renameOperations(renamings, ofBase, ofCandidate);
  if (problems.length > 0)
    throw new UserError('usage', problems.join('\n'), "Name operations by id, or as in --map 'GET /old=GET /new'.");
  return { across, renamed: rename };
}

function isSame(base: RunSet, candidate: RunSet): boolean {
  const folders = (set: RunSet): string => set.runs.map(({ folder }) => folder).sort().join('\n');
  return folders(base) === folders(candidate);
}

/** A noise floor says nothing of runs of another machine. */
function usableFloor(base: RunSet, candidate: RunSet, floor: NoiseFloor | null): NoiseFloor | null {
  if (floor === null) return null;
  const isOfTheirs = [base, candidate].every(
    ({ report: { run } }) => run !== null && whyOfAnother(floor.machine, machineOf(run)) === undefined,
  );
  return isOfTheirs ? floor : null;
}

function evidenceOf(base: RunSet, candidate: RunSet, floor: NoiseFloor | null, isOfSame: boolean): Evidence {
  // By the cell itself: its id is unique on a side only.
  const pairs = new Map(
    [base, candidate].flatMap((set) =>
      recordsOf(set).flatMap((record) => {
        const pair = set.pairs.get(record.id);
        return pair === undefined ? [] : [[record, pair] as const];
      }),
    ),
  );
  return {
    pairOf: (cell) => pairs.get(cell),
    noise: expectedNoise([...recordsOf(base), ...recordsOf(candidate)], floor),
    isSame: isOfSame,
  };
}

function chartedOf(base: RunSet, candidate: RunSet): Shown<'charted'>[] {
  const figures = figuresOf([...recordsOf(base), ...recordsOf(candidate)]);
  return figuresIn('charted', ([place]) => place, figures);
}

function comparedCells(
  { pairs }: MatchedCells,
  judged: readonly JudgedCell[],
  charted: readonly Shown<'charted'>[],
): ComparedCell[] {
  return pairs.map((pair, at) => ({
    base: groupOf(pair.base),
    candidate: groupOf(pair.candidate),
    metrics: charted.map((figure) => compared(figure, pair.base, pair.candidate)),
    judgements: [...(judged[at]?.judgements ?? [])],
    outcome: judged[at]?.outcome ?? null,
    why: judged[at]?.why ?? null,
  }));
}

function differencesBetween(
  base: JudgedReport,
  candidate: JudgedReport,
  { pairs }: MatchedCells,
): Difference[] | null {
  if (base.run === null || candidate.run === null) return null;
  return [
    ...differencesOf(base.run, candidate.run),
    ...engineDifferences(
      pairs.flatMap((pair) => pair.base),
      pairs.flatMap((pair) => pair.candidate),
    ),
  ];
}

const BEST_FIRST: readonly VerdictState[] = ['VALID', 'SUSPECT', 'INVALID'];

function groupOf(repeats: Repeats): CellGroup {
  const [{ subject, load, window, workers, case: limits }] = repeats;
  const worst = Math.max(...repeats.map(({ verdict }) => BEST_FIRST.indexOf(verdict.state)));
  return {
    cellIds: repeats.map(({ id }) => id),
    subject,
    load,
    window: { durationMs: window.durationMs },
    workers,
    ...(limits === undefined ? {} : { case: limits }),
    keepsUp: keepsUpTogether(repeats),
    verdict: BEST_FIRST[worst] ?? 'INVALID',
    reasons: [...new Set(repeats.flatMap(({ verdict }) => verdict.reasons.map(({ id }) => id)))],
  };
}

function compared(figure: Shown<'charted'>, base: Repeats, candidate: Repeats): ComparedMetric {
  const { id, title, unit, better } = figure;
  const figuresOf = (cells: Repeats): (Figure | null)[] => cells.map((cell) => shownFigure(figure, cell));
  const figures = {
    base: comparedFigure(figuresOf(base)),
    candidate: comparedFigure(figuresOf(candidate)),
  };
  return {
    metric: id,
    title,
    unit: unit.symbol,
    better,
    ...figures,
    change: changeBetween(figures.base, figures.candidate),
  };
}
