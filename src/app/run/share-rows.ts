import { plural } from '../../kernel/format.js';
import { UserError } from '../../kernel/errors.js';
import { mostRequestsOf, scheduleOfAll, type Load } from '../../model/loads/index.js';
import type { Operation, BuiltOperation } from '../../model/requests/request.js';
import type { RunConfig } from '../../model/config/run-config.js';
import type { DescribedOperation } from '../../openapi/document/described-operation.js';
import { matches } from '../../openapi/selection/select-operations.js';
import { subjectKey } from '../../model/results/subject.js';
import { isSameStart, startsOf } from './plan-starts.js';
import type { PlannedCell } from './plan-cells.js';
import type { Api } from '../document/read-api.js';

/** How many rows an operation needs that may send none of them twice. */
interface Need {
  /** The same ones after each start of the target. */
  readonly setup: number;
  readonly preflight: number;
  readonly cells: number;
}

/** Made for an operation that deletes: more would hold the run up. */
const MOST_OWN_MEMBERS = 1000;

/**
 * Which rows of data with `order: unique` each part of a run sends: first come those of the set-up, then the
 * pre-flight's, then those of one cell after another. Request i of a cell takes row i of the cell's, so that which rows are
 * sent is known before: of a mixture those of the requests that ask the operation, and none of them twice.
 */
export class RowShares {
  private readonly planned = new Map<Load, number>();

  constructor(
    private readonly config: Pick<
      RunConfig,
      'loads' | 'mixture' | 'workers' | 'cases' | 'repeats' | 'setup' | 'preflight'
    >,
    private readonly api: Pick<Api, 'selected' | 'rules'>,
  ) {}

  /** Throws one error for all operations that have fewer rows than the run would send. */
  refuseTooFew(): void {
    const lines = this.limited().flatMap(({ operation, count }) => {
      const need = this.needOf(operation);
      const needed = need.setup + need.preflight + need.cells;
      return needed <= count ? [] : [tooFew(operation, count, need, this.config.mixture !== null)];
    });
    if (lines.length > 0) throw new UserError('usage', lines.join('\n'), HINT);
  }

  /** Why these operations are not warmed up; undefined when all are. */
  get notice(): string | undefined {
    const ids = this.limited().map(({ operation }) => operation.id);
    if (ids.length === 0) return undefined;
    return `Not warmed up, since each row of their data is sent once only (order: unique): ${ids.join(', ')}.`;
  }

  /** An operation with the request that the pre-flight sends. */
  forPreflight(built: BuiltOperation): BuiltOperation {
    const operation = this.describedOf(built.operation);
    if (built.uniqueRows === undefined || !operation) return built;
    const { setup } = this.needOf(operation);
    return sliceOf(built, setup, 1);
  }

  /** An operation with the requests of one cell of these. */
  forCell(built: BuiltOperation, cell: PlannedCell, cells: readonly PlannedCell[]): BuiltOperation {
    const operation = this.describedOf(built.operation);
    if (built.uniqueRows === undefined || !operation) return built;
    const { setup, preflight } = this.needOf(operation);
    const isOwn = this.api.rules.get(operation)?.rows === undefined;
    const isEarlier = (one: PlannedCell): boolean =>
      subjectKey(one.subject) === subjectKey(cell.subject) && (!isOwn || isSameStart(one, cell));
    const before = cells
      .slice(0, cells.indexOf(cell))
      .filter(isEarlier)
      .reduce((sum, { load }) => sum + this.plannedIn(load), 0);
    if (isOwn) return leftOf(built, preflight + before, this.plannedIn(cell.load));
    return sliceOf(built, setup + preflight + before, this.plannedIn(cell.load));
  }

  /** How many members an operation that deletes needs after each start of the target. */
  get ownMembers(): number {
    const planned = this.config.loads.reduce((sum, load) => sum + this.plannedIn(load), 0);
    return Math.min(MOST_OWN_MEMBERS, planned + 1);
  }

  /** The operations that are loaded from such rows, with how many they have. */
  private limited(): { readonly operation: DescribedOperation; readonly count: number }[] {
    return this.api.selected.flatMap((operation) => {
      const rows = this.api.rules.get(operation)?.rows;
      return rows?.order === 'unique' ? [{ operation, count: rows.count }] : [];
    });
  }

  private needOf(operation: DescribedOperation): Need {
    const { loads, setup, preflight } = this.config;
    const steps = setup.filter(({ call }) => matches(operation, call));
    const ofEach = loads.reduce((sum, load) => sum + this.plannedIn(load), 0);
    return {
      setup: Math.max(0, ...steps.map(({ times }) => times)),
      preflight: preflight === 'off' ? 0 : 1,
      cells: ofEach * startsOf(this.config).length,
    };
  }

  private describedOf(operation: Operation): DescribedOperation | undefined {
    return this.api.selected.find((one) => isSame(one, operation));
  }

  private plannedIn(load: Load): number {
    const planned =
      this.planned.get(load) ?? scheduleOfAll(load)?.planned ?? mostRequestsOf(load) ?? Infinity;
    this.planned.set(load, planned);
    return planned;
  }
}

const HINT =
  'Give the file more rows (50,000 of them are used at most), make the load lower or shorter, or choose order: sequential, which begins again at the first row.';

function tooFew(
  operation: DescribedOperation,
  count: number,
  { setup, preflight, cells }: Need,
  isMixture: boolean,
): string {
  const name = `operations: ${operation.id}: data`;
  if (cells === Infinity)
    return `${name}: ${plural(count, 'row')} to be sent once only (order: unique), and how many requests users send is not known before: give a number of requests (--requests) or a rate.`;
  const each = isMixture ? ' (of a mixture one for each request, whichever operation that asks)' : '';
  const parts = [
    `${cells} for the load${each}`,
    ...(setup > 0 ? [`${setup} for the set-up`] : []),
    ...(preflight > 0 ? [`${preflight} for the pre-flight`] : []),
  ];
  const needed = setup + preflight + cells;
  return `${name}: ${plural(count, 'row')} to be sent once only (order: unique), and the run needs ${needed}: ${parts.join(', ')}.`;
}

function sliceOf(built: BuiltOperation, start: number, count: number): BuiltOperation {
  const blueprints = built.blueprints.slice(start, start + count);
  if (blueprints.length === count) return { ...built, blueprints };
  throw new UserError(
    'usage',
    `operations: ${built.operation.id}: data: only the first ${built.blueprints.length} rows could be built, and row ${start + count} is needed.`,
    'All requests of an operation together may take 64 MB.',
  );
}

/** As many as are left; when none is, all again, and the target says that they are gone. */
function leftOf(built: BuiltOperation, start: number, count: number): BuiltOperation {
  const blueprints = built.blueprints.slice(start, start + count);
  return blueprints.length === 0 ? built : { ...built, blueprints };
}

function isSame(one: Pick<Operation, 'method' | 'path'>, other: Pick<Operation, 'method' | 'path'>): boolean {
  // Documents give one operationId to several operations.
  return one.method === other.method && one.path === other.path;
}
