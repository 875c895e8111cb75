import type { Schema } from '../document/schema-at.js';
import type { JsonType } from './json-type.js';
import { isOfType, sameJson } from './json-type.js';

export const NUMBER_LIMITS = ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'] as const;
export const COUNT_LIMITS = [
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'minContains',
  'maxContains',
  'minProperties',
  'maxProperties',
] as const;

type NumberLimit = (typeof NUMBER_LIMITS)[number];
type CountLimit = (typeof COUNT_LIMITS)[number];

/** The limits that a schema sets in numbers. */
export type Limit = NumberLimit | CountLimit;

/** Properties of other names than these must fit the schema: `additionalProperties` of one part of an allOf. */
export interface Rest {
  readonly names: ReadonlySet<string>;
  readonly patterns: readonly string[];
  readonly schema: unknown;
}

/** Items by position, and all after them, of one part of an allOf. */
export interface Tuple {
  readonly first: readonly unknown[];
  readonly rest: unknown;
}

/** What a schema asks for with all parts of its allOf together. The schemas inside are as in the document. */
export interface Shape {
  /** Null = any. */
  readonly types: readonly JsonType[] | null;
  /** Null = any; `const` is an enum of one. */
  readonly choices: readonly unknown[] | null;
  readonly examples: readonly unknown[];
  readonly presets: readonly unknown[];
  readonly limits: Readonly<Partial<Record<CountLimit, number> & Record<NumberLimit, number | bigint>>>;
  readonly multiples: readonly (number | bigint)[];
  readonly patterns: readonly string[];
  readonly format: string | undefined;
  readonly encoding: string | undefined;
  readonly mediaType: string | undefined;
  readonly properties: ReadonlyMap<string, readonly unknown[]>;
  readonly required: readonly string[];
  readonly byPattern: readonly (readonly [pattern: string, schema: unknown])[];
  readonly rests: readonly Rest[];
  readonly nameSchemas: readonly unknown[];
  /** Name → the names that must come with it. */
  readonly companions: readonly (readonly [name: string, names: readonly string[]])[];
  /** Name → what the object must be when it is there. */
  readonly conditions: readonly (readonly [name: string, schema: unknown])[];
  readonly tuples: readonly Tuple[];
  readonly contains: readonly unknown[];
  readonly isUnique: boolean;
  /** Of each group one branch must fit: oneOf, anyOf, and if with then or else. */
  readonly groups: readonly (readonly unknown[])[];
  /** The schema itself and the parts of its allOf that name a discriminator. */
  readonly bases: readonly Schema[];
}

export const ANY_SHAPE: Shape = {
  types: null,
  choices: null,
  examples: [],
  presets: [],
  limits: {},
  multiples: [],
  patterns: [],
  format: undefined,
  encoding: undefined,
  mediaType: undefined,
  properties: new Map(),
  required: [],
  byPattern: [],
  rests: [],
  nameSchemas: [],
  companions: [],
  conditions: [],
  tuples: [],
  contains: [],
  isUnique: false,
  groups: [],
  bases: [],
};

/** What fits both; undefined when nothing can. Where one alone can count (format, examples) it is the first's. */
export function bothShapes(one: Shape, other: Shape): Shape | undefined {
  const types = bothTypes(one.types, other.types);
  const choices =
    bothChoices(one.choices, other.choices)?.filter((choice) => isOfType(choice, types)) ?? null;
  if (types?.length === 0 || choices?.length === 0) return undefined;
  return {
    types,
    choices,
    examples: [...one.examples, ...other.examples],
    presets: [...one.presets, ...other.presets],
    limits: bothLimits(one.limits, other.limits),
    multiples: [...one.multiples, ...other.multiples],
    patterns: [...new Set([...one.patterns, ...other.patterns])],
    format: one.format ?? other.format,
    encoding: one.encoding ?? other.encoding,
    mediaType: one.mediaType ?? other.mediaType,
    properties: bothProperties(one.properties, other.properties),
    required: [...new Set([...one.required, ...other.required])],
    byPattern: [...one.byPattern, ...other.byPattern],
    rests: [...one.rests, ...other.rests],
    nameSchemas: [...one.nameSchemas, ...other.nameSchemas],
    companions: [...one.companions, ...other.companions],
    conditions: [...one.conditions, ...other.conditions],
    tuples: [...one.tuples, ...other.tuples],
    contains: [...one.contains, ...other.contains],
    isUnique: one.isUnique || other.isUnique,
    groups: [...one.groups, ...other.groups],
    bases: [...one.bases, ...other.bases],
  };
}

type Types = readonly JsonType[] | null;

function bothTypes(one: Types, other: Types): Types {
  if (one === null || other === null) return one ?? other;
  const common = one.flatMap((type): JsonType[] => {
    if (other.includes(type)) return [type];
    if (type === 'number' && other.includes('integer')) return ['integer'];
    return type === 'integer' && other.includes('number') ? ['integer'] : [];
  });
  return [...new Set(common)];
}

function bothChoices(
  one: readonly unknown[] | null,
  other: readonly unknown[] | null,
): readonly unknown[] | null {
  if (one === null || other === null) return one ?? other;
  return one.filter((choice) => other.some((candidate) => sameJson(choice, candidate)));
}

function bothLimits(one: Shape['limits'], other: Shape['limits']): Shape['limits'] {
  const limits: Partial<Record<Limit, number | bigint>> = { ...one };
  for (const [name, limit] of Object.entries(other) as [Limit, number | bigint][]) {
    const before = limits[name];
    const isLower = /^(?:min|exclusiveMin)/.test(name);
    if (before === undefined || (isLower ? limit > before : limit < before)) limits[name] = limit;
  }
  return limits as Shape['limits'];
}

function bothProperties(one: Shape['properties'], other: Shape['properties']): Shape['properties'] {
  if (one.size === 0 || other.size === 0) return one.size === 0 ? other : one;
  const properties = new Map(one);
  for (const [name, schemas] of other) {
    const before = properties.get(name) ?? [];
    // The same place reached twice, as with diamonds of allOf, says nothing new.
    properties.set(name, [...before, ...schemas.filter((schema) => !before.includes(schema))]);
  }
  return properties;
}
