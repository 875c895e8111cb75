import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Judge } from '../../../src/openapi/values/judge.js';
import { schemaAt, type Schema } from '../../../src/openapi/document/schema-at.js';

const names = fc.constantFrom('a', 'b', 'c');
const scalars = fc.oneof(fc.integer({ min: -3, max: 6 }), fc.constantFrom('', 'a', 'ab', true, null, 1.5));

const { schema: schemas } = fc.letrec<{ schema: object | boolean }>((tie) => {
  const some = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T[]> =>
    fc.array(arbitrary, { minLength: 1, maxLength: 3 });
  const inner = tie('schema');
  const words: Record<string, fc.Arbitrary<unknown>> = {
    type: fc.oneof(
      fc.constantFrom('object', 'array', 'string', 'integer', 'number', 'boolean', 'null'),
      fc.constantFrom(['string', 'null'], ['integer', 'object']),
    ),
    enum: fc.uniqueArray(scalars, { minLength: 1, maxLength: 3 }),
    const: scalars,
    minimum: fc.integer({ min: -2, max: 3 }),
    exclusiveMaximum: fc.integer({ min: 0, max: 5 }),
    multipleOf: fc.constantFrom(1, 2, 0.5),
    minLength: fc.nat(2),
    maxLength: fc.nat(2),
    pattern: fc.constantFrom('^a', 'b$', '^$'),
    required: fc.uniqueArray(names, { maxLength: 2 }),
    properties: fc.dictionary(names, inner, { maxKeys: 2 }),
    patternProperties: fc.dictionary(fc.constantFrom('^a', 'b|c'), inner, { maxKeys: 1 }),
    additionalProperties: inner,
    propertyNames: inner,
    minProperties: fc.nat(2),
    maxProperties: fc.nat(2),
    dependentRequired: fc.dictionary(names, fc.uniqueArray(names, { maxLength: 2 }), { maxKeys: 1 }),
    dependentSchemas: fc.dictionary(names, inner, { maxKeys: 1 }),
    prefixItems: some(inner),
    items: inner,
    minItems: fc.nat(2),
    maxItems: fc.nat(2),
    uniqueItems: fc.boolean(),
    contains: inner,
    allOf: some(inner),
    anyOf: some(inner),
    oneOf: some(inner),
    not: inner,
    if: inner,
    then: inner,
    else: inner,
  };
  const word = fc.oneof(
    ...Object.entries(words).map(([name, arbitrary]) => arbitrary.map((said) => [name, said] as const)),
  );
  // Few words at a time: most values fail what asks for much.
  const schema = fc
    .uniqueArray(word, { maxLength: 3, selector: ([name]) => name })
    .map((said): object => Object.fromEntries(said));
  return { schema: fc.oneof({ maxDepth: 3, depthSize: 'small' }, fc.boolean(), schema) };
});

const { value: values } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 2, depthSize: 'small' },
    scalars,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(names, tie('value'), { maxKeys: 3, noNullPrototype: true }),
  ),
}));

/**
 * ajv 8.20 itself fails on `{ oneOf: [{ properties: { a: false } }, true], patternProperties: { '^a': {} } }`, and on
 * `{ oneOf: [{ not: true, oneOf: [{ patternProperties: { '^a': false } }] }, {}] }`: its code names what it does not have.
 */
function verdictOf(validate: ValidateFunction, value: unknown): 'fits' | 'fails' | undefined {
  try {
    return validate(value) ? 'fits' : 'fails';
  } catch (error) {
    if (error instanceof TypeError || error instanceof ReferenceError) return undefined;
    throw error;
  }
}

test('a verdict of the judge is that of ajv', () => {
  const ajv = new Ajv2020({ strict: false, unicodeRegExp: false, ownProperties: true, logger: false });
  const seen = { fits: 0, fails: 0, unknown: 0 };
  fc.assert(
    fc.property(schemas, fc.array(values, { minLength: 1, maxLength: 8 }), (schema, several) => {
      const document = { schema };
      const judge = new Judge(document);
      const validate = ajv.compile(schema);
      for (const value of several) {
        const verdict = judge.verdictOf(schemaAt(document, schema) as Schema, value);
        seen[verdict] += 1;
        const witness = verdictOf(validate, value);
        if (verdict !== 'unknown' && witness !== undefined) expect(verdict).toBe(witness);
      }
    }),
    { numRuns: 600 },
  );
  // Of both kinds enough, or nothing would be shown.
  expect(Math.min(seen.fits, seen.fails)).toBeGreaterThan(300);
  expect(seen.unknown).toBeLessThan(seen.fits);
});
