/*
 * Whether long integers go out digit by digit: ajv, which knows doubles alone, cannot see it.
 */
import { follow, isRecord, listOf } from './document.js';

/** @typedef {import('./document.js').Node} Node */

const DEEPEST = 12;

/**
 * Why the digits of a value are wrong; null when nothing is. Of each value as it was sent: texts of digits, numbers
 * and bigints are all read as what they say.
 * @param {Node} document @param {unknown} schema @param {unknown} value @param {readonly unknown[]} [examples] beside the schema @returns {string | null}
 */
export function wrongDigits(document, schema, value, examples = []) {
  const said = new Set();
  for (const example of examples) collectLong(example, said);
  collectSaid(document, schema, said, new Set());
  return rounded(value, said) ?? outOfBounds(document, schema, value, 0);
}

/** An integer that a document says, but for its last digits. @param {unknown} value @param {ReadonlySet<unknown>} said @returns {string | null} */
function rounded(value, said) {
  if (Array.isArray(value) || isRecord(value)) {
    for (const part of Object.values(value)) {
      const reason = rounded(part, said);
      if (reason !== null) return reason;
    }
    return null;
  }
  const sent = integerOf(value);
  if (sent === undefined || said.has(sent)) return null;
  const integers = [...said].filter((one) => typeof one === 'bigint');
  const meant = integers.find((one) => Number(one) === Number(sent));
  return meant === undefined ? null : `${String(sent)} is ${meant} with other digits`;
}

/** @param {Node} document @param {unknown} schema @param {Set<unknown>} said @param {Set<unknown>} seen */
function collectSaid(document, schema, said, seen) {
  const node = follow(document, schema);
  if (!node || seen.has(node)) return;
  seen.add(node);
  for (const word of ['example', 'examples', 'default', 'enum', 'const']) collectLong(node[word], said);
  const inside = ['properties', 'patternProperties'].flatMap((word) =>
    isRecord(node[word]) ? Object.values(node[word]) : [],
  );
  const parts = ['allOf', 'anyOf', 'oneOf', 'prefixItems'].flatMap((word) => listOf(node[word]));
  for (const part of [...inside, ...parts, node['items'], node['additionalProperties']])
    collectSaid(document, part, said, seen);
}

/** @param {unknown} value @param {Set<unknown>} into */
function collectLong(value, into) {
  if (typeof value === 'bigint') into.add(value);
  else if (typeof value === 'object' && value !== null)
    for (const part of Object.values(value)) collectLong(part, into);
}

/** @param {Node} document @param {unknown} schema @param {unknown} value @param {number} depth @returns {string | null} */
function outOfBounds(document, schema, value, depth) {
  const node = depth > DEEPEST ? undefined : follow(document, schema);
  if (!node) return null;
  /** @type {[unknown, unknown][]} */
  const parts = listOf(node['allOf']).map((part) => [part, value]);
  const properties = isRecord(node['properties']) ? node['properties'] : {};
  if (Array.isArray(value))
    parts.push(...value.map((item) => /** @type {[unknown, unknown]} */ ([node['items'], item])));
  else if (isRecord(value)) {
    for (const [name, inner] of Object.entries(value))
      if (Object.hasOwn(properties, name)) parts.push([properties[name], inner]);
  } else {
    const reason = beyond(node, integerOf(value));
    if (reason !== null) return reason;
  }
  for (const [part, inner] of parts) {
    const reason = outOfBounds(document, part, inner, depth + 1);
    if (reason !== null) return reason;
  }
  return null;
}

/** @param {Node} node @param {bigint | undefined} sent */
function beyond(node, sent) {
  if (sent === undefined) return null;
  const { minimum: least, maximum: most, exclusiveMinimum: above, exclusiveMaximum: below } = node;
  const isOut =
    (typeof least === 'bigint' && (above === true ? sent <= least : sent < least)) ||
    (typeof most === 'bigint' && (below === true ? sent >= most : sent > most)) ||
    (typeof above === 'bigint' && sent <= above) ||
    (typeof below === 'bigint' && sent >= below);
  return isOut ? `${String(sent)} is beyond its bounds` : null;
}

/** An integer as it was sent; undefined when it is none. @param {unknown} value @returns {bigint | undefined} */
function integerOf(value) {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value) : undefined;
  return typeof value === 'string' && /^-?\d{1,60}$/.test(value) ? BigInt(value) : undefined;
}
