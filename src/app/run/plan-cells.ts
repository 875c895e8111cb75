import { randomAt, seedFor } from '../../kernel/random.js';
import { bytesInWords } from '../../kernel/units.js';
import { systemSerials } from '../../kernel/serials.js';
import type { GeneratorShare } from '../../model/generation/generator.js';
import type { LiveCell } from '../../model/live/live-run.js';
import {
  type Load,
  durationMsOf,
  firstRateOf,
  isClosedLoop,
  loadIdPart,
  loadName,
  mostRequestsOf,
  populationOf,
} from '../../model/loads/index.js';
import type { Operation, BuiltOperation } from '../../model/requests/request.js';
import type { CaseLimits } from '../../model/results/resource-case.js';
import type { RunConfig } from '../../model/config/run-config.js';
import type { Subject } from '../../model/results/subject.js';
import { startsOf, type PlannedStart } from './plan-starts.js';
import type { EnginePlan } from './plan-engine.js';

/** One cell that is to be measured. */
export interface PlannedCell extends PlannedStart {
  readonly subject: Subject;
  readonly load: Load;
  /** For people: `get_item 1000/s, 4 workers`. */
  readonly name: string;
  /** Parts of the name of its files. */
  readonly idParts: readonly string[];
  /** Gentle load before the window, in milliseconds. */
  readonly warmupMs: number;
}

/**
 * All cells of a run in their order: those of one start of the target together, then loads, and operations unless all of
 * them are asked together. `weights` are those of a mixture or of journeys; an operation that has none in it has the weight 1.
 */
export function planCells(
  config: RunConfig,
  operations: readonly Operation[],
  weights: Weights = new Map(),
): PlannedCell[] {
  const { loads, mixture } = config;
  const isMixture = mixture !== null || weights.size > 0;
  const subjects = isMixture ? [mixtureOf(operations, weights)] : inOrder(config, operations).map(subjectOf);
  return startsOf(config).flatMap((start) =>
    loads.flatMap((load) => subjects.map((subject) => plannedCell(config, subject, load, start))),
  );
}

/** By chance where it is wanted: the order of two operations is the same whatever others there are. */
function inOrder(
  { order, seed }: Pick<RunConfig, 'order' | 'seed'>,
  operations: readonly Operation[],
): readonly Operation[] {
  if (order === undefined) return operations;
  const rank = ({ method, path }: Operation): number => randomAt(seedFor(seed, `${method} ${path}`), 0);
  return [...operations].sort((one, other) => rank(one) - rank(other));
}

function plannedCell(config: RunConfig, subject: Subject, load: Load, start: PlannedStart): PlannedCell {
  const limits = start.case;
  const casePart = limits === undefined ? [] : [`c${caseIdPart(limits)}`];
  const workerPart = config.workers.length > 1 ? [`w${start.workers}`] : [];
  const repeatPart = config.repeats > 1 ? [`r${start.repeat}`] : [];
  const told = [...(limits === undefined ? [] : [limits.name]), ...workerPart];
  return {
    ...start,
    subject,
    load,
    name: [`${subject.id} ${loadName(load)}`, ...told].join(limits === undefined ? ' ' : ', '),
    idParts: [subject.id, ...casePart, ...workerPart, loadIdPart(load), ...repeatPart],
    // A closed loop warms the target up as its users do: nobody asks it anything before the first of them.
    warmupMs: isClosedLoop(load) ? 0 : config.warmupMs,
  };
}

/** Short, and the same in other runs: `0.5-256MiB`. */
function caseIdPart({ cpuCores, memoryBytes }: CaseLimits): string {
  return [cpuCores, memoryBytes === null ? null : bytesInWords(memoryBytes).replace(' ', '')]
    .filter((part) => part !== null)
    .join('-');
}

/** What those who watch the run are told when a cell begins. */
export function cellStart(
  id: string,
  cell: PlannedCell,
  cells: readonly PlannedCell[],
): { readonly cell: LiveCell; number: number; cells: number } {
  const at = cells.indexOf(cell);
  const { name, subject, workers, case: limits, repeat, load } = cell;
  return {
    cell: {
      id,
      name,
      subject,
      workers,
      ...(limits === undefined ? {} : { case: limits }),
      repeat,
      load,
      windowMs: durationMsOf(load),
    },
    number: at + 1,
    cells: cells.length,
  };
}

function subjectOf(operation: Operation): Subject {
  return { id: operation.id, operations: [weighed(operation, 1)] };
}

function weighed({ id, method, path, tags }: Operation, weight: number): Subject['operations'][number] {
  return { ...{ id, method, path, weight }, ...(tags.length === 0 ? {} : { tags: [...tags] }) };
}

type Weights = ReadonlyMap<Pick<Operation, 'method' | 'path'>, number>;

/** A mixture of one is that operation alone. */
function mixtureOf(operations: readonly Operation[], weights: Weights): Subject {
  const [only, ...others] = operations;
  if (only && others.length === 0) return subjectOf(only);
  // Documents give one operationId to several operations.
  const known = new Map([...weights].map(([{ method, path }, weight]) => [`${method} ${path}`, weight]));
  return {
    id: 'mixture',
    operations: operations.map((one) => weighed(one, known.get(`${one.method} ${one.path}`) ?? 1)),
  };
}

/** What is built for the operations of a cell, in their order. */
export function builtFor({ subject }: PlannedCell, operations: readonly BuiltOperation[]): BuiltOperation[] {
  return subject.operations.map(({ method, path }) => {
    // Documents give one operationId to several operations.
    const built = operations.find(({ operation }) => operation.method === method && operation.path === path);
    if (!built) throw new Error(`nothing is built for ${method} ${path}`);
    return built;
  });
}

const WARM_UP_CONNECTIONS_PER_WORKER = 4;

/** More than any thread sends. */
const MOST_PER_SECOND = 100_000;

/** At least as many serial numbers as are sent: each thread rounds its share up. */
function serialsFor(load: Load, { threads }: EnginePlan): number {
  const most = mostRequestsOf(load) ?? ((durationMsOf(load) ?? 0) / 1000) * MOST_PER_SECOND * threads;
  return Math.ceil(most) + 2 * threads;
}

/** What one generator is to do for a cell: with the requests as they are built for the target that runs now. */
export function shareOf(
  config: RunConfig,
  cell: PlannedCell,
  built: readonly BuiltOperation[],
  origin: string,
  engine: EnginePlan,
  http2?: GeneratorShare['http2'],
): GeneratorShare {
  return {
    load: cell.load,
    part: { index: 0, of: 1 },
    address: { origin, ...config.connection },
    client: engine.client,
    ...(http2 === undefined ? {} : { http2 }),
    operations: built.map(({ blueprints, check }, at) => ({
      blueprints: [...blueprints],
      ...(check === undefined ? {} : { check }),
      weight: cell.subject.operations[at]?.weight ?? 1,
    })),
    seed: config.seed,
    firstSerial: {
      warmup: systemSerials.take(
        Math.ceil((cell.warmupMs / 1000) * firstRateOf(cell.load)) + 2 * engine.threads,
      ),
      window: systemSerials.take(serialsFor(cell.load, engine)),
    },
    timeoutMs: config.timeoutMs,
    // Each user has one of its own.
    maxConnections: populationOf(cell.load)?.most ?? config.maxConnections,
    maxQueue: config.maxQueue,
    pacing: engine.pacingOf(cell).pacing,
    warmup: {
      // A row that the warm-up has sent could not be sent again.
      durationMs: built.every(({ uniqueRows }) => uniqueRows === undefined) ? cell.warmupMs : 0,
      connections: WARM_UP_CONNECTIONS_PER_WORKER * cell.workers,
      ratePerSecond: firstRateOf(cell.load),
    },
  };
}
