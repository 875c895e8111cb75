import { capturedFor, type CapturedValues } from '../openapi/chains/captured.js';
import { findCollection, makesMembersOf, type Collection } from '../openapi/chains/find-collection.js';
import { idsInAnswer, isIdFor } from '../openapi/chains/ids-in-answer.js';
import { placeholderNames } from '../openapi/document/placeholders.js';
import type { DescribedOperation, Parameter } from '../openapi/document/described-operation.js';
import { matches } from '../openapi/selection/select-operations.js';
import { ValueMaker } from '../openapi/values/value-maker.js';
import { GivenValues } from './given-values.js';
import { prepareOne } from './prepare-api.js';
import type { MadeMember, SetupOptions, SetupOutcome } from './run-setup.js';
import { jsonOf, sendRequest } from './send-request.js';

const LIMIT_MS = 5000;
/** Requests for one start of the target: documents with hundreds of collections must not hold a run up. */
const MOST_READS = 100;
const MOST_PARENTS = 5;
const MOST_ROWS = 1000;

/** Values of one request that belong together, by key. */
type Row = Readonly<Record<string, unknown>>;

/** Finds ids for the placeholders of paths in what the collections above them answer; sends GETs only. */
export async function followChains(
  options: SetupOptions,
  outcome: SetupOutcome,
): Promise<ReadonlyMap<DescribedOperation, CapturedValues>> {
  const chained = new Map<DescribedOperation, CapturedValues>();
  if (options.config.chains === 'off') return chained;
  const reader = new CollectionReader(options, outcome);
  for (const operation of options.api.selected) {
    const found = await new Chain(reader, operation).follow();
    if (found) chained.set(operation, found);
  }
  return chained;
}

/** The rows of values for the placeholders of one operation, from the first to the last. */
class Chain {
  private rows: readonly Row[] = [{}];
  private readonly from: Record<string, string> = {};
  private isChained = false;

  constructor(
    private readonly reader: CollectionReader,
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
    if (!collection || !this.reader.isSameForAll(collection, this.operation)) return false;
    const rows: Row[] = [];
    for (const row of this.parentsFor(collection)) {
      const ids = await this.reader.idsOf({ consumer: this.operation, parameter, collection, row });
      rows.push(...ids.map((id) => ({ ...row, [key]: id })));
    }
    if (rows.length === 0) return false;
    this.rows = rows.slice(0, MOST_ROWS);
    this.from[key] = nameOf(collection.operation);
    this.isChained = true;
    return true;
  }

  /** Members belong to their parents, so each parent is asked; a few are enough. */
  private parentsFor({ shared }: Collection): readonly Row[] {
    return shared.size === 0 ? this.rows.slice(0, 1) : this.rows.slice(0, MOST_PARENTS);
  }
}

interface Wanted {
  readonly consumer: DescribedOperation;
  /** Of the consumer. */
  readonly parameter: Parameter;
  readonly collection: Collection;
  /** What is known of the consumer's other placeholders. */
  readonly row: Row;
}

/** Asks collections, each once. */
class CollectionReader {
  readonly readable: readonly DescribedOperation[];
  readonly given: GivenValues;
  private readonly answers = new Map<string, Promise<unknown>>();
  private readonly maker: ValueMaker;

  constructor(
    private readonly options: SetupOptions,
    readonly outcome: SetupOutcome,
  ) {
    const { config, api } = options;
    const unwanted = [...config.selection.exclude, ...config.selection.leftOut];
    this.readable = api.operations.filter((one) => !unwanted.some((selector) => matches(one, selector)));
    this.given = new GivenValues(config, api);
    this.maker = new ValueMaker(api.document, { seed: config.seed, bodyMode: 'default' });
  }

  /** Whether the document allows few values. An example of an id seldom exists: what the API lists does. */
  isFixed(parameter: Parameter): boolean {
    return this.maker.hasOwnValue(parameter) && !this.hasExample(parameter);
  }

  hasExample({ name, schema, examples }: Parameter): boolean {
    return this.maker.make({ schema, examples, key: `path.${name}`, place: 'path' }, 0).origin === 'example';
  }

  /** Members of a collection whose placeholder has many values belong to one of them, and none could tell to which. */
  isSameForAll({ shared }: Collection, consumer: DescribedOperation): boolean {
    return [...shared.values()].every((name) => !this.given.hasMany(consumer, `path.${name}`));
  }

  /** Ids of what the set-up has made in the collection above a placeholder. */
  madeFor(
    consumer: DescribedOperation,
    parameter: Parameter,
  ): { readonly ids: readonly unknown[]; readonly from: string } | undefined {
    const { document } = this.options.api;
    const members = this.outcome.made.filter(
      ({ operation }) =>
        !operation.template.includes('{') && makesMembersOf(operation, consumer, parameter.name),
    );
    const ids = members.flatMap((member) => this.idsOfMember(member, parameter));
    const [first] = members;
    const fitting = [...new Set(ids)].filter((id) => isIdFor(document, parameter, id));
    return first && fitting.length > 0 ? { ids: fitting, from: nameOf(first.operation) } : undefined;
  }

  async idsOf({ consumer, parameter, collection, row }: Wanted): Promise<readonly unknown[]> {
    const shared = [...collection.shared].map(([own, name]) => [`path.${own}`, `path.${name}`] as const);
    const values = Object.fromEntries(
      shared.flatMap(([own, key]) => (Object.hasOwn(row, key) ? [[own, [row[key]]]] : [])),
    );
    // What the consumer's parents are said to be counts for the collection too, whatever it calls them.
    const rules = Object.fromEntries(
      shared.flatMap(([own, key]) => {
        const one = this.given.onlyOne(consumer, key);
        return one === undefined ? [] : [[own, one]];
      }),
    );
    const captured = { values, from: {} };
    const [request] = prepareOne(this.options, collection.operation, captured, rules).blueprints;
    if (!request) return [];
    const known = this.answers.get(request.path);
    if (!known && this.answers.size >= MOST_READS) return [];
    const answer = known ?? this.ask(collection, request);
    this.answers.set(request.path, answer);
    return idsInAnswer(this.options.api.document, parameter, await answer);
  }

  private idsOfMember({ json, locationId }: MadeMember, parameter: Parameter): readonly unknown[] {
    const ids = idsInAnswer(this.options.api.document, parameter, json);
    return ids.length === 0 && locationId !== null ? [locationId] : ids;
  }

  /** A collection that does not answer well gives no ids: the pre-flight tells why. */
  private async ask({ operation }: Collection, request: Parameters<typeof sendRequest>[1]): Promise<unknown> {
    const { target, observe, signal, config } = this.options;
    observe({ kind: 'stage', message: `looking for ids: ${nameOf(operation)}` });
    const answer = await sendRequest(target, request, Math.min(LIMIT_MS, config.timeoutMs), signal);
    return answer.status !== null && answer.status >= 200 && answer.status < 300 ? jsonOf(answer) : undefined;
  }
}

function nameOf({ method, path }: DescribedOperation): string {
  return `${method} ${path}`;
}
