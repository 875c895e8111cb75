import {
  shownFigure,
  type Figure,
  type FigureDefinition,
  type FigureSource,
} from '../../model/figures/figure.js';
import { operationsOf } from '../../model/figures/operation-figures.js';
import { axisOf, sizeOf, type Load } from '../../model/loads/index.js';
import type { Objective, Operator } from '../../model/results/objective.js';
import { isNamedBy } from '../../model/requests/operation-selector.js';
import type { Subject } from '../../model/results/subject.js';
import type { Outcome } from '../../model/results/outcome.js';
import type { CellRecord } from '../../model/results/cell-record.js';
import { leastRequestsFor } from './least-requests.js';

const AXES = { rate: 'rates', users: 'users', concurrency: 'concurrency' } as const;

const HOLDS: Readonly<Record<Operator, (value: number, limit: number) => boolean>> = {
  '<': (value, limit) => value < limit,
  '<=': (value, limit) => value <= limit,
  '>': (value, limit) => value > limit,
  '>=': (value, limit) => value >= limit,
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
  cells: readonly CellRecord[],
): Outcome[] {
  const { scope, load } = objective;
  const question = { objective, figure, least: leastRequestsFor(objective, figure) };
  const outcomes: Outcome[] = [];
  for (const cell of cells) {
    if (!isAbout(load, cell.load) || figure.isOf?.(cell.load) === false) continue;
    if (scope === null) outcomes.push(judge(question, cell, { operation: null, source: cell }));
    else for (const row of rowsOf(scope, cell)) outcomes.push(judge(question, cell, row));
  }
  return outcomes;
}

/** Whether a load is the one that an objective names. */
export function isAbout(wanted: Objective['load'], load: Load): boolean {
  if (wanted === null) return true;
  return axisOf(load)?.name === AXES[wanted.of] && sizeOf(load) === wanted.size;
}

/** Whether an operation is one of those that an objective names. */
export function isInScope(
  scope: string,
  { id, method, path, tags = [] }: Subject['operations'][number],
): boolean {
  return isNamedBy({ id, method, paths: [path], tags }, scope);
}

function rowsOf(scope: string, cell: CellRecord): Row[] {
  const { operations } = cell.subject;
  if (operations.length === 1)
    return operations.some((one) => isInScope(scope, one)) ? [{ operation: null, source: cell }] : [];
  return operationsOf(cell)
    .filter((one) => isNamedBy({ ...one, paths: [one.path] }, scope))
    .map(({ id, source }) => ({ operation: id, source }));
}

interface Question {
  readonly objective: Objective;
  readonly figure: FigureDefinition;
  readonly least: number;
}

function judge(question: Question, cell: CellRecord, { operation, source }: Row): Outcome {
  const { value, isLowerBound, state, why } = judgeSource(question, source);
  const known = { cell: cell.id, operation, value, isLowerBound };
  // The generator was the limit: what it measured says nothing of the target.
  if (cell.verdict.state === 'INVALID') return { ...known, state: 'invalid', why: null };
  return { ...known, state, why };
}

/** What an objective makes of figures, whatever they are of. */
export function judgeSource(
  { objective, figure, least }: Question,
  source: FigureSource,
): Omit<Outcome, 'cell' | 'operation'> {
  const found = shownFigure(figure, source);
  if (found === null)
    return { value: null, isLowerBound: false, state: 'undecided', why: `${figure.title} is not known` };
  const { planned } = source.counts;
  if (planned < least)
    return { ...found, state: 'undecided', why: `${planned} requests are too few: ${least} are needed` };
  return { ...found, ...decide(objective, found) };
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
