import type { JsonType } from './json-type.js';
import type { Limit, Shape } from './shape.js';

/** The types that a value may have: what is said, else what its other words are about, else any; null last. */
export function typesOf(shape: Shape): readonly JsonType[] {
  const { types } = shape;
  if (types !== null) {
    return [...types.filter((type) => type !== 'null'), ...types.filter((type) => type === 'null')];
  }
  const implied = impliedTypes(shape);
  return implied.length > 0 ? implied : ['string', 'integer', 'object', 'boolean', 'array'];
}

/** Whether a schema allows anything, as far as can be seen without the check. */
export function saysNothing(shape: Shape): boolean {
  const { types, choices, groups, format } = shape;
  const isOpen = types === null && choices === null && groups.length === 0 && format === undefined;
  return isOpen && impliedTypes(shape).length === 0;
}

function impliedTypes(shape: Shape): readonly JsonType[] {
  const tests: readonly (readonly [JsonType, boolean])[] = [
    ['object', isAboutObjects(shape)],
    ['array', isAboutArrays(shape)],
    ['string', shape.patterns.length > 0 || hasLimit(shape, 'minLength', 'maxLength')],
    ['number', isAboutNumbers(shape)],
  ];
  return tests.filter(([, isMeant]) => isMeant).map(([type]) => type);
}

function isAboutObjects(shape: Shape): boolean {
  const { properties, required, byPattern, rests, nameSchemas } = shape;
  const words = properties.size + required.length + byPattern.length + rests.length + nameSchemas.length;
  return words > 0 || hasLimit(shape, 'minProperties', 'maxProperties');
}

function isAboutArrays(shape: Shape): boolean {
  const words = shape.tuples.length + shape.contains.length;
  return words > 0 || shape.isUnique || hasLimit(shape, 'minItems', 'maxItems');
}

function isAboutNumbers(shape: Shape): boolean {
  const isNumberFormat = /^(?:u?int\d+|float|double)$/.test(shape.format ?? '');
  const limits = ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'] as const;
  return isNumberFormat || shape.multiples.length > 0 || hasLimit(shape, ...limits);
}

function hasLimit({ limits }: Shape, ...names: readonly Limit[]): boolean {
  return names.some((name) => limits[name] !== undefined);
}
