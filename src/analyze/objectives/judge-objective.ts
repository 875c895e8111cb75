import {
  shownFigure,
  type Figure,
  type FigureDefinition,
  type FigureSource,
} from '../../model/figures/figure.js';
import type { MixedOperation } from '../../model/figures/operation-figures.js';
import { isAbout } from '../../model/objectives/is-about.js';
import type { Objective, Operator } from '../../model/results/objective.js';
import { operationSelector } from '../../model/requests/operation-selector.js';
import type { Subject } from '../../model/results/subject.js';
import type { Outcome } from '../../model/results/outcome.js';
import type { CellRecord } from '../../model/results/cell-record.js';
import { hasCertainlyFailed } from './certainly-failed.js';
import { leastRequestsFor } from './least-requests.js';

const HOLDS: Readonly<Record<Operator, (value: number, limit: number) => boolean>> = {
  '<': (value, limit) => value < limit,
  '<=': (value, limit) => value <= limit,
  '>': (value, limit) => value > limit,
  '>=': (value, limit) => value >= limit,
};

/** What an operation is called in a record. */
type Named = Pick<Subject['operations'][number], 'id' | 'method' | 'path'> & {
  readonly tags?: readonly string[] | undefined;
};

/** One operation, or a mixture of them, in one cell. */
interface Row {
  readonly operation: string | null;
  readonly source: FigureSource;
}

/** What came of an objective in each cell that it is about: each stands alone, repeats too. */
export function judgeObjective(
  objective: Objective,
  figure: FigureDefinition,
  cells: readonly JudgedCell[],
): Outcome[] {
  const { scope, load } = objective;
  const question = { objective, figure, least: leastRequestsFor(objective, figure) };
  const isNamed = scope === null ? null : inScope(scope);
  const outcomes: Outcome[] = [];
  for (const cell of cells) {
    const { record } = cell;
    if (!isAbout(load, record.load) || figure.isOf?.(record.load) === false) continue;
    const rows = isNamed === null ? [{ operation: null, source: record }] : rowsOf(isNamed, cell);
    for (const row of rows) outcomes.push(judge(question, record, row));
  }
  return outcomes;
}

/** A cell, with the operations of its mixture taken apart once for all objectives. */
export interface JudgedCell {
  readonly record: CellRecord;
  readonly mixed: readonly MixedOperation[];
}

/** Whether an operation is one of those that an objective names. */
export function inScope(scope: string): (operation: Named) => boolean {
  const isSelected = operationSelector(scope);
  return ({ id, method, path, tags = [] }) => isSelected({ id, method, paths: [path], tags });
}

function rowsOf(isNamed: ReturnType<typeof inScope>, { record, mixed }: JudgedCell): Row[] {
  if (mixed.length === 0)
    return record.subject.operations.some(isNamed) ? [{ operation: null, source: record }] : [];
  return mixed.filter(isNamed).map(({ id, source }) => ({ operation: id, source }));
}

interface Question {
  readonly objective: Objective;
  readonly figure: FigureDefinition;
  readonly least: number;
}

/** Written out, key by key: a run of a thousand cells has tens of thousands of outcomes. */
function judge(question: Question, { id, verdict }: CellRecord, { operation, source }: Row): Outcome {
  const { value, isLowerBound, state, why } = judgeSource(question, source);
  // The generator was the limit: what it measured says nothing of the target.
  const isInvalid = verdict.state === 'INVALID';
  return {
    cell: id,
    operation,
    value,
    isLowerBound,
    state: isInvalid ? 'invalid' : state,
    why: isInvalid ? null : why,
  };
}

/** What an objective makes of figures, whatever they are of. */
export function judgeSource(
  { objective, figure, least }: Question,
  source: FigureSource,
): Omit<Outcome, 'cell' | 'operation'> {
  const found = shownFigure(figure, source);
  if (found === null)
    return { value: null, isLowerBound: false, state: 'undecided', why: `${figure.title} is not known` };
  const { value, isLowerBound } = found;
  const { planned } = source.counts;
  const decision = decide(objective, found);
  const isTooFew =
    planned < least && !(decision.state === 'failed' && hasCertainlyFailed(objective, figure, source));
  const { state, why } = isTooFew
    ? { state: 'undecided' as const, why: `${planned} requests are too few: ${least} are needed` }
    : decision;
  return { value, isLowerBound, state, why };
}

type Decision = Pick<Outcome, 'state' | 'why'>;

/** Of a lower bound the true value may be anything above it. */
function decide({ operator, limit }: Objective, { value, isLowerBound }: Figure): Decision {
  const holds = HOLDS[operator](value, limit);
  // A value that grows makes `<` fail and `>` hold: what is so already stays so.
  const isSettled = !isLowerBound || holds === operator.startsWith('>');
  if (!isSettled)
    return { state: 'undecided', why: 'only a lower bound of it is known, as some requests never ended' };
  return { state: holds ? 'passed' : 'failed', why: null };
}
