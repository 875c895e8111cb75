import { expect, test } from 'vitest';
import { describeApi } from '../../../src/openapi/document/describe-api.js';
import { PathMatcher } from '../../../src/openapi/weights/path-matcher.js';

const paths = {
  '/items/{id}': { get: {}, delete: {} },
  '/items/search': { get: {} },
  '/items/{id}/parts/{part}': { get: {} },
  '/{kind}/search': { get: {} },
  '/files/{name}.{ext}': { get: {} },
  '/files/{name}': { get: {} },
  '/a b': { get: {} },
};
const { operations } = describeApi({ openapi: '3.1.0', servers: [{ url: '/api' }], paths });
const matcher = new PathMatcher(operations);

test.each([
  ['GET', '/api/items/7', '/items/{id}'],
  ['DELETE', '/api/items/7', '/items/{id}'],
  ['GET', '/api/items/search', '/items/search'],
  ['GET', '/api/users/search', '/{kind}/search'],
  ['GET', '/api/items/7/parts/8', '/items/{id}/parts/{part}'],
  ['GET', '/api/files/report.pdf', '/files/{name}.{ext}'],
  ['GET', '/api/files/report', '/files/{name}'],
  ['GET', '/api/files/.pdf', '/files/{name}'],
  ['GET', '/api/a%20b', '/a b'],
  ['GET', '/items/7', '/items/{id}'],
  ['GET', '/items/%E0%A4%A', '/items/{id}'],
  ['POST', '/api/items/7', undefined],
  ['GET', '/api/items', undefined],
  ['GET', '/api/items/', undefined],
  ['GET', '/api/items/7/', undefined],
])('%s %s asks %s', (method, path, template) => {
  expect(matcher.operationFor({ method, path })?.template).toBe(template);
});
