import { isObject } from '../../kernel/is-object.js';
import type { OpenApiDocument } from '../document/open-api-document.js';
import { schemaAt, type Schema } from '../document/schema-at.js';
import { entriesOf, listOf, textsIn } from './json-type.js';
import { shapeAt, shapeOf } from './read-shape.js';

/** Whether a property is the server's to set: it is left out of requests, also when it is required. */
export function isReadOnly(document: OpenApiDocument, property: unknown, depth = 0): boolean {
  const schema = isObject(property) && depth < DEEPEST_WRAPPER ? schemaAt(document, property) : undefined;
  if (typeof schema?.['readOnly'] === 'boolean') return schema['readOnly'];
  // OpenAPI 3.0 wraps a reference into an allOf to say more beside it.
  return listOf(schema?.['allOf']).some((part) => isReadOnly(document, part, depth + 1));
}

const DEEPEST_WRAPPER = 8;

/** The names of an object's properties that are the server's to set, those of its allOf included. */
export function readOnlyNames(document: OpenApiDocument, schema: Schema): ReadonlySet<string> {
  const shape = shapeOf(document, schema);
  const inParts = [...(shape?.properties ?? [])].filter(([, properties]) =>
    properties.some((property) => isReadOnly(document, property)),
  );
  const own = entriesOf(schema['properties']).filter(([, property]) => isReadOnly(document, property));
  return new Set([...[...inParts, ...own].map(([name]) => name), ...inBranches(document, schema)]);
}

/** What a schema requires and only its branches describe, each as read-only. */
function inBranches(document: OpenApiDocument, schema: Schema): readonly string[] {
  const branches = [...listOf(schema['oneOf']), ...listOf(schema['anyOf'])];
  if (branches.length === 0) return [];
  const described = shapeOf(document, schema)?.properties;
  return textsIn(schema['required']).filter((name) => {
    if (described?.has(name) === true) return false;
    const said = branches.flatMap((branch) => shapeAt(document, branch)?.properties.get(name) ?? []);
    return said.length > 0 && said.every((property) => isReadOnly(document, property));
  });
}

const DEEPEST = 24;

/** A value as a request has it: a given example is often an answer of the server's. */
export function withoutReadOnly(document: OpenApiDocument, raw: unknown, value: unknown, depth = 0): unknown {
  const schema = depth < DEEPEST ? schemaAt(document, raw) : undefined;
  const shape = schema && shapeOf(document, schema);
  if (!schema || !shape) return value;
  if (Array.isArray(value)) {
    const { rest } = shape.tuples[0] ?? { rest: undefined };
    return rest === undefined ? value : value.map((item) => withoutReadOnly(document, rest, item, depth + 1));
  }
  if (!isObject(value)) return value;
  const hidden = readOnlyNames(document, schema);
  const kept = Object.entries(value).filter(([name]) => !hidden.has(name));
  return Object.fromEntries(
    kept.map(([name, inner]) => {
      const property = shape.properties.get(name)?.[0];
      return [name, property === undefined ? inner : withoutReadOnly(document, property, inner, depth + 1)];
    }),
  );
}
