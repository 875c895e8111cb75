import type { ValueOrigin } from '../model/request.js';
import { isObject, type OpenApiDocument } from './load-document.js';
import { resolveRef } from './resolve-ref.js';

export interface MadeValue {
  readonly value: unknown;
  readonly origin: ValueOrigin;
}

const DEEPEST = 12;

/** A value for a schema: example, default, enum or const where it has one, else the simplest that fits. */
export function exampleValue(document: OpenApiDocument, schema: unknown, depth = 0): MadeValue {
  const resolved = resolveRef(document, schema);
  if (!resolved || depth > DEEPEST) return { value: null, origin: 'generated' };
  return givenValue(resolved) ?? { value: generate(document, resolved, depth), origin: 'generated' };
}

function givenValue(schema: Record<string, unknown>): MadeValue | undefined {
  const { example, examples, default: preset, const: constant, enum: choices } = schema;
  if (example !== undefined) return { value: example, origin: 'example' };
  if (Array.isArray(examples) && examples.length > 0) return { value: examples[0], origin: 'example' };
  if (preset !== undefined) return { value: preset, origin: 'default' };
  if (constant !== undefined) return { value: constant, origin: 'enum' };
  if (Array.isArray(choices) && choices.length > 0) return { value: choices[0], origin: 'enum' };
  return undefined;
}

function generate(document: OpenApiDocument, schema: Record<string, unknown>, depth: number): unknown {
  const variants = firstList(schema['allOf'], schema['oneOf'], schema['anyOf']);
  if (variants) return combine(document, schema, variants, depth);
  switch (typeOf(schema)) {
    case 'object':
      return objectValue(document, schema, depth);
    case 'array':
      return arrayValue(document, schema, depth);
    case 'integer':
      return numberValue(schema, 1);
    case 'number':
      return numberValue(schema, 0);
    case 'boolean':
      return true;
    case 'string':
      return stringValue(schema);
    default:
      return null;
  }
}

function typeOf(schema: Record<string, unknown>): unknown {
  const { type } = schema;
  if (Array.isArray(type)) return type.find((name) => name !== 'null');
  if (type !== undefined) return type;
  return isObject(schema['properties']) ? 'object' : undefined;
}

function firstList(...candidates: unknown[]): unknown[] | undefined {
  return candidates.find(
    (candidate): candidate is unknown[] => Array.isArray(candidate) && candidate.length > 0,
  );
}

/** All parts of an allOf together; of oneOf and anyOf the first that is not null. */
function combine(
  document: OpenApiDocument,
  schema: Record<string, unknown>,
  variants: readonly unknown[],
  depth: number,
): unknown {
  if (schema['allOf'] !== variants) {
    const useful = variants.find((variant) => resolveRef(document, variant)?.['type'] !== 'null');
    return exampleValue(document, useful ?? variants[0], depth + 1).value;
  }
  const values = variants.map((variant) => exampleValue(document, variant, depth + 1).value);
  if (!values.every(isObject)) return values[0];
  return Object.assign({}, ...values, objectValue(document, schema, depth)) as unknown;
}

/** Required properties, and those that bring a value of their own. */
function objectValue(
  document: OpenApiDocument,
  schema: Record<string, unknown>,
  depth: number,
): Record<string, unknown> {
  const properties = isObject(schema['properties']) ? schema['properties'] : {};
  const required = Array.isArray(schema['required']) ? schema['required'] : [];
  const entries = Object.entries(properties).flatMap(([name, property]): [string, unknown][] => {
    const made = exampleValue(document, property, depth + 1);
    const isWanted = required.includes(name) || made.origin !== 'generated';
    return isWanted ? [[name, made.value]] : [];
  });
  return Object.fromEntries(entries);
}

function arrayValue(document: OpenApiDocument, schema: Record<string, unknown>, depth: number): unknown[] {
  const length = Math.min(16, Math.max(1, asNumber(schema['minItems']) ?? 1));
  const { value } = exampleValue(document, schema['items'] ?? {}, depth + 1);
  return Array.from({ length }, () => value);
}

function numberValue(schema: Record<string, unknown>, step: 0 | 1): number {
  const from = asNumber(schema['minimum']) ?? above(asNumber(schema['exclusiveMinimum']), step);
  const to = asNumber(schema['maximum']) ?? below(asNumber(schema['exclusiveMaximum']), step);
  const value = from ?? Math.min(1, to ?? 1);
  return step === 1 ? Math.ceil(value) : value;
}

function above(limit: number | undefined, step: 0 | 1): number | undefined {
  return limit === undefined ? undefined : limit + (step || Math.max(Math.abs(limit), 1) * 1e-3);
}

function below(limit: number | undefined, step: 0 | 1): number | undefined {
  return limit === undefined ? undefined : limit - (step || Math.max(Math.abs(limit), 1) * 1e-3);
}

const BY_FORMAT: Readonly<Record<string, string>> = {
  date: '2024-01-15',
  'date-time': '2024-01-15T12:00:00Z',
  time: '12:00:00Z',
  uuid: '3f2b8c1e-9d4a-4c6f-8e7b-1a2b3c4d5e6f',
  email: 'someone@example.com',
  uri: 'https://example.com/',
  url: 'https://example.com/',
  hostname: 'example.com',
  ipv4: '192.0.2.1',
  ipv6: '2001:db8::1',
};

function stringValue(schema: Record<string, unknown>): string {
  const format = schema['format'];
  const known = typeof format === 'string' ? BY_FORMAT[format] : undefined;
  if (known !== undefined) return known;
  // Never empty: many servers take an empty string for a missing one.
  const least = asNumber(schema['minLength']) ?? 1;
  const most = asNumber(schema['maxLength']) ?? Math.max(6, least);
  return 'string'.padEnd(least, 'x').slice(0, Math.max(1, most));
}

function asNumber(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}
