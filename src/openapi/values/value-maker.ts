import { seedFor } from '../../kernel/random.js';
import { isObject } from '../../kernel/is-object.js';
import type { OpenApiDocument } from '../document/open-api-document.js';
import { schemaAt } from '../document/schema-at.js';
import { together } from './array-value.js';
import { givenValues, type GivenValue, type GivenValues } from './given-values.js';
import { canonical, isOfType } from './json-type.js';
import { bringsValue } from './object-value.js';
import { shapeAt } from './read-shape.js';
import { schemaCheck } from './schema-check.js';
import { textValue } from './text-value.js';
import { ANY_SHAPE } from './shape.js';
import { saysNothing } from './types-of-shape.js';
import type { Manner } from './grower.js';
import { ValueGrower } from './value-grower.js';
import type { MadeValue, ValueOptions, ValueRequest } from './value-request.js';
import type { Wish } from './wish.js';

export type { BodyMode, MadeValue, ValueOptions, ValueRequest } from './value-request.js';

/** What is known of a request after it was looked at once. */
interface KnownRequest extends GivenValues {
  readonly request: ValueRequest;
  /** Of the first values, for comparing. */
  readonly texts: readonly string[];
  readonly inTurn: { readonly values: readonly GivenValue[]; readonly isAll: boolean };
  /** By variant: many operations share a parameter. */
  readonly made: Map<number, MadeValue>;
  /** Whether some manner finds a valid value at the first step; undefined = not looked at. */
  isPossible?: boolean;
}

const MOST_REMEMBERED = 100;

interface Grown {
  readonly value: unknown;
  readonly problem: string | null;
}

/** Makes the values of a document's parameters and bodies: the same for the same seed, key and variant. */
export class ValueMaker {
  /** By schema, as operations share schemas: those of all its names and examples. */
  private readonly given = new WeakMap<object, KnownRequest[]>();

  constructor(
    private readonly document: OpenApiDocument,
    readonly options: ValueOptions,
  ) {}

  /** A value that fits the schema. Variants are numbered from 0; each is another value where the schema allows. */
  make(request: ValueRequest, variant: number): MadeValue {
    const given = this.givenFor(request);
    // Bodies are many and large, and each is wanted once.
    if (request.place === 'body') return this.madeFor(request, given, variant);
    const made = given.made.get(variant) ?? this.madeFor(request, given, variant);
    if (variant < MOST_REMEMBERED) given.made.set(variant, made);
    return made;
  }

  private madeFor(request: ValueRequest, given: KnownRequest, variant: number): MadeValue {
    const { inTurn } = given;
    const chosen = inTurn.isAll ? inTurn.values[variant % inTurn.values.length] : inTurn.values[variant];
    if (chosen) return { ...chosen, problem: given.problem };
    const grown = this.growOther(request, given, variant);
    const [fallback] = given.first;
    if (grown.problem !== null && fallback) return { ...fallback, problem: given.problem };
    const problems = [given.problem, grown.problem].filter((problem) => problem !== null);
    const problem = problems.length > 0 ? problems.join('; ') : null;
    const [ownWords] = given.passedOver;
    if (grown.problem !== null && ownWords) return { ...ownWords, problem };
    return { value: grown.value, origin: 'generated', problem };
  }

  /** Whether the document itself gives a value, which is when optional parameters are sent. */
  hasOwnValue({ schema, examples }: Pick<ValueRequest, 'schema' | 'examples'>): boolean {
    const shape = shapeAt(this.document, schema);
    if (examples.length === 0 && (!shape || !bringsValue(shape))) return false;
    return givenValues(this.document, { schema, examples, key: '', place: 'query' }).first.length > 0;
  }

  /** The properties of an object schema by name, those of its allOf included: schemas as in the document. */
  fieldsOf(schema: unknown): ReadonlyMap<string, unknown> {
    const properties = shapeAt(this.document, schema)?.properties ?? ANY_SHAPE.properties;
    return new Map([...properties].map(([name, schemas]) => [name, together(schemas)]));
  }

  /** Looked at once for all variants. */
  private givenFor(request: ValueRequest): KnownRequest {
    const anchor = schemaAt(this.document, request.schema) ?? request.examples;
    const known = this.given.get(anchor) ?? [];
    const before = known.find((one) => isSameRequest(one.request, request));
    if (before) return before;
    const values = givenValues(this.document, request);
    const texts = values.first.map(({ value }) => canonical(value));
    const given = { request, ...values, texts, inTurn: inTurnOf(values, texts), made: new Map() };
    // The latest first, which is asked for again and again; a schema of anything has any number of names.
    this.given.set(anchor, [given, ...known.slice(0, MOST_REMEMBERED - 1)]);
    return given;
  }

  /** One that is none of the given: where it is the nth of them, the nth step was not taken by any other. */
  private growOther(request: ValueRequest, given: KnownRequest, variant: number): Grown {
    const { texts } = given;
    let grown = this.grow(request, given, variant);
    for (let hops = 0; hops < texts.length; hops += 1) {
      const step = texts.indexOf(canonical(grown.value));
      if (step < 0) break;
      grown = this.grow(request, given, step);
    }
    return grown;
  }

  /** Plainly first; when that does not fit, carefully; when nothing does, what can be made, with what is wrong. */
  private grow(request: ValueRequest, given: KnownRequest, step: number): Grown {
    const grown = this.grownInTurn(request, given, step);
    if (step === 0) given.isPossible = grown.problem === null;
    return grown;
  }

  private grownInTurn(request: ValueRequest, given: KnownRequest, step: number): Grown {
    const check = schemaCheck(this.document, request.schema);
    const { key, place } = request;
    const seed = seedFor(this.options.seed, key);
    const wish: Wish = { step, seed, place, name: key.slice(key.lastIndexOf('.') + 1) };
    let best: { readonly value: unknown } | undefined;
    for (const manner of this.manners()) {
      // Being careful takes a thousand times as long, and seldom finds at a later step what there is not at the first.
      if (best && manner.isCareful && step > 0 && !this.isPossible(request, given)) break;
      const value = this.grownIn(manner, request, wish);
      if (value === undefined) continue;
      if (check.fits(value) && !isUseless(value, place)) return { value, problem: null };
      best ??= { value };
    }
    const why = best
      ? (check.problemOf(best.value) ?? 'it is empty')
      : 'its schema contradicts itself, or has no end';
    const isStandIn = place !== 'body' && (place === 'path' || !isObject(best?.value));
    const value =
      isStandIn && isUseless(best?.value, place)
        ? textValue(ANY_SHAPE, { ...wish, step: step + 1 })
        : (best?.value ?? null);
    return { value, problem: `no valid value was found: ${why}` };
  }

  /** Looked at by itself, so that a value does not depend on which of them was made before. */
  private isPossible(request: ValueRequest, given: KnownRequest): boolean {
    return given.isPossible ?? this.grow(request, given, 0).problem === null;
  }

  private grownIn(manner: Manner, { schema, place }: ValueRequest, wish: Wish): unknown {
    const shape = shapeAt(this.document, schema);
    // Of a schema that allows anything: what most servers can read.
    if (shape && saysNothing(shape)) return place === 'body' ? {} : `${wish.step + 1}`;
    return new ValueGrower(this.document, manner).grow(schema, wish);
  }

  private manners(): readonly Manner[] {
    const { bodyMode } = this.options;
    const plain: Manner = { bodyMode, isCareful: false, isLenient: false };
    return [
      plain,
      { ...plain, isCareful: true },
      { bodyMode: 'required', isCareful: true, isLenient: false },
      { bodyMode: 'full', isCareful: true, isLenient: false },
      { bodyMode: 'full', isCareful: false, isLenient: true },
    ];
  }
}

/** Of one schema. */
function isSameRequest(one: ValueRequest, other: ValueRequest): boolean {
  if (one.place !== other.place || one.key !== other.key) return false;
  const { length } = one.examples;
  return length === other.examples.length && one.examples.every((value, at) => value === other.examples[at]);
}

/** The given values, each once; after the last of them others are to be made, unless those are all there are. */
function inTurnOf({ first, choices }: GivenValues, texts: readonly string[]): KnownRequest['inTurn'] {
  const listed = new Set(texts);
  const others = choices.filter(({ value }) => !listed.has(canonical(value)));
  return { values: [...first, ...others], isAll: choices.length > 0 || isConstant(first) };
}

function isConstant(first: readonly GivenValue[]): boolean {
  return first.length === 1 && first[0]?.origin === 'enum';
}

/** What no parameter can be: nothing, or an empty part of a path, which would name another endpoint. */
function isUseless(value: unknown, place: ValueRequest['place']): boolean {
  if (place === 'body') return false;
  return isOfType(value, ['null']) || value === undefined || value === '' || isEmptyList(value);
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) ? value.length === 0 : isObject(value) && Object.keys(value).length === 0;
}
