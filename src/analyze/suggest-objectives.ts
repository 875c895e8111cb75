import { FIGURES } from '../model/figures/list.js';
import { operationsOf } from '../model/figures/operation-figures.js';
import { sizeOf } from '../model/loads/index.js';
import { parseObjective } from '../model/objectives/parse-objective.js';
import type { CellRecord } from '../model/results/cell-record.js';
import type { OperationRecord } from '../model/results/operation-record.js';
import { areTooMany } from './unsuccessful.js';
import { leastRequestsFor } from './objectives/least-requests.js';

export interface SuggestedObjectives {
  /** `GET /items p95 < 75ms`: for each operation that was measured well enough, and for all of them together. */
  readonly objectives: readonly string[];
  /** `GET /items`: the others that were asked. */
  readonly without: readonly string[];
}

/** So many times as slow as measured is still good enough: two runs of the same differ by less. */
const MARGIN = 1.5;

/** Limits from what was measured at the lowest load, for the operations that `isWanted` by `METHOD /path`. */
export function suggestObjectives(
  cells: readonly CellRecord[],
  isWanted: (operation: string) => boolean,
): SuggestedObjectives {
  const wanted = cells.flatMap(measuredIn).filter(({ name }) => isWanted(name));
  const objectives: string[] = [];
  const without: string[] = [];
  const used: Measured[] = [];
  for (const name of new Set(wanted.map((one) => one.name))) {
    const lowest = lowestOf(wanted.filter((one) => one.name === name && isSound(one)));
    const text = objectiveFor(lowest);
    if (text === undefined) without.push(name);
    else {
      objectives.push(text);
      used.push(...lowest);
    }
  }
  const isFaultless = used.length > 0 && used.every(({ counts }) => counts.succeeded === counts.planned);
  // What fewer requests could not decide would never pass.
  const fewest = Math.min(...used.map(({ counts }) => counts.planned));
  const share = [0.1, 1].find((percent) => fewest >= 100 / percent);
  const errors = isFaultless && share !== undefined ? [`errors < ${share}%`] : [];
  return { objectives: [...objectives, ...errors], without };
}

/** One operation in one cell. */
interface Measured {
  readonly name: string;
  readonly id: string;
  readonly cell: CellRecord;
  readonly counts: OperationRecord['counts'];
  readonly response: OperationRecord['latencyMs']['response'];
}

function measuredIn(cell: CellRecord): Measured[] {
  const [only, ...others] = cell.subject.operations;
  const asked = only !== undefined && others.length === 0 ? [{ ...only, source: cell }] : operationsOf(cell);
  return asked.map(({ id, method, path, source: { counts, latencyMs } }) => ({
    ...{ name: `${method} ${path}`, id, cell },
    ...{ counts, response: latencyMs.response },
  }));
}

/** Nor is the time of failures one to hold an operation to, which a VALID mixture may have among its others. */
function isSound({ cell, counts, response }: Measured): boolean {
  return (
    cell.verdict.state === 'VALID' &&
    (response.p95 ?? 0) > 0 &&
    !response.lowerBounds.includes('p95') &&
    counts.planned >= leastForP95 &&
    !areTooMany(counts.failed + counts.timedOut, counts)
  );
}

/** As many as it takes to decide such an objective. */
const leastForP95 = Math.max(
  ...FIGURES.filter(({ id }) => id === 'p95').map((figure) => leastRequestsFor({ limit: 1 }, figure)),
);

/** Several, where it was repeated or measured with other numbers of workers. */
function lowestOf(measured: readonly Measured[]): Measured[] {
  const lowest = Math.min(...measured.map(({ cell }) => sizeOf(cell.load)));
  return measured.filter(({ cell }) => sizeOf(cell.load) === lowest);
}

/** By the method and path that people know, or else by the id; undefined where it can be written in neither way. */
function objectiveFor(measured: readonly Measured[]): string | undefined {
  const [first] = measured;
  if (first === undefined) return undefined;
  const limit = limitText(MARGIN * Math.max(...measured.map(({ response }) => response.p95 ?? 0)));
  return [first.name, first.id]
    .map((scope) => ({ scope, text: `${scope} p95 < ${limit}` }))
    .find(({ scope, text }) => {
      const parsed = parseObjective(text, FIGURES);
      return 'objective' in parsed && parsed.objective.scope === scope;
    })?.text;
}

/** Rounded up to two digits: `75ms`, `1.5s`. */
function limitText(limitMs: number): string {
  const step = 10 ** (Math.floor(Math.log10(limitMs)) - 1);
  // What rounding adds is not a step more.
  const roundedMs = Number((Math.ceil(limitMs / step - 1e-9) * step).toPrecision(2));
  return roundedMs < 1000 ? `${roundedMs}ms` : `${Number((roundedMs / 1000).toPrecision(2))}s`;
}
