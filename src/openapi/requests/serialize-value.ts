import { writeExactly } from '../../kernel/exact-json.js';
import type { Serialization, Style } from '../document/described-operation.js';
import { isObject } from '../../kernel/is-object.js';

/** How a piece of text is encoded in the place where it goes. */
type Encode = (text: string) => string;

/** What is written between the parts of a list or an object that is not exploded. */
const SEPARATORS: Readonly<Record<Style, string>> = {
  simple: ',',
  label: ',',
  matrix: ',',
  form: ',',
  spaceDelimited: '%20',
  pipeDelimited: '%7C',
  tabDelimited: '%09',
  deepObject: ',',
};

/** The same where nothing is percent-encoded. */
const PLAIN_SEPARATORS: typeof SEPARATORS = {
  ...SEPARATORS,
  spaceDelimited: ' ',
  pipeDelimited: '|',
  tabDelimited: '\t',
};

/** A value within one part of a path or in a header: styles simple, label and matrix. */
export function serializeInline(
  name: string,
  value: unknown,
  { style, explode }: Pick<Serialization, 'style' | 'explode'>,
  encode: Encode,
): string {
  if (style === 'matrix') return matrix(encode(name), value, explode, encode);
  const parts = partsOf(value, explode, encode);
  return style === 'label' ? `.${parts.join(explode ? '.' : ',')}` : parts.join(',');
}

function matrix(name: string, value: unknown, explode: boolean, encode: Encode): string {
  const isExploded = explode && isCompound(value);
  const parts = partsOf(value, explode, encode);
  if (isExploded && parts.length > 0) {
    return parts.map((part) => (Array.isArray(value) ? `;${name}=${part}` : `;${part}`)).join('');
  }
  const text = parts.join(',');
  return text === '' ? `;${name}` : `;${name}=${text}`;
}

/** A list's elements; an object's `name=value` or `name`, `value`; else the value alone. */
function partsOf(value: unknown, explode: boolean, encode: Encode): string[] {
  if (Array.isArray(value)) return value.map((one) => encode(asText(one)));
  if (!isObject(value)) return [encode(asText(value))];
  const entries = entriesOf(value).map(([name, inner]) => [encode(name), encode(asText(inner))] as const);
  return entries.flatMap(([name, inner]) => (explode ? [`${name}=${inner}`] : [name, inner]));
}

/** As `serializePairs`, with name and value apart and nothing encoded: for multipart bodies. */
export function plainPairs(
  name: string,
  value: unknown,
  terms: Pick<Serialization, 'style' | 'explode'>,
): (readonly [name: string, text: string])[] {
  const { style, explode } = terms;
  if (style !== 'deepObject' && isCompound(value) && !explode) {
    const parts = partsOf(value, false, asItIs);
    return parts.length === 0 ? [] : [[name, parts.join(PLAIN_SEPARATORS[style])]];
  }
  return serializePairs(name, value, terms, asItIs).map((pair) => {
    const at = pair.startsWith(`${name}=`) ? name.length : pair.indexOf('=');
    return [pair.slice(0, at).replaceAll('%5B', '[').replaceAll('%5D', ']'), pair.slice(at + 1)];
  });
}

function asItIs(text: string): string {
  return text;
}

/**
 * The encoded `name=value` pairs of a query, a form or a cookie: styles form, deepObject and those with
 * separators. None for an empty list or object.
 */
export function serializePairs(
  name: string,
  value: unknown,
  { style, explode }: Pick<Serialization, 'style' | 'explode'>,
  encode: Encode,
): string[] {
  if (style === 'deepObject') return deepPairs(encode(name), value, encode);
  if (!isCompound(value)) return [`${encode(name)}=${encode(asText(value))}`];
  if (explode) {
    return Array.isArray(value)
      ? value.map((one) => `${encode(name)}=${encode(asText(one))}`)
      : partsOf(value, true, encode);
  }
  const parts = partsOf(value, false, encode);
  return parts.length === 0 ? [] : [`${encode(name)}=${parts.join(SEPARATORS[style])}`];
}

/** `a[b][c]=d`, lists by number; the brackets encoded, which strict servers insist on. */
function deepPairs(name: string, value: unknown, encode: Encode): string[] {
  if (!isCompound(value)) return [`${name}=${encode(asText(value))}`];
  const entries: [string, unknown][] = Array.isArray(value)
    ? value.map((one, at) => [String(at), one])
    : entriesOf(value);
  return entries.flatMap(([key, inner]) => deepPairs(`${name}%5B${encode(key)}%5D`, inner, encode));
}

function entriesOf(value: Readonly<Record<string, unknown>>): [string, unknown][] {
  return Object.entries(value).filter(([, inner]) => inner !== undefined);
}

function isCompound(value: unknown): value is unknown[] | Record<string, unknown> {
  return Array.isArray(value) || isObject(value);
}

/** A value as text: what has parts, as JSON. */
export function asText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return writeExactly(value);
}
