import type { DescribedOperation } from '../document/described-operation.js';
import { isObject } from '../../kernel/is-object.js';
import type { OpenApiDocument } from '../document/open-api-document.js';
import { schemaCheck } from '../values/schema-check.js';
import type { ValueMaker } from '../values/value-maker.js';
import { schemaOfKey } from './known-keys.js';
import { USUAL_DIGITS } from './serial-text.js';

const DEEPEST = 3;
/** Many accounts may have the same password. */
const NEVER_UNIQUE = /passw|secret|token$/i;

/** Fields of a body that could be others in each request, by key: `body.email` → `user{n}@example.com`. */
export function serialRules(
  document: OpenApiDocument,
  operation: DescribedOperation,
  maker: ValueMaker,
): ReadonlyMap<string, string> {
  const { body } = operation;
  if (!body) return new Map();
  const { value } = maker.make({ ...body, key: 'body', place: 'body' }, 0);
  const rules = new Map<string, string>();
  const look = (key: string, here: unknown, depth: number): void => {
    if (isObject(here)) {
      if (depth === DEEPEST) return;
      for (const [name, inner] of Object.entries(here)) look(`${key}.${name}`, inner, depth + 1);
      return;
    }
    const rule = NEVER_UNIQUE.test(key)
      ? undefined
      : serialRule(document, schemaOfKey(document, operation, key), here);
    if (rule !== undefined) rules.set(key, rule);
  };
  if (isObject(value)) look('body', value, 0);
  return rules;
}

/** A text with the place of a serial number, like the value and as valid; undefined = there is none. */
export function serialRule(document: OpenApiDocument, schema: unknown, value: unknown): string | undefined {
  const check = schemaCheck(document, schema);
  const isNumber = typeof value === 'number';
  const rules = isNumber ? numberRules() : typeof value === 'string' ? textRules(value) : [];
  // The first and the last number that a place can hold.
  const ends = [
    (digits: number): string => `1${'0'.repeat(digits - 1)}`,
    (digits: number) => '9'.repeat(digits),
  ];
  const found = rules.find(({ before, digits, after }) =>
    ends.every((end) => {
      const text = before + end(digits) + after;
      return check.fits(isNumber ? Number(text) : text);
    }),
  );
  if (!found) return undefined;
  const { before, digits, after } = found;
  return `${before}{n${digits === USUAL_DIGITS ? '' : `:${digits}`}}${after}`;
}

interface Rule {
  readonly before: string;
  readonly digits: number;
  readonly after: string;
}

/** Databases have integers of 32 bits where documents say nothing of it. */
const NUMBER_DIGITS = [9, 8, 7, 6, 5, 4];
const TEXT_DIGITS = [USUAL_DIGITS, 12, 10, 8, 6];
const LONGEST_STEM = 24;

function numberRules(): readonly Rule[] {
  return NUMBER_DIGITS.map((digits) => ({ before: '', digits, after: '' }));
}

function textRules(value: string): readonly Rule[] {
  const [, ofUuid] = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-)[0-9a-f]{12}$/i.exec(value) ?? [];
  if (ofUuid !== undefined) return [{ before: ofUuid, digits: 12, after: '' }];
  const [, sign, digits] = /^(\D?)(\d{4,15})$/.exec(value) ?? [];
  const alike = digits === undefined ? [] : [{ before: sign ?? '', digits: digits.length, after: '' }];
  const [, user, host] = /^([^@\s]+)(@[^@\s]+)$/.exec(value) ?? [];
  const [stem, after] = user === undefined ? [stemOf(value), ''] : [user, host ?? ''];
  const stems = [...new Set([stem.slice(0, LONGEST_STEM), stem.slice(0, 4), stem.slice(0, 1), ''])];
  const longer = TEXT_DIGITS.flatMap((count) => stems.map((before) => ({ before, digits: count, after })));
  return [...alike, ...longer, ...within(value)];
}

/** What a pattern wants around digits stays: `GN-8565`, `AB123456C`. They are few, so they come last. */
function within(value: string): readonly Rule[] {
  const [, before = '', digits, after = ''] = /^(.*?)(\d{4,15})(\D*)$/.exec(value) ?? [];
  return digits === undefined ? [] : [{ before, digits: digits.length, after }];
}

/** A URL is another one with another path. */
function stemOf(value: string): string {
  return /^[a-z][a-z0-9+.-]*:\/\/[^/]+$/i.test(value) ? `${value}/` : value;
}
