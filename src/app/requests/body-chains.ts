import { bodyIds, type BodyId } from '../../openapi/chains/body-ids.js';
import { capturedFor, type CapturedValues } from '../../openapi/chains/captured.js';
import { collectionNoun, nounOf } from '../../openapi/chains/find-collection.js';
import { placeholderNames } from '../../openapi/document/placeholders.js';
import type { DescribedOperation } from '../../openapi/document/described-operation.js';
import { ValueMaker } from '../../openapi/values/value-maker.js';
import type { CollectionReader } from './collection-reader.js';
import type { MadeIds } from './member-maker.js';
import type { SetupOptions } from './run-setup.js';

/** More ids than this spread a load no better. */
const MOST_IDS = 100;
/** Makes members of a collection with this operation, and gives their ids; undefined when it makes none. */
export type MakeIds = (maker: DescribedOperation, wanted: BodyId) => Promise<MadeIds | undefined>;

/** Finds ids for the fields of bodies that name members of other collections, as for the placeholders of paths. */
export class BodyChains {
  private readonly known = new Map<DescribedOperation, CapturedValues>();
  /** Those whose ids are being found: what they need cannot be made with them. */
  private readonly underway = new Set<DescribedOperation>();
  private readonly values: ValueMaker;
  private readonly readers: ReadonlyMap<string, DescribedOperation>;
  private readonly makers: ReadonlyMap<string, DescribedOperation>;

  constructor(
    private readonly options: SetupOptions,
    private readonly reader: CollectionReader,
    private readonly make: MakeIds,
  ) {
    const { config, api } = options;
    this.values = new ValueMaker(api.document, { seed: config.seed, bodyMode: config.bodyMode });
    this.readers = byNoun(reader.readable, 'GET');
    this.makers = byNoun(api.selected, 'POST');
  }

  /** Also of those that a placeholder of the path names: they are the same as in the path. */
  async valuesFor(operation: DescribedOperation): Promise<CapturedValues> {
    const known = this.known.get(operation);
    if (known) return known;
    this.underway.add(operation);
    const found: [BodyId, MadeIds][] = [];
    for (const wanted of this.openIn(operation)) {
      const made =
        this.inPath(operation, wanted) === undefined ? await this.idsFor(operation, wanted) : undefined;
      if (made && made.ids.length > 0) found.push([wanted, made]);
    }
    this.underway.delete(operation);
    const values = {
      values: Object.fromEntries(found.map(([{ key }, { ids }]) => [key, ids.slice(0, MOST_IDS)])),
      from: Object.fromEntries(found.map(([{ key }, { from }]) => [key, from])),
    };
    this.known.set(operation, values);
    return values;
  }

  /** By key of a field: the placeholder of the path that names the same thing. */
  sameAsInPath(operation: DescribedOperation): readonly (readonly [key: string, name: string])[] {
    return this.openIn(operation).flatMap((wanted) => {
      const name = this.inPath(operation, wanted);
      return name === undefined ? [] : [[wanted.key, name] as const];
    });
  }

  private inPath(operation: DescribedOperation, { noun }: BodyId): string | undefined {
    return placeholderNames(operation.template).find((name) => nounOf(operation, name) === noun);
  }

  /** The fields that nothing gives a value for. */
  private openIn(operation: DescribedOperation): readonly BodyId[] {
    const { body, method } = operation;
    const { api, adjustments } = this.options;
    if (!body || method === 'GET' || api.rules.get(operation)?.body !== undefined) return [];
    const maker = adjustments.of(operation).kinds.includes('full-body')
      ? new ValueMaker(api.document, { ...this.values.options, bodyMode: 'full' })
      : this.values;
    const { value } = maker.make({ ...body, key: 'body', place: 'body' }, 0);
    const captured = capturedFor(operation, this.reader.outcome.pools).values;
    const { given } = this.reader;
    return bodyIds(api.document, operation, value).filter(
      ({ key, parameter }) =>
        !given.has(operation, key) &&
        !given.has(operation, 'body') &&
        !Object.hasOwn(captured, key) &&
        !this.reader.isFixed(parameter),
    );
  }

  private async idsFor(consumer: DescribedOperation, wanted: BodyId): Promise<MadeIds | undefined> {
    const reading = this.readers.get(wanted.noun);
    if (reading) {
      const collection = { operation: reading, shared: new Map<string, string>() };
      const ids = await this.reader.idsOf({ consumer, wanted, collection, row: {} });
      if (ids.length > 0) return { ids, from: `GET ${reading.path}` };
    }
    const maker = this.makers.get(wanted.noun);
    return maker && !this.underway.has(maker) ? this.make(maker, wanted) : undefined;
  }
}

/** By what they hold members of: the shortest path of each, and none that needs an id itself. */
function byNoun(
  operations: readonly DescribedOperation[],
  method: string,
): ReadonlyMap<string, DescribedOperation> {
  const found = new Map<string, DescribedOperation>();
  for (const one of operations) {
    if (one.method !== method || one.template.includes('{')) continue;
    const noun = collectionNoun(one.template);
    const before = found.get(noun);
    if (!before || one.template.length < before.template.length) found.set(noun, one);
  }
  return found;
}
