import { isObject } from '../../kernel/is-object.js';
import type { OpenApiDocument } from './open-api-document.js';
import { referenceIn, resolveRef } from './resolve-ref.js';

/**
 * One level of a schema in the words of JSON Schema 2020-12, whichever version of OpenAPI it came from. What
 * lies below is as in the document: read it with `schemaAt` again.
 */
export type Schema = Readonly<Record<string, unknown>>;

/** By the object in the document, so that the same place is always the same schema: circles can be seen. */
const known = new WeakMap<object, Schema>();

const ANYTHING: Schema = {};
const NOTHING: Schema = { not: {} };

/** The schema at a place of the document, its `$ref` followed; undefined when that leads nowhere. */
export function schemaAt(document: OpenApiDocument, raw: unknown): Schema | undefined {
  if (raw === undefined || raw === true) return ANYTHING;
  if (raw === false) return NOTHING;
  if (!isObject(raw)) return undefined;
  const before = known.get(raw);
  if (before) return before;
  const schema = read(document, raw);
  if (schema) known.set(raw, schema);
  return schema;
}

function read(document: OpenApiDocument, raw: Schema): Schema | undefined {
  if (referenceIn(raw) === undefined) return inWordsOf2020(raw);
  const target = resolveRef(document, raw);
  if (!target) return undefined;
  const resolved = schemaAt(document, target) as Schema;
  const beside = neighbours(document, raw, resolved);
  const words = Object.keys(beside);
  if (words.length === 0) return resolved;
  // Only 3.1 lets a `$ref` have validating neighbours; descriptions and defaults are written in all versions.
  return words.every(isAnnotation)
    ? { ...resolved, ...inWordsOf2020(beside) }
    : { ...inWordsOf2020(beside), allOf: [target, ...listOf(beside['allOf'])] };
}

/** Before 3.1 they counted for nothing, and some give a type that is another than that of the schema they refer to. */
function neighbours(document: OpenApiDocument, raw: Schema, resolved: Schema): Schema {
  const isEarlier = document['swagger'] !== undefined || /^3\.0/.test(String(document['openapi']));
  const isTypeKnown = isEarlier && resolved['type'] !== undefined;
  return Object.fromEntries(
    Object.entries(raw).filter(
      ([word]) => word !== '$ref' && word !== '$dynamicRef' && !(isTypeKnown && word === 'type'),
    ),
  );
}

const ANNOTATIONS = new Set([
  'description',
  'title',
  'summary',
  'default',
  'example',
  'examples',
  'deprecated',
  'readOnly',
  'writeOnly',
  'externalDocs',
  'xml',
]);

function isAnnotation(word: string): boolean {
  return ANNOTATIONS.has(word) || word.startsWith('x-');
}

function inWordsOf2020(raw: Schema): Schema {
  const schema: Record<string, unknown> = { ...raw };
  if (schema['type'] === 'file') Object.assign(schema, { type: 'string', format: 'binary' });
  readLimit(schema, 'minimum', 'exclusiveMinimum');
  readLimit(schema, 'maximum', 'exclusiveMaximum');
  readNullable(schema);
  // Draft 4 wrote tuples so.
  if (Array.isArray(schema['items'])) {
    schema['prefixItems'] ??= schema['items'];
    delete schema['items'];
  }
  // Swagger 1 and many hand-written documents mark a property itself as required.
  if (!Array.isArray(schema['required'])) delete schema['required'];
  if (schema['example'] !== undefined) {
    schema['examples'] = [schema['example'], ...listOf(schema['examples'])];
    delete schema['example'];
  }
  return schema;
}

/** OpenAPI 3.0 marks a limit as exclusive with `true`; 3.1 gives the limit itself. */
function readLimit(schema: Record<string, unknown>, limit: string, exclusive: string): void {
  const mark = schema[exclusive];
  if (typeof mark !== 'boolean') return;
  const isMoved = mark && schema[limit] !== undefined;
  Reflect.deleteProperty(schema, exclusive);
  if (!isMoved) return;
  schema[exclusive] = schema[limit];
  Reflect.deleteProperty(schema, limit);
}

function readNullable(schema: Record<string, unknown>): void {
  const isNullable = schema['nullable'] === true || schema['x-nullable'] === true;
  delete schema['nullable'];
  const { type } = schema;
  if (!isNullable || type === undefined) return;
  schema['type'] = [...new Set([...(Array.isArray(type) ? (type as unknown[]) : [type]), 'null'])];
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
