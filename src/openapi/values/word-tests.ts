import { isObject } from '../../kernel/is-object.js';
import type { Schema } from '../document/schema-at.js';
import { FORMAT_TESTS } from './format-tests.js';
import {
  canonical,
  entriesOf,
  exactNumber,
  finite,
  isMultiple,
  isOfType,
  listOf,
  sameJson,
  textsIn,
  typesIn,
} from './json-type.js';
import { patternEngine } from './pattern-engine.js';

type Test = (value: unknown) => boolean;

/** What the words of a schema that hold no schemas ask for; undefined = nothing. `hidden` is not required. */
export function wordTest(schema: Schema, hidden: ReadonlySet<string>): Test | undefined {
  const tests = [
    typeTest(schema),
    choiceTest(schema),
    ofKind(isNumber, numberTests(schema)),
    ofKind(isText, textTests(schema)),
    ofKind(isList, listTests(schema)),
    ofKind(isObject, objectTests(schema, hidden)),
  ].filter((test) => test !== undefined);
  const [only, second] = tests;
  return second ? (value) => tests.every((test) => test(value)) : only;
}

function ofKind<T>(
  isKind: (value: unknown) => value is T,
  tests: readonly ((value: T) => boolean)[],
): Test | undefined {
  if (tests.length === 0) return undefined;
  return (value) => !isKind(value) || tests.every((test) => test(value));
}

function isNumber(value: unknown): value is number | bigint {
  return typeof value === 'number' || typeof value === 'bigint';
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isList(value: unknown): value is unknown[] {
  return Array.isArray(value);
}

function typeTest(schema: Schema): Test | undefined {
  const types = typesIn(schema['type']);
  return types === null ? undefined : (value) => isOfType(value, types);
}

function choiceTest({ enum: choices, const: constant }: Schema): Test | undefined {
  const isConstant = (value: unknown): boolean => constant === undefined || sameJson(constant, value);
  const list = listOf(choices);
  if (list.length === 0) return constant === undefined ? undefined : isConstant;
  const plain = new Set(list);
  const compound = list.filter((choice) => typeof choice === 'object' && choice !== null);
  return (value) =>
    isConstant(value) && (plain.has(value) || compound.some((choice) => sameJson(choice, value)));
}

function numberTests(schema: Schema): ((value: number | bigint) => boolean)[] {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = schema;
  const limits: [unknown, (value: number | bigint, limit: number | bigint) => boolean][] = [
    [minimum, (value, limit) => value >= limit],
    [maximum, (value, limit) => value <= limit],
    [exclusiveMinimum, (value, limit) => value > limit],
    [exclusiveMaximum, (value, limit) => value < limit],
    [multipleOf, (value, unit) => unit <= 0 || isMultiple(value, unit)],
  ];
  const tests = limits.flatMap(([word, isWithin]) => {
    const limit = exactNumber(word);
    return limit === undefined ? [] : [(value: number | bigint): boolean => isWithin(value, limit)];
  });
  return [...tests, ...numberFormats(schema)];
}

function textTests(schema: Schema): ((text: string) => boolean)[] {
  const { minLength, maxLength, pattern } = schema;
  const engine = typeof pattern === 'string' ? patternEngine(pattern) : null;
  return [
    ...withLimits<string>([
      [count(minLength), (text, least) => text.length >= least && lengthOf(text) >= least],
      [count(maxLength), (text, most) => text.length <= most || lengthOf(text) <= most],
    ]),
    ...(engine ? [(text: string): boolean => engine.test(text)] : []),
    ...textFormats(schema),
  ];
}

/** In characters, of which some take two places. */
function lengthOf(text: string): number {
  let length = 0;
  for (const character of text) length += character.length > 0 ? 1 : 0;
  return length;
}

function textFormats({ format }: Schema): ((text: string) => boolean)[] {
  const test = typeof format === 'string' ? FORMAT_TESTS.get(format) : undefined;
  return test?.type === 'string' ? [test.isValid] : [];
}

function numberFormats({ format }: Schema): ((value: number | bigint) => boolean)[] {
  const test = typeof format === 'string' ? FORMAT_TESTS.get(format) : undefined;
  return test?.type === 'number' ? [(value) => isOfNumberFormat(value, format, test.isValid)] : [];
}

/** `int64` is tested of doubles; of what is none its own limits count. */
function isOfNumberFormat(
  value: number | bigint,
  format: unknown,
  isValid: (value: number) => boolean,
): boolean {
  if (typeof value === 'number') return isValid(value);
  return format === 'int64' ? BigInt.asIntN(64, value) === value : isValid(Number(value));
}

function listTests({ minItems, maxItems, uniqueItems }: Schema): ((list: unknown[]) => boolean)[] {
  const tests = withLimits<unknown[]>([
    [count(minItems), ({ length }, least) => length >= least],
    [count(maxItems), ({ length }, most) => length <= most],
  ]);
  return uniqueItems === true ? [...tests, isUnique] : tests;
}

function isUnique(list: readonly unknown[]): boolean {
  return new Set(list.map(canonical)).size === list.length;
}

type Properties = Readonly<Record<string, unknown>>;

function objectTests(schema: Schema, hidden: ReadonlySet<string>): ((value: Properties) => boolean)[] {
  const required = textsIn(schema['required']).filter((name) => !hidden.has(name));
  const companions = entriesOf(schema['dependentRequired']).map(
    ([name, names]) => [name, textsIn(names)] as const,
  );
  const hasAll = (value: Properties, names: readonly string[]): boolean =>
    names.every((name) => Object.hasOwn(value, name));
  return [
    ...withLimits<Properties>([
      [count(schema['minProperties']), (value, least) => Object.keys(value).length >= least],
      [count(schema['maxProperties']), (value, most) => Object.keys(value).length <= most],
    ]),
    ...(required.length > 0 ? [(value: Properties): boolean => hasAll(value, required)] : []),
    ...companions.map(([name, names]) => {
      return (value: Properties): boolean => !Object.hasOwn(value, name) || hasAll(value, names);
    }),
  ];
}

function withLimits<T>(
  limits: readonly (readonly [limit: unknown, isWithin: (value: T, limit: number) => boolean])[],
): ((value: T) => boolean)[] {
  return limits.flatMap(([word, isWithin]) => {
    const limit = finite(word);
    return limit === undefined ? [] : [(value: T): boolean => isWithin(value, limit)];
  });
}

function count(word: unknown): number | undefined {
  return Number.isSafeInteger(word) && (word as number) >= 0 ? (word as number) : undefined;
}
