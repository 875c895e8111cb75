import { isObject } from '../../kernel/is-object.js';
import type { OpenApiDocument } from '../document/open-api-document.js';
import { schemaAt, type Schema } from '../document/schema-at.js';

/** What can stand directly inside a value of a schema. */
export interface Fields {
  /** By name, as in the document. */
  readonly properties: ReadonlyMap<string, unknown>;
  /** Of a list; undefined = not a list. */
  readonly items: unknown;
  /** Names without which it is not valid. */
  readonly required: ReadonlySet<string>;
  /** Whether other names are as good. */
  readonly isOpen: boolean;
}

const MOST_PARTS = 500;

/** The fields of a schema, those of all its allOf, anyOf and oneOf included. */
export function fieldsAt(document: OpenApiDocument, raw: unknown): Fields {
  const properties = new Map<string, unknown>();
  const required = new Set<string>();
  let items: unknown;
  let isOpen = false;
  for (const schema of partsOf(document, raw)) {
    if (isObject(schema['properties'])) {
      for (const [name, property] of Object.entries(schema['properties'])) properties.set(name, property);
    }
    items ??= schema['items'] ?? (typeIncludes(schema, 'array') ? true : undefined);
    const { additionalProperties: others, required: names } = schema;
    if (Array.isArray(names)) for (const name of names) required.add(String(name));
    isOpen ||= others === true || isObject(others) || isObject(schema['patternProperties']);
  }
  return { properties, items, required, isOpen: isOpen || (properties.size === 0 && items === undefined) };
}

/** A schema and all that it is made of, each once. */
function partsOf(document: OpenApiDocument, raw: unknown): readonly Schema[] {
  const seen = new Set<Schema>();
  const waiting = [raw];
  while (waiting.length > 0 && seen.size < MOST_PARTS) {
    const schema = schemaAt(document, waiting.shift());
    if (schema === undefined || seen.has(schema)) continue;
    seen.add(schema);
    for (const word of ['allOf', 'anyOf', 'oneOf']) {
      const parts: unknown = schema[word];
      if (Array.isArray(parts)) waiting.push(...(parts.slice(0, MOST_PARTS) as unknown[]));
    }
  }
  return [...seen];
}

/** Whether a schema, or the first alternative that is not null, allows a type. */
export function typeIncludes({ type }: Schema, wanted: string): boolean {
  return type === wanted || (Array.isArray(type) && type.includes(wanted));
}

/** The schema that a value is most likely of: behind wrappers the first part that is not null. */
export function likelySchema(document: OpenApiDocument, raw: unknown): Schema {
  const useful = partsOf(document, raw).find(
    (schema) => schema['type'] !== undefined && schema['type'] !== 'null',
  );
  return useful ?? schemaAt(document, raw) ?? {};
}
