import { capturedFor, type CapturedValues } from '../../openapi/chains/captured.js';
import { findCollection, nounOf, type Collection } from '../../openapi/chains/find-collection.js';
import { placeholderNames } from '../../openapi/document/placeholders.js';
import type { DescribedOperation, Parameter } from '../../openapi/document/described-operation.js';
import { BodyChains } from './body-chains.js';
import { CollectionReader, type Row } from './collection-reader.js';
import { MemberMaker } from './member-maker.js';
import type { SetupOptions, SetupOutcome } from './run-setup.js';

const MOST_PARENTS = 5;
const MOST_ROWS = 1000;

export interface ChainOptions extends SetupOptions {
  /** How many members are made for an operation that deletes; 0 = nothing is made at all. */
  readonly ownMembers: number;
}

/**
 * Finds ids for the placeholders of paths in what the collections above them answer. Where there are none, operations
 * of the load make some.
 */
export async function followChains(
  options: ChainOptions,
  outcome: SetupOutcome,
): Promise<ReadonlyMap<DescribedOperation, CapturedValues>> {
  const chained = new Map<DescribedOperation, CapturedValues>();
  if (options.config.chains === 'off') return chained;
  const reader = new CollectionReader(options, outcome);
  const bodies: BodyChains = new BodyChains(options, reader, async (operation, wanted) => {
    const made = await maker.idsOf(operation, wanted);
    if (made) reader.forget();
    return made;
  });
  const maker = new MemberMaker(options, options.ownMembers, (operation) => bodies.valuesFor(operation));
  for (const operation of options.api.selected) {
    const inPath = await new Chain(reader, maker, operation).follow();
    const inBody = await bodies.valuesFor(operation);
    const found = together(inPath, inBody, bodies.sameAsInPath(operation));
    if (found) chained.set(operation, found);
  }
  const { summary } = maker;
  if (summary !== null) options.observe({ kind: 'notice', message: `Made as test data: ${summary}.` });
  return chained;
}

/** What is found for an operation's path and for its body, which may name what the path names. */
function together(
  inPath: CapturedValues | undefined,
  inBody: CapturedValues,
  same: readonly (readonly [key: string, name: string])[],
): CapturedValues | undefined {
  const repeated = same.filter(([, name]) => inPath && Object.hasOwn(inPath.values, `path.${name}`));
  const copied = (of: 'values' | 'from'): Record<string, never> =>
    Object.fromEntries(repeated.map(([key, name]) => [key, inPath?.[of][`path.${name}`]])) as Record<
      string,
      never
    >;
  const found = {
    ...inPath,
    values: { ...inPath?.values, ...inBody.values, ...copied('values') },
    from: { ...inPath?.from, ...inBody.from, ...copied('from') },
  };
  return Object.keys(found.values).length === 0 ? undefined : found;
}

/** The rows of values for the placeholders of one operation, from the first to the last. */
class Chain {
  private rows: readonly Row[] = [{}];
  private readonly from: Record<string, string> = {};
  private isChained = false;
  /** Whether its members were made for it alone. */
  private hasOwn = false;

  constructor(
    private readonly reader: CollectionReader,
    private readonly maker: MemberMaker,
    private readonly operation: DescribedOperation,
  ) {}

  async follow(): Promise<CapturedValues | undefined> {
    const { operation, reader } = this;
    const explicit = capturedFor(operation, reader.outcome.pools);
    for (const name of placeholderNames(operation.template)) {
      const key = `path.${name}`;
      const parameter = operation.parameters.find((one) => one.place === 'path' && one.name === name);
      const captured = Object.hasOwn(explicit.values, key) ? explicit.values[key] : undefined;
      if (reader.given.has(operation, key)) continue;
      if (captured) this.spread(key, captured, explicit.from[key] ?? '');
      else if (parameter && !reader.isFixed(parameter)) {
        const isFound = await this.read(parameter);
        if (!isFound && !reader.hasExample(parameter)) break;
      }
    }
    if (!this.isChained) return undefined;
    const keys = Object.keys(this.rows[0] ?? {});
    return {
      values: Object.fromEntries(keys.map((key) => [key, this.rows.map((row) => row[key])])),
      from: this.from,
      ...(this.hasOwn ? { ownCount: this.rows.length } : {}),
    };
  }

  /** Captured lists run side by side, as they do without a chain. */
  private spread(key: string, values: readonly unknown[], from: string): void {
    const size = Math.min(MOST_ROWS, Math.max(this.rows.length, values.length));
    this.rows = Array.from({ length: size }, (_, at) => ({
      ...this.rows[at % this.rows.length],
      [key]: values[at % values.length],
    }));
    this.from[key] = from;
  }

  private async read(parameter: Parameter): Promise<boolean> {
    const key = `path.${parameter.name}`;
    const made = this.reader.madeFor(this.operation, parameter);
    if (made) {
      this.spread(key, made.ids, made.from);
      this.isChained = true;
      return true;
    }
    const collection = findCollection(this.reader.readable, this.operation, parameter.name);
    if (collection && !this.reader.isSameForAll(collection, this.operation)) return false;
    // What is deleted should be what was made for that.
    const isFound =
      this.operation.method === 'DELETE'
        ? (await this.make(parameter, collection)) || (await this.readFrom(parameter, collection))
        : (await this.readFrom(parameter, collection)) || (await this.make(parameter, collection));
    const standIn = isFound ? undefined : this.reader.standInFor(this.operation);
    if (standIn === undefined) return isFound;
    const rows = this.rows.map((row) => ({ ...row, [key]: standIn }));
    return this.take(key, rows, 'nowhere, so that it is not the user who is signed in');
  }

  private async readFrom(parameter: Parameter, collection: Collection | undefined): Promise<boolean> {
    if (!collection) return false;
    const key = `path.${parameter.name}`;
    const rows: Row[] = [];
    for (const row of this.parentsFor(collection)) {
      const wanted = { parameter, noun: nounOf(this.operation, parameter.name) };
      const ids = await this.reader.idsOf({ consumer: this.operation, wanted, collection, row });
      rows.push(...ids.map((id) => ({ ...row, [key]: id })));
    }
    return this.take(key, rows, nameOf(collection.operation));
  }

  private async make(parameter: Parameter, collection: Collection | undefined): Promise<boolean> {
    const key = `path.${parameter.name}`;
    const made = await this.maker.idsFor(this.operation, parameter, this.rows.slice(0, MOST_PARENTS));
    const [first] = made;
    if (!first) return false;
    this.reader.forget();
    const rows = made.flatMap(({ ids, row }) => ids.map((id) => ({ ...row, [key]: id })));
    if (!this.take(key, rows, first.from)) return this.readFrom(parameter, collection);
    this.hasOwn = this.operation.method === 'DELETE';
    return true;
  }

  private take(key: string, rows: readonly Row[], from: string): boolean {
    if (rows.length === 0) return false;
    this.rows = rows.slice(0, MOST_ROWS);
    this.from[key] = from;
    this.isChained = true;
    return true;
  }

  /** Members belong to their parents, so each parent is asked; a few are enough. */
  private parentsFor({ shared }: Collection): readonly Row[] {
    return shared.size === 0 ? this.rows.slice(0, 1) : this.rows.slice(0, MOST_PARENTS);
  }
}

function nameOf({ method, path }: DescribedOperation): string {
  return `${method} ${path}`;
}
