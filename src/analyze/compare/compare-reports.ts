import { shownFigure, type Figure } from '../../model/figures/figure.js';
import { figuresOf } from '../../model/figures/gauge-figures.js';
import { figuresIn, type Shown } from '../../model/figures/index.js';
import {
  COMPARISON_VERSION,
  type CellGroup,
  type ComparedMetric,
  type ComparedSide,
  type Comparison,
  type Difference,
} from '../../model/results/comparison.js';
import type { VerdictState } from '../../model/results/verdict.js';
import { keepsUpTogether } from '../../model/results/keeps-up.js';
import type { JudgedReport } from '../../model/report/report.js';
import { changeBetween, comparedFigure } from './change.js';
import { differencesOf, engineDifferences } from './differences.js';
import { matchCells, type MatchedCells, type Repeats } from './match-cells.js';

/** Two stored runs side by side: every cell of both is in one of the three lists, once. */
export function compareReports(base: JudgedReport, candidate: JudgedReport): Comparison {
  const matched = matchCells(recordsOf(base), recordsOf(candidate));
  const figures = figuresOf([...recordsOf(base), ...recordsOf(candidate)]);
  const charted = figuresIn('charted', ([place]) => place, figures);
  return {
    schemaVersion: COMPARISON_VERSION,
    base: sideOf(base),
    candidate: sideOf(candidate),
    isSameDirectory: base.folder === candidate.folder,
    differences: differencesBetween(base, candidate, matched),
    cells: matched.pairs.map((pair) => ({
      base: groupOf(pair.base),
      candidate: groupOf(pair.candidate),
      metrics: charted.map((figure) => compared(figure, pair.base, pair.candidate)),
    })),
    onlyInBase: matched.onlyInBase.map(groupOf),
    onlyInCandidate: matched.onlyInCandidate.map(groupOf),
  };
}

function recordsOf({ cells }: JudgedReport): Repeats[number][] {
  return cells.map(({ record }) => record);
}

function sideOf({ name, folder, run, cells, remarks }: JudgedReport): ComparedSide {
  return {
    name,
    folder,
    startedAt: run?.startedAt ?? null,
    status: run?.status ?? null,
    toolVersion: run?.tool.version ?? null,
    gitCommit: run?.environment.gitCommit ?? null,
    cells: cells.length,
    remarks: [...remarks],
  };
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
