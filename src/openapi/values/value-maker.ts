import type { ValueOrigin } from '../../model/request.js';
import type { Place } from '../document/described-operation.js';
import type { OpenApiDocument } from '../document/load-document.js';
import { resolveRef } from '../document/resolve-ref.js';
import { exampleValue, givenValue, propertiesOf } from './example-value.js';

/** How much of an object body is sent. */
export type BodyMode = 'required' | 'default' | 'full';

/** What a value is wanted for. */
export interface ValueRequest {
  /** `path.item_id`, `body`, `body.name`: values of different keys differ. */
  readonly key: string;
  readonly place: Place | 'body';
  /** As in the document. */
  readonly schema: unknown;
  /** Given beside the schema, before any in it. */
  readonly examples: readonly unknown[];
}

export interface MadeValue {
  readonly value: unknown;
  readonly origin: ValueOrigin;
  /** Why the value may be refused, or why an example was passed over; null = nothing to say. */
  readonly problem: string | null;
}

export interface ValueOptions {
  readonly seed: number;
  readonly bodyMode: BodyMode;
}

/** Makes the values of a document's parameters and bodies: the same for the same seed, key and variant. */
export class ValueMaker {
  constructor(
    private readonly document: OpenApiDocument,
    readonly options: ValueOptions,
  ) {}

  /** A value that fits the schema. Variants are numbered from 0; each is another value where the schema allows. */
  make({ schema, examples: [example], place }: ValueRequest, _variant: number): MadeValue {
    const made =
      example === undefined
        ? exampleValue(this.document, schema)
        : { value: example, origin: 'example' as const };
    // Nothing to go by, or an empty part of a path, which would name another endpoint.
    const isUseless = place !== 'body' && (made.value === null || (place === 'path' && made.value === ''));
    return isUseless ? { value: '1', origin: 'generated', problem: null } : { ...made, problem: null };
  }

  /** Whether the document itself gives a value, which is when optional parameters are sent. */
  hasOwnValue({ schema, examples: [example] }: Pick<ValueRequest, 'schema' | 'examples'>): boolean {
    const given: unknown = example ?? givenValue(resolveRef(this.document, schema) ?? {})?.value;
    return given !== undefined && given !== null && given !== '';
  }

  /** The properties of an object schema by name, those of its allOf included: schemas as in the document. */
  fieldsOf(schema: unknown): ReadonlyMap<string, unknown> {
    return propertiesOf(this.document, schema).properties;
  }
}
