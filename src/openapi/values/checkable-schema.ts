import { isObject } from '../../kernel/is-object.js';
import type { OpenApiDocument } from '../document/open-api-document.js';
import { schemaAt, type Schema } from '../document/schema-at.js';
import { entriesOf, finite, listOf, textsIn, typesIn } from './json-type.js';
import { patternEngine } from './pattern-engine.js';
import { readOnlyNames } from './read-only.js';
import { COUNT_LIMITS, NUMBER_LIMITS } from './shape.js';

/** Names for schemas of the document. */
export interface SchemaNames {
  /** For `$ref`: compiled together with the schema that refers to it. */
  forReference(schema: Schema): string;
  /** For the keyword below: compiled when a value first reaches it. */
  forLater(schema: Schema): string;
}

/** The schema of this name is to fit; the name is the keyword's value. */
export const LATER_KEYWORD = 'fitsLater';

/** Deeper schemas get a name of their own, so that circles of objects end. */
const DEEPEST_INLINE = 4;

/**
 * A schema of the document as ajv can compile it: only words of JSON Schema 2020-12 whose values make sense, and
 * `$ref` only to named schemas. What is read-only is not required. Of a large schema only the top is written:
 * most values reach little of it, and compiling takes milliseconds.
 */
export function checkableSchema(
  document: OpenApiDocument,
  schema: Schema,
  names: SchemaNames,
): Record<string, unknown> {
  return new Writer(document, names).write(schema, new Set(), 0);
}

type Words = [string, unknown][];

class Writer {
  constructor(
    private readonly document: OpenApiDocument,
    private readonly names: SchemaNames,
  ) {}

  write(schema: Schema, hiddenAround: ReadonlySet<string>, depth: number): Record<string, unknown> {
    const hidden = new Set([...hiddenAround, ...readOnlyNames(this.document, schema)]);
    const inner = (raw: unknown): unknown => this.below(raw, depth + 1);
    const part = (raw: unknown): unknown => this.part(raw, hidden, depth + 1);
    return Object.fromEntries([
      ...plainWords(schema, hidden),
      ...INNER_SCHEMAS.flatMap((word) => one(schema, word, inner)),
      ...PART_SCHEMAS.flatMap((word) => one(schema, word, part)),
      ...many(schema, 'prefixItems', inner),
      ...many(schema, 'allOf', part),
      ...branches(schema, part),
      ...table(schema, 'properties', inner),
      ...table(schema, 'dependentSchemas', part),
      ...table(schema, 'patternProperties', inner, (pattern) => patternEngine(pattern) !== null),
    ]);
  }

  /** What a part of the value must fit. */
  private below(raw: unknown, depth: number): unknown {
    const schema = schemaAt(this.document, raw);
    if (!schema) return true; // A reference that leads nowhere asks for nothing.
    const isLater = isReference(raw) || depth >= DEEPEST_INLINE;
    return isLater ? { [LATER_KEYWORD]: this.names.forLater(schema) } : this.write(schema, new Set(), depth);
  }

  /** What the same value must fit: by reference, since `unevaluatedProperties` looks through those alone. */
  private part(raw: unknown, hidden: ReadonlySet<string>, depth: number): unknown {
    const schema = schemaAt(this.document, raw);
    if (!schema) return true;
    const isNamed = isReference(raw) || depth >= DEEPEST_INLINE;
    return isNamed ? { $ref: this.names.forReference(schema) } : this.write(schema, hidden, depth);
  }
}

function isReference(raw: unknown): boolean {
  return isObject(raw) && typeof raw['$ref'] === 'string';
}

const INNER_SCHEMAS = [
  'items',
  'contains',
  'additionalProperties',
  'propertyNames',
  'unevaluatedItems',
  'unevaluatedProperties',
];
const PART_SCHEMAS = ['not', 'if', 'then', 'else'];

function plainWords(schema: Schema, hidden: ReadonlySet<string>): Words {
  const { enum: choices, const: constant, pattern, format, multipleOf } = schema;
  const required = [...new Set(textsIn(schema['required']))].filter((name) => !hidden.has(name));
  const types = typesIn(schema['type']);
  const unit = finite(inDoubles(multipleOf));
  const companions = entriesOf(schema['dependentRequired']).map(([name, names]) => [name, textsIn(names)]);
  const words: Words = [
    ['type', types],
    ['enum', listOf(choices).length > 0 ? inDoubles(choices) : null],
    ['multipleOf', unit !== undefined && unit > 0 ? unit : null],
    ['pattern', typeof pattern === 'string' && patternEngine(pattern) ? pattern : null],
    ['format', typeof format === 'string' ? format : null],
    ['required', required.length > 0 ? required : null],
    ['uniqueItems', schema['uniqueItems'] === true ? true : null],
    ['dependentRequired', companions.length > 0 ? Object.fromEntries(companions) : null],
    ...NUMBER_LIMITS.map((word): Words[number] => [word, finite(inDoubles(schema[word])) ?? null]),
    ...COUNT_LIMITS.map((word): Words[number] => [word, isCount(schema[word]) ? schema[word] : null]),
  ];
  const said = words.filter(([, value]) => value !== null);
  // A constant may be null itself.
  return constant === undefined ? said : [...said, ['const', inDoubles(constant)]];
}

/** ajv knows doubles alone. */
export function inDoubles(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value);
  if (Array.isArray(value)) return value.map(inDoubles);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, inDoubles(inner)]));
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

type Translate = (raw: unknown) => unknown;

function one(schema: Schema, word: string, translate: Translate): Words {
  const value = schema[word];
  return isObject(value) || typeof value === 'boolean' ? [[word, translate(value)]] : [];
}

function many(schema: Schema, word: string, translate: Translate): Words {
  const schemas = listOf(schema[word]);
  return schemas.length > 0 ? [[word, schemas.map(translate)]] : [];
}

/** Where a discriminator tells which branch is meant, that others fit too does not matter. */
function branches(schema: Schema, translate: Translate): Words {
  const anyOf = many(schema, 'anyOf', translate);
  if (schema['discriminator'] === undefined) return [...anyOf, ...many(schema, 'oneOf', translate)];
  const oneOf = many(schema, 'oneOf', translate).map(([, list]): Words[number] => ['anyOf', list]);
  return anyOf.length > 0 ? anyOf : oneOf;
}

function table(
  schema: Schema,
  word: string,
  translate: Translate,
  isWanted: (key: string) => boolean = () => true,
): Words {
  const entries = entriesOf(schema[word]).filter(([key]) => isWanted(key));
  if (entries.length === 0) return [];
  return [[word, Object.fromEntries(entries.map(([key, value]) => [key, translate(value)]))]];
}
