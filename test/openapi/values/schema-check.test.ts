import { expect, test } from 'vitest';
import { shapeAt } from '../../../src/openapi/values/read-shape.js';
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

test('an allOf that leads to the same schema over millions of ways is read once', () => {
  const levels = Array.from({ length: 30 }, (_, at): [string, unknown] => {
    const next = { $ref: `#/F${at + 1}` };
    return [`F${at}`, at < 29 ? { allOf: [next, next] } : { type: 'object', required: ['a'] }];
  });
  const document = Object.fromEntries(levels);
  expect(shapeAt(document, { $ref: '#/F0' })?.required).toEqual(['a']);
  expect(schemaCheck(document, { $ref: '#/F0' }).fits({ a: 1 })).toBe(true);
  expect(schemaCheck(document, { $ref: '#/F0' }).fits({})).toBe(false);
});
