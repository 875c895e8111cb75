import { expect, test } from 'vitest';
import { schemaCheck } from '../../../src/openapi/values/schema-check.js';

test('each pattern is its own', () => {
  const schema = { properties: { a: { pattern: '^a$' }, b: { pattern: '^b$' } } };
  const check = schemaCheck({}, schema);
  expect(check.problemOf({ a: 'a', b: 'b' })).toBeNull();
  expect(check.problemOf({ a: 'a', b: 'a' })).toBe('/b must match pattern "^b$"');
});

test('what is wrong behind a reference is named by its place in the value', () => {
  const item = { type: 'object', properties: { size: { type: 'integer' } } };
  const check = schemaCheck({ item }, { type: 'array', items: { $ref: '#/item' } });
  expect(check.problemOf([{ size: 1 }, { size: 'M' }])).toBe('/1/size must be integer');
});
