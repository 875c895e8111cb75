import type { Collection } from '../../openapi/chains/find-collection.js';
import { makesMembersOf, nounOf } from '../../openapi/chains/find-collection.js';
import { idsInAnswer, idsOfMember, isIdFor, type WantedId } from '../../openapi/chains/ids-in-answer.js';
import { narrowAnswer } from '../../openapi/chains/narrow-answer.js';
import { withoutUsers } from '../../openapi/chains/own-member.js';
import type { DescribedOperation, Parameter } from '../../openapi/document/described-operation.js';
import { isUserField } from '../../openapi/security/credential-form.js';
import { matches } from '../../openapi/selection/select-operations.js';
import { ValueMaker } from '../../openapi/values/value-maker.js';
import { GivenValues } from './given-values.js';
import { buildAny } from './build-requests.js';
import type { SetupOptions, SetupOutcome } from './run-setup.js';
import { jsonOf, sendRequest } from './send-request.js';

const LIMIT_MS = 5000;
/** Requests for one start of the target: documents with hundreds of collections must not hold a run up. */
const MOST_READS = 100;

/** The largest integer of 32 bits. */
const NO_ONE = 2_147_483_647;
const CHANGES_MEMBERS = new Set(['PUT', 'PATCH', 'DELETE']);

/** Values of one request that belong together, by key. */
export type Row = Readonly<Record<string, unknown>>;

interface Wanted {
  readonly consumer: DescribedOperation;
  readonly wanted: WantedId;
  readonly collection: Collection;
  /** What is known of the consumer's other placeholders. */
  readonly row: Row;
}

/** Asks collections, each once. */
export class CollectionReader {
  readonly readable: readonly DescribedOperation[];
  readonly given: GivenValues;
  private readonly answers = new Map<string, Promise<unknown>>();
  private reads = 0;
  /** Those for which there is no member but the user that bench is signed in as. */
  private readonly guarded = new Set<DescribedOperation>();
  /** What bench is signed in as. */
  private readonly ownNames: ReadonlySet<unknown>;
  private readonly maker: ValueMaker;

  constructor(
    private readonly options: SetupOptions,
    readonly outcome: SetupOutcome,
  ) {
    const { config, api } = options;
    const unwanted = [...config.selection.exclude, ...config.selection.leftOut];
    this.readable = api.operations.filter((one) => !unwanted.some((selector) => matches(one, selector)));
    this.given = new GivenValues(config, api);
    const signIns = api.operations.map((one) => Object.entries(options.access.valuesFor(one)));
    this.ownNames = new Set(
      signIns.flat().flatMap(([key, name]) => (isUserField(key.replace(/^.*\./, '')) ? [name] : [])),
    );
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
    const wanted = { parameter, noun: nounOf(consumer, parameter.name) };
    const ids = members.flatMap((member) => idsOfMember(document, wanted, member));
    const [first] = members;
    const fitting = [...new Set(ids)].filter((id) => isIdFor(document, parameter, id));
    return first && fitting.length > 0 ? { ids: fitting, from: nameOf(first.operation) } : undefined;
  }

  /** What collections hold has changed. */
  forget(): void {
    this.answers.clear();
  }

  async idsOf({ consumer, wanted, collection, row }: Wanted): Promise<readonly unknown[]> {
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
    const [request] = buildAny(this.options, collection.operation, captured, rules).blueprints;
    if (!request) return [];
    const known = this.answers.get(request.path);
    if (!known && this.reads >= MOST_READS) return [];
    const answer = known ?? this.ask(collection, request);
    this.answers.set(request.path, answer);
    const found = narrowAnswer(await answer, collection.operation.template);
    if (!CHANGES_MEMBERS.has(consumer.method)) return idsInAnswer(this.options.api.document, wanted, found);
    // What changes or deletes a user must not hit the one that bench is signed in as.
    const ids = idsInAnswer(this.options.api.document, wanted, withoutUsers(found, this.ownNames));
    const isOwnAlone = ids.length === 0 && this.ownNames.size > 0;
    const own = isOwnAlone ? idsInAnswer(this.options.api.document, wanted, found) : [];
    if (own.some((id) => /^\d+$/.test(String(id)))) this.guarded.add(consumer);
    return ids;
  }

  /** Where numbers that are made up could hit the user that bench is signed in as: one that no collection reaches. */
  standInFor(consumer: DescribedOperation): number | undefined {
    return this.guarded.has(consumer) ? NO_ONE : undefined;
  }

  /** A collection that does not answer well gives no ids: the pre-flight tells why. */
  private async ask({ operation }: Collection, request: Parameters<typeof sendRequest>[1]): Promise<unknown> {
    const { target, observe, signal, config } = this.options;
    this.reads += 1;
    observe({ kind: 'stage', message: `looking for ids: ${nameOf(operation)}` });
    const answer = await sendRequest(target, request, Math.min(LIMIT_MS, config.timeoutMs), signal);
    return answer.status !== null && answer.status >= 200 && answer.status < 300 ? jsonOf(answer) : undefined;
  }
}

function nameOf({ method, path }: DescribedOperation): string {
  return `${method} ${path}`;
}
