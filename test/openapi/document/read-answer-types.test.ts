import { expect, test } from 'vitest';
import { readAnswerTypes } from '../../../src/openapi/document/read-answer-types.js';

const DOCUMENT = {
  produces: ['application/xml'],
  components: { responses: { Item: { content: { 'application/json': {} } } } },
};

test.each<[string, object, object, string[]]>([
  [
    'the successes of OpenAPI 3',
    {},
    { responses: { 200: content('a/b', 'c/d'), 201: content('a/b'), 404: content('e/f') } },
    ['a/b', 'c/d'],
  ],
  ['a range of them', {}, { responses: { '2XX': content('a/b') } }, ['a/b']],
  [
    'the default where there is no success',
    {},
    { responses: { 404: content('e/f'), default: content('a/b') } },
    ['a/b'],
  ],
  [
    'what a reference leads to',
    { components: DOCUMENT.components },
    { responses: { 200: { $ref: '#/components/responses/Item' } } },
    ['application/json'],
  ],
  [
    'what Swagger 2.0 says for all operations',
    { produces: DOCUMENT.produces },
    { responses: {} },
    ['application/xml'],
  ],
  [
    'what Swagger 2.0 says for one',
    { produces: DOCUMENT.produces },
    { produces: ['text/csv', 7] },
    ['text/csv'],
  ],
  ['nothing, where the document breaks off', {}, { responses: { 200: null, 201: { content: 'x' } } }, []],
])('the media types are those of %s', (_, document, operation, types) => {
  expect(readAnswerTypes(document as never, operation as never)).toEqual(types);
});

function content(...types: string[]): object {
  return { content: Object.fromEntries(types.map((type) => [type, {}])) };
}
