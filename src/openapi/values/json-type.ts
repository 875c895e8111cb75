import { isObject } from '../../kernel/is-object.js';

const JSON_TYPES = ['object', 'array', 'string', 'integer', 'number', 'boolean', 'null'] as const;
export type JsonType = (typeof JSON_TYPES)[number];

function isJsonType(name: unknown): name is JsonType {
  return JSON_TYPES.some((type) => type === name);
}

/** Whether a value is of one of the types; every value is when none are said. */
export function isOfType(value: unknown, types: readonly JsonType[] | null): boolean {
  return types === null || types.some((type) => typeTests[type](value));
}

const typeTests: Readonly<Record<JsonType, (value: unknown) => boolean>> = {
  object: isObject,
  array: (value) => Array.isArray(value),
  string: (value) => typeof value === 'string',
  integer: (value) => typeof value === 'bigint' || Number.isInteger(value),
  number: (value) => typeof value === 'bigint' || typeof value === 'number',
  boolean: (value) => typeof value === 'boolean',
  null: (value) => value === null,
};

/** The types of a schema's `type`; null when it says none that JSON has. */
export function typesIn(type: unknown): readonly JsonType[] | null {
  const types = (Array.isArray(type) ? type : [type]).filter(isJsonType);
  return types.length > 0 ? types : null;
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function entriesOf(value: unknown): readonly [string, unknown][] {
  return isObject(value) ? Object.entries(value) : [];
}

export function textsIn(value: unknown): readonly string[] {
  return listOf(value).filter((one) => typeof one === 'string');
}

export function finite(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** A number as the document has it: bigints are the integers that a double cannot hold. */
export function exactNumber(value: unknown): number | bigint | undefined {
  return typeof value === 'bigint' ? value : finite(value);
}

/** Whether a number is so many of the unit; without the dirt of binary fractions: 0.3 is three of 0.1. */
export function isMultiple(value: number | bigint, unit: number | bigint): boolean {
  if (typeof value === 'bigint' || typeof unit === 'bigint') {
    if (!isWhole(value) || !isWhole(unit)) return Number.isInteger(Number(value) / Number(unit));
    return BigInt(value) % BigInt(unit) === 0n;
  }
  const count = value / unit;
  if (Number.isInteger(value) && Number.isInteger(unit)) return Number.isInteger(count);
  return Math.abs(count - Math.round(count)) <= 1e-9;
}

function isWhole(value: number | bigint): boolean {
  return typeof value === 'bigint' || Number.isInteger(value);
}

/** The same JSON, whatever the order of its keys. */
export function sameJson(left: unknown, right: unknown): boolean {
  return left === right || (hasParts(left) && hasParts(right) && canonical(left) === canonical(right));
}

function hasParts(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

/** Text that is equal for equal values. */
export function canonical(value: unknown): string {
  if (!hasParts(value)) return typeof value === 'bigint' ? String(value) : JSON.stringify(value);
  return JSON.stringify(value, (_, part: unknown) => {
    if (typeof part === 'bigint') return `integer ${part}`;
    return isObject(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part;
  });
}
