import { isObject } from '../document/load-document.js';

/** The simplest value that fits a schema without parts; null when its type is not known. */
export function plainValue(schema: Record<string, unknown>): unknown {
  switch (typeOf(schema)) {
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

/** The type of a schema; of several the first that is not null. */
export function typeOf(schema: Record<string, unknown>): unknown {
  const { type } = schema;
  if (Array.isArray(type)) return type.find((name) => name !== 'null');
  if (type !== undefined) return type;
  return isObject(schema['properties']) ? 'object' : undefined;
}

function numberValue(schema: Record<string, unknown>, step: 0 | 1): number {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = schema;
  // OpenAPI 3.0 marks a limit as exclusive with `true`, 3.1 gives the limit itself.
  const from =
    exclusiveMinimum === true
      ? above(asNumber(minimum), step)
      : (asNumber(minimum) ?? above(asNumber(exclusiveMinimum), step));
  const to =
    exclusiveMaximum === true
      ? below(asNumber(maximum), step)
      : (asNumber(maximum) ?? below(asNumber(exclusiveMaximum), step));
  const value = from ?? Math.min(1, to ?? 1);
  const unit = asNumber(multipleOf) ?? step;
  return unit > 0 ? Math.ceil(value / unit) * unit : value;
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
  if (typeof format === 'string' && Object.hasOwn(BY_FORMAT, format)) return BY_FORMAT[format] as string;
  // Never empty: many servers take an empty string for a missing one.
  const least = asNumber(schema['minLength']) ?? 1;
  const most = asNumber(schema['maxLength']) ?? Math.max(6, least);
  return 'string'.padEnd(least, 'x').slice(0, Math.max(1, most));
}

function asNumber(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}
