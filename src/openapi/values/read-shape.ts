import { isObject } from '../../kernel/is-object.js';
import type { OpenApiDocument } from '../document/open-api-document.js';
import { schemaAt, type Schema } from '../document/schema-at.js';
import { branchesOf } from './branches.js';
import { entriesOf, exactNumber, finite, listOf, textsIn, typesIn } from './json-type.js';
import {
  ANY_SHAPE,
  bothShapes,
  COUNT_LIMITS,
  NUMBER_LIMITS,
  type Limit,
  type Rest,
  type Shape,
} from './shape.js';

const LIMITS: readonly Limit[] = [...NUMBER_LIMITS, ...COUNT_LIMITS];

/** Parts of an allOf in parts of an allOf …: deeper ones are left to the check. */
const DEEPEST_PARTS = 40;

const known = new WeakMap<Schema, Shape | null>();

/** What a schema of the document asks for; undefined when nothing can fit it, as far as can be seen here. */
export function shapeAt(document: OpenApiDocument, raw: unknown): Shape | undefined {
  const schema = schemaAt(document, raw);
  return schema ? shapeOf(document, schema) : ANY_SHAPE;
}

export function shapeOf(document: OpenApiDocument, schema: Schema): Shape | undefined {
  const before = known.get(schema);
  if (before !== undefined) return before ?? undefined;
  const shape = withParts(document, schema, new Set([schema]), 0);
  known.set(schema, shape ?? null);
  return shape;
}

/** `seen` counts each part once: many ways through an allOf may lead to it, and some are circles. */
function withParts(
  document: OpenApiDocument,
  schema: Schema,
  seen: Set<Schema>,
  depth: number,
): Shape | undefined {
  let shape = isNothing(document, schema) ? undefined : ownShape(document, schema);
  for (const part of listOf(schema['allOf'])) {
    const inner = schemaAt(document, part);
    if (!inner || seen.has(inner) || depth >= DEEPEST_PARTS) continue;
    seen.add(inner);
    const other = withParts(document, inner, seen, depth + 1);
    shape = shape && other && bothShapes(shape, other);
  }
  return shape;
}

/** `not` anything: also what `false` is read as. */
function isNothing(document: OpenApiDocument, { not }: Schema): boolean {
  const excluded = isSchema(not) ? schemaAt(document, not) : undefined;
  return excluded !== undefined && Object.keys(excluded).length === 0;
}

function ownShape(document: OpenApiDocument, schema: Schema): Shape {
  const { enum: choices, const: constant, default: preset } = schema;
  const types = typesIn(schema['type']);
  const given = Array.isArray(choices) && choices.length > 0 ? (choices as unknown[]) : null;
  return {
    ...ANY_SHAPE,
    types,
    choices: constant === undefined ? given : [constant],
    examples: listOf(schema['examples']).filter((example) => example !== undefined),
    presets: preset === undefined ? [] : [preset],
    limits: limitsOf(schema),
    multiples: [exactNumber(schema['multipleOf'])].filter((unit) => unit !== undefined && unit > 0) as (
      number | bigint
    )[],
    patterns: textsIn([schema['pattern']]),
    format: textsIn([schema['format']])[0],
    encoding: textsIn([schema['contentEncoding']])[0],
    mediaType: textsIn([schema['contentMediaType']])[0],
    required: [...new Set(textsIn(schema['required']))],
    ...ownProperties(schema),
    tuples: ownTuples(schema),
    contains: isSchema(schema['contains']) ? [schema['contains']] : [],
    isUnique: schema['uniqueItems'] === true,
    groups: ownGroups(document, schema),
    bases: schema['discriminator'] === undefined ? [] : [schema],
  };
}

function limitsOf(schema: Schema): Shape['limits'] {
  return Object.fromEntries(
    LIMITS.flatMap((name) => {
      const isCount = COUNT_LIMITS.some((one) => one === name);
      const limit = isCount ? finite(schema[name]) : exactNumber(schema[name]);
      return limit === undefined ? [] : [[name, limit]];
    }),
  );
}

function isSchema(value: unknown): boolean {
  return isObject(value) || typeof value === 'boolean';
}

function ownProperties(
  schema: Schema,
): Pick<Shape, 'properties' | 'byPattern' | 'rests' | 'nameSchemas' | 'companions' | 'conditions'> {
  const properties = entriesOf(schema['properties']);
  const byPattern = entriesOf(schema['patternProperties']);
  const { additionalProperties: others } = schema;
  const rest: Rest = {
    names: new Set(properties.map(([name]) => name)),
    patterns: byPattern.map(([pattern]) => pattern),
    schema: others,
  };
  return {
    properties: new Map(properties.map(([name, property]) => [name, [property]])),
    byPattern,
    rests: isSchema(others) && others !== true ? [rest] : [],
    nameSchemas: isSchema(schema['propertyNames']) ? [schema['propertyNames']] : [],
    companions: entriesOf(schema['dependentRequired']).map(([name, names]) => [name, textsIn(names)]),
    conditions: entriesOf(schema['dependentSchemas']),
  };
}

function ownTuples({ prefixItems, items }: Schema): Shape['tuples'] {
  const first = listOf(prefixItems);
  return first.length > 0 || isSchema(items) ? [{ first, rest: items }] : [];
}

function ownGroups(document: OpenApiDocument, schema: Schema): Shape['groups'] {
  const groups = ['oneOf', 'anyOf'].map((word) => branchesOf(document, schema, word));
  const { if: condition, then, else: otherwise } = schema;
  if (isSchema(condition) && (isSchema(then) || isSchema(otherwise))) {
    groups.push([{ allOf: [condition, then ?? true] }, otherwise ?? true]);
  }
  return groups.filter((group) => group.length > 0);
}
