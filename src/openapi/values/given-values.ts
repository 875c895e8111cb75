import { numberIn } from '../../kernel/exact-json.js';
import type { ValueOrigin } from '../../model/requests/request.js';
import { isObject } from '../../kernel/is-object.js';
import type { OpenApiDocument } from '../document/open-api-document.js';
import { canonical, isOfType, listOf } from './json-type.js';
import { withoutReadOnly } from './read-only.js';
import { shapeAt } from './read-shape.js';
import { schemaCheck, type SchemaCheck } from './schema-check.js';
import { ANY_SHAPE, type Shape } from './shape.js';
import { typesOf } from './types-of-shape.js';
import type { ValueRequest } from './value-request.js';

export interface GivenValue {
  readonly value: unknown;
  readonly origin: ValueOrigin;
}

/** What the document itself gives for a value. */
export interface GivenValues {
  /** Valid examples, then a valid default or const. */
  readonly first: readonly GivenValue[];
  /** The members of an enum that are none of the first. */
  readonly choices: readonly GivenValue[];
  /** Examples that do not fit, for where nothing does: the server may know better than its document. */
  readonly passedOver: readonly GivenValue[];
  /** Why the first example that was passed over is no good. */
  readonly problem: string | null;
}

/** More examples than this add nothing, and each is checked. */
const MOST_EXAMPLES = 50;

/** The values that the document gives and that fit their schema; of a parameter never null or empty ones. */
export function givenValues(document: OpenApiDocument, request: ValueRequest): GivenValues {
  const { schema } = request;
  const shape = shapeAt(document, schema) ?? ANY_SHAPE;
  const check = schemaCheck(document, schema);
  const said = [...request.examples, ...shape.examples]
    .slice(0, MOST_EXAMPLES)
    .map((example) => (request.place === 'body' ? withoutReadOnly(document, schema, example) : example));
  const meant = said.filter((example) => !isPlaceholder(example));
  const examples = meant.map((example) => fitting(example, request, shape, check));
  const passed = examples.find(({ isValid }) => !isValid);
  const presets = shape.presets.map((preset) => fitting(preset, request, shape, check));
  const choices = nullLast(shape.choices ?? []).filter(
    (choice) => isUsable(choice, request) && check.fits(choice),
  );
  const isConstant = shape.choices?.length === 1;
  return {
    first: distinct([
      ...valuesOf(examples, 'example'),
      ...valuesOf(presets, 'default'),
      ...(isConstant ? choices.map((value) => ({ value, origin: 'enum' as const })) : []),
    ]),
    choices: isConstant ? [] : choices.map((value) => ({ value, origin: 'enum' })),
    passedOver: examples.flatMap(({ value, isValid }) =>
      !isValid && isUsable(value, request) ? [{ value, origin: 'example' as const }] : [],
    ),
    problem: passed
      ? `the example is not valid: ${check.problemOf(passed.value) ?? 'it does not fit'}`
      : meant.length < said.length
        ? 'the example only stands for a value, and is not sent'
        : null,
  };
}

/** `<name>`, `{name}`, `{{name}}` and `${NAME}`: where people write what they have, which no server knows. */
export function isPlaceholder(example: unknown): boolean {
  if (typeof example === 'string') return /^(?:<[^<>/]+>|\$?\{\{?[^{}"']+\}?\})$/.test(example.trim());
  return isObject(example) && Object.values(example).some(isPlaceholder);
}

function nullLast(choices: readonly unknown[]): readonly unknown[] {
  return [...choices.filter((choice) => choice !== null), ...choices.filter((choice) => choice === null)];
}

interface Tried {
  readonly value: unknown;
  readonly isValid: boolean;
  readonly isUsable: boolean;
}

/** The first way to read an example in which it is valid; as it stands when there is none. */
function fitting(example: unknown, request: ValueRequest, shape: Shape, check: SchemaCheck): Tried {
  const readings = request.place === 'body' ? [example] : [example, ...otherReadings(example, shape)];
  const value = readings.find((reading) => check.fits(reading));
  if (value !== undefined) return { value, isValid: true, isUsable: isUsable(value, request) };
  return { value: example, isValid: false, isUsable: false };
}

/** On the wire a parameter is text: `"10"` is 10, `1` is "1", and `a,b` may be a list. */
function otherReadings(example: unknown, shape: Shape): readonly unknown[] {
  // A pattern without a type is about texts: a list would fit it by being none.
  const types = typesOf(shape);
  const readings: unknown[] = [];
  if (typeof example === 'string') {
    const number = numberIn(example);
    if (typeof number === 'bigint' || Number.isFinite(number)) readings.push(number);
    if (example === 'true' || example === 'false') readings.push(example === 'true');
    // A text is one item, unless only several are valid.
    readings.push([example], example.split(','), example.split(',').map(numberIn));
  }
  if (typeof example === 'number' || typeof example === 'bigint' || typeof example === 'boolean')
    readings.push(String(example), [example]);
  return readings.filter((reading) => isOfType(reading, types));
}

function isUsable(value: unknown, { place }: ValueRequest): boolean {
  if (place === 'body') return true;
  // Dots name other paths than this one.
  if (place === 'path' && (value === '.' || value === '..')) return false;
  return value !== null && value !== '' && !isEmpty(value);
}

function isEmpty(value: unknown): boolean {
  return Array.isArray(value)
    ? listOf(value).length === 0
    : isObject(value) && Object.keys(value).length === 0;
}

function valuesOf(tried: readonly Tried[], origin: ValueOrigin): GivenValue[] {
  return tried.filter((one) => one.isUsable).map(({ value }) => ({ value, origin }));
}

function distinct(given: readonly GivenValue[]): GivenValue[] {
  const byText = new Map<string, GivenValue>();
  for (const one of given) {
    const text = canonical(one.value);
    if (!byText.has(text)) byText.set(text, one);
  }
  return [...byText.values()];
}
