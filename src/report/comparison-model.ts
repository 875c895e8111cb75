import { askedOf } from '../model/results/subject.js';
import { plural } from '../kernel/format.js';
import { grouped } from '../kernel/grouped.js';
import { formatDuration } from '../kernel/units.js';
import { figuresIn } from '../model/figures/index.js';
import type {
  CellGroup,
  ChangeVerdict,
  ComparedCell,
  ComparedMetric,
  Comparison,
} from '../model/results/comparison.js';
import { loadName, loadTitle } from '../model/loads/index.js';
import type { VerdictState } from '../model/results/verdict.js';
import { shownMetric, type ShownMetric } from './change-words.js';
import { keepsUpWords } from './keeps-up-words.js';
import { sizingText } from './sizing-words.js';
import { shownName } from './shown-text.js';

/** A metric that tables show; its unit stands in the heading. */
export interface ComparedColumn {
  readonly metric: string;
  readonly heading: string;
  readonly unit: string;
  /** Where it stands without its unit. */
  readonly listedAs: string;
  /** A narrow terminal does without it, the lowest first; left out = never. */
  readonly leaves?: number;
}

export const COMPARED_COLUMNS: readonly ComparedColumn[] = figuresIn('compared', ([place]) => place).map(
  ({ id, compared: [, heading, unit, leaves, listedAs = heading] }) => ({
    ...{ metric: id, heading, unit, listedAs },
    ...(leaves === undefined ? {} : { leaves }),
  }),
);

/** All endpoints under one load and on one sizing of the target. */
export interface ComparisonTable {
  readonly title: string;
  readonly rows: readonly ComparisonRow[];
  /** In sentences: other names, what does not keep up, verdicts that are not VALID. */
  readonly notes: readonly string[];
}

export interface ComparisonRow {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly verdicts: { readonly base: VerdictState; readonly candidate: VerdictState };
  /** What is said of its change; `null` = it is not judged. */
  readonly outcome: ChangeVerdict | null;
  /** In the order of `COMPARED_COLUMNS`. */
  readonly metrics: readonly ShownMetric[];
}

/** In the order in which the base was measured. */
export function comparisonTables({ cells }: Comparison): ComparisonTable[] {
  return [...grouped(cells, tableTitle)].map(([title, members]) => ({
    title,
    rows: members.map(rowOf),
    notes: [...otherNames(members), ...keepingUpNotes(members), ...verdictNotes(members)],
  }));
}

/** All pairs of cells, in the order of the rows of the tables. */
export function pairsInOrder({ cells }: Comparison): (ComparedCell & { readonly name: string })[] {
  return [...grouped(cells, tableTitle).values()]
    .flat()
    .map((cell) => ({ ...cell, name: placeWords(cell.base) }));
}

/** Of the table in which a cell stands: its load and sizing. */
export function tableTitle({ base, candidate }: ComparedCell): string {
  const [ofBase, ofCandidate] = [loadTitle(base.load), loadTitle(candidate.load)];
  const [baseMs, candidateMs] = [base.window.durationMs, candidate.window.durationMs];
  return [
    ofBase,
    ...(ofBase === ofCandidate ? [] : [`B ${ofCandidate}`]),
    sizingText(base),
    ...(baseMs === candidateMs ? [] : [`A ${formatDuration(baseMs)} long, B ${formatDuration(candidateMs)}`]),
    ...repeatWords(base.cellIds.length, candidate.cellIds.length),
  ].join(' · ');
}

function repeatWords(ofBase: number, ofCandidate: number): string[] {
  if (ofBase === ofCandidate) return ofBase === 1 ? [] : [`medians of ${ofBase} repeats`];
  return [`medians of ${plural(ofBase, 'repeat')} in A, ${ofCandidate} in B`];
}

function rowOf({ base, candidate, metrics, outcome }: ComparedCell): ComparisonRow {
  return {
    name: nameOf(base),
    method: shownName(askedOf(base.subject).method),
    path: shownName(askedOf(base.subject).path),
    verdicts: { base: base.verdict, candidate: candidate.verdict },
    outcome,
    metrics: COMPARED_COLUMNS.map(({ metric }) => shownMetric(metricOf(metrics, metric))),
  };
}

export function metricOf(metrics: readonly ComparedMetric[], id: string): ComparedMetric {
  const found = metrics.find(({ metric }) => metric === id);
  if (found === undefined) throw new Error(`a comparison without ${id}`);
  return found;
}

function otherNames(cells: readonly ComparedCell[]): string[] {
  return cells
    .filter(({ base, candidate }) => base.subject.id !== candidate.subject.id)
    .map(({ base, candidate }) => `${nameOf(base)} is ${nameOf(candidate)} in B.`);
}

/** Only where a side is not known to keep up; endpoints of which the same holds share a sentence. */
function keepingUpNotes(cells: readonly ComparedCell[]): string[] {
  const behind = cells.filter(({ base, candidate }) => base.keepsUp !== true || candidate.keepsUp !== true);
  const byWords = grouped(
    behind,
    ({ base, candidate }) =>
      `A ${keepsUpWords(base.keepsUp ?? null)}, B ${keepsUpWords(candidate.keepsUp ?? null)}`,
  );
  return [...byWords].map(
    ([words, members]) => `${words}: ${members.map(({ base }) => nameOf(base)).join(', ')}`,
  );
}

/** Endpoints with the same verdicts for the same reasons share a sentence. */
function verdictNotes(cells: readonly ComparedCell[]): string[] {
  const doubtful = cells.filter(
    ({ base, candidate }) => base.verdict !== 'VALID' || candidate.verdict !== 'VALID',
  );
  const byVerdicts = grouped(
    doubtful,
    ({ base, candidate }) => `A ${verdictWords(base)}, B ${verdictWords(candidate)}`,
  );
  return [...byVerdicts].map(
    ([words, members]) => `${words}: ${members.map(({ base }) => nameOf(base)).join(', ')}`,
  );
}

function verdictWords({ verdict, reasons }: CellGroup): string {
  return reasons.length === 0 ? verdict : `${verdict} (${reasons.map(shownName).join(', ')})`;
}

/** `get_item 1000/s, 1 worker`. */
export function placeWords(group: CellGroup): string {
  return `${nameOf(group)} ${loadName(group.load)}, ${sizingText(group)}`;
}

function nameOf({ subject }: CellGroup): string {
  return shownName(subject.id);
}

/** Cells that only one side has. */
export interface LoneCells {
  readonly label: 'A' | 'B';
  readonly title: string;
  readonly names: readonly string[];
}

export function loneCells({ onlyInBase, onlyInCandidate }: Comparison): LoneCells[] {
  return [...loneOf('A', onlyInBase), ...loneOf('B', onlyInCandidate)];
}

function loneOf(label: LoneCells['label'], groups: readonly CellGroup[]): LoneCells[] {
  const byLoad = grouped(groups, (group) => `${loadTitle(group.load)} · ${sizingText(group)}`);
  return [...byLoad].map(([title, members]) => ({ label, title, names: members.map(nameOf) }));
}
