import { writeExactly } from '../../kernel/exact-json.js';
import type { RequestBlueprint } from '../../model/requests/request.js';
import type { CapturedValues } from '../../openapi/chains/captured.js';
import { nounOf } from '../../openapi/chains/find-collection.js';
import { alone, findMaker, type Maker } from '../../openapi/chains/find-maker.js';
import { idsOfMember, isIdFor, type WantedId } from '../../openapi/chains/ids-in-answer.js';
import type { DescribedOperation, Parameter } from '../../openapi/document/described-operation.js';
import { ValueMaker } from '../../openapi/values/value-maker.js';
import type { Row } from './collection-reader.js';
import { buildAny } from './build-requests.js';
import { memberIn, type SetupOptions } from './run-setup.js';
import { sendMended, type Sent } from './send-mended.js';
import { sendRequest } from './send-request.js';

const LIMIT_MS = 5000;
/** Enough to spread what only reads and changes. */
const SHARED_MEMBERS = 5;
/** Requests for one start of the target. */
const MOST_MADE = 1000;
/** A server that refuses so many in a row refuses all. */
const MOST_REFUSALS = 2;

export interface MadeIds {
  readonly ids: readonly unknown[];
  readonly from: string;
}

/** Which members are made at once. */
interface Batch {
  /** What is known of the placeholders above them. */
  readonly row: Row;
  readonly count: number;
  /** The operation that alone gets them, by its id; null = any. */
  readonly owner: string | null;
}

/**
 * Makes what operations need to find, with those operations of the load that make such things. An operation that
 * deletes gets members of its own: so the others still find theirs.
 */
export class MemberMaker {
  private readonly made = new Map<string, Promise<MadeIds | undefined>>();
  private readonly refusing = new Set<DescribedOperation>();
  private readonly counts = new Map<DescribedOperation, number>();
  private readonly values: ValueMaker;

  constructor(
    private readonly options: SetupOptions,
    /** How many members an operation that deletes gets; 0 = nothing is made for any. */
    private readonly ownMembers: number,
    /** Ids for what its bodies name. */
    private readonly bodyValuesFor: (operation: DescribedOperation) => Promise<CapturedValues>,
  ) {
    const { config, api } = options;
    this.values = new ValueMaker(api.document, { seed: config.seed, bodyMode: config.bodyMode });
  }

  /** Ids for a placeholder, beside those that a row holds; empty = made, but the answers hold none. */
  async idsFor(
    consumer: DescribedOperation,
    parameter: Parameter,
    rows: readonly Row[],
  ): Promise<readonly (MadeIds & { readonly row: Row })[]> {
    if (this.ownMembers === 0) return [];
    const maker = findMaker(this.options.api.selected, consumer, parameter.name);
    if (!maker) return [];
    const owner = consumer.method === 'DELETE' ? consumer.id : null;
    const count = Math.ceil((owner === null ? SHARED_MEMBERS : this.ownMembers) / Math.max(1, rows.length));
    const wanted = { parameter, noun: nounOf(consumer, parameter.name) };
    const found: (MadeIds & { row: Row })[] = [];
    for (const row of rows) {
      const ids = await this.madeOnce(maker, wanted, { row, count, owner });
      if (ids) found.push({ ...ids, row });
    }
    return found;
  }

  /** Members that any operation may name. */
  async idsOf(operation: DescribedOperation, wanted: WantedId): Promise<MadeIds | undefined> {
    if (this.ownMembers === 0) return undefined;
    return this.madeOnce(alone(operation), wanted, { row: {}, count: SHARED_MEMBERS, owner: null });
  }

  private madeOnce(maker: Maker, wanted: WantedId, batch: Batch): Promise<MadeIds | undefined> {
    const key = writeExactly([maker.operation.id, batch.owner ?? '', batch.row]);
    const made = this.made.get(key) ?? this.make(maker, wanted, batch);
    this.made.set(key, made);
    return made;
  }

  /** For people: `5 × POST /items, 2 × POST /users`; null when nothing was made. */
  get summary(): string | null {
    const parts = [...this.counts].map(([operation, count]) => `${count} × ${nameOf(operation)}`);
    return parts.length === 0 ? null : parts.join(', ');
  }

  private async make(
    maker: Maker,
    wanted: WantedId,
    { row, count, owner }: Batch,
  ): Promise<MadeIds | undefined> {
    if (this.refusing.has(maker.operation)) return undefined;
    const { document } = this.options.api;
    const { parameter } = wanted;
    const chosen = maker.choosesId
      ? this.idsToChoose(parameter, count, owner === null ? 0 : SHARED_MEMBERS)
      : undefined;
    const parents = { row, body: await this.bodyValuesFor(maker.operation) };
    const ids: unknown[] = [];
    let made = 0;
    let refusals = 0;
    let requests = this.requestsOf(maker, parents, count, chosen);
    for (let at = 0; at < count && this.total < MOST_MADE; at += 1) {
      const before = requests;
      const sent = await sendMended(this.options, maker.operation, {
        request: requests[at] as RequestBlueprint,
        build: () => {
          requests = this.requestsOf(maker, parents, count, chosen);
          return requests[at] as RequestBlueprint;
        },
        send: (request) => this.send(maker.operation, request),
      });
      if (!sent.isGood) requests = before;
      const member = sent.isGood ? memberIn(maker.operation, sent.answer) : undefined;
      refusals = member ? 0 : refusals + 1;
      if (refusals >= MOST_REFUSALS) break;
      if (!member) continue;
      made += 1;
      const found = chosen ? [chosen[at]] : idsOfMember(document, wanted, member).slice(0, 1);
      ids.push(...found.filter((id) => isIdFor(document, parameter, id)));
    }
    if (made === 0) this.refusing.add(maker.operation);
    return made === 0 ? undefined : { ids: [...new Set(ids)], from: nameOf(maker.operation) };
  }

  private idsToChoose(
    { name, schema, examples }: Parameter,
    wanted: number,
    first: number,
  ): readonly unknown[] {
    const request = { schema, examples, key: `path.${name}`, place: 'path' as const };
    return Array.from({ length: wanted }, (_, at) => this.values.make(request, first + at).value);
  }

  private requestsOf(
    { operation, shared, idName }: Maker,
    { row, body }: { readonly row: Row; readonly body: CapturedValues },
    wanted: number,
    chosen: readonly unknown[] | undefined,
  ): readonly RequestBlueprint[] {
    const parents = [...shared].flatMap(([own, name]): [string, unknown[]][] =>
      Object.hasOwn(row, `path.${name}`) ? [[`path.${own}`, [row[`path.${name}`]]]] : [],
    );
    const own: [string, readonly unknown[]][] = chosen && idName !== null ? [[`path.${idName}`, chosen]] : [];
    const { variants } = this.options.config;
    // The first ones are for the load: some servers take no body twice.
    const config = { ...this.options.config, variants: variants + wanted };
    const captured = { values: { ...body.values, ...Object.fromEntries([...parents, ...own]) }, from: {} };
    const { blueprints } = buildAny({ ...this.options, config }, operation, captured);
    const first = chosen ? 0 : Math.max(0, blueprints.length - wanted);
    return Array.from(
      { length: wanted },
      (_, at) => blueprints[(first + at) % blueprints.length] as RequestBlueprint,
    );
  }

  private get total(): number {
    return [...this.counts.values()].reduce((sum, one) => sum + one, 0);
  }

  /** Why it is refused, the pre-flight says. */
  private async send(
    operation: DescribedOperation,
    request: RequestBlueprint,
  ): Promise<Omit<Sent, 'refusal'>> {
    const { target, observe, signal, config } = this.options;
    const count = this.counts.get(operation) ?? 0;
    observe({ kind: 'stage', message: `making test data: ${nameOf(operation)} ${count + 1}` });
    const answer = await sendRequest(target, request, Math.min(LIMIT_MS, config.timeoutMs), signal);
    const isGood = answer.status !== null && answer.status >= 200 && answer.status <= 399;
    if (isGood) this.counts.set(operation, count + 1);
    return { request, answer, isGood };
  }
}

function nameOf({ method, path }: DescribedOperation): string {
  return `${method} ${path}`;
}
