import { describe, expect, test } from 'vitest';
import { isExpectedStatus } from '../../../src/model/requests/answer-check.js';
import type { Expectation } from '../../../src/model/config/expectation.js';
import { describeApi } from '../../../src/openapi/document/describe-api.js';
import { selectCheck } from '../../../src/openapi/selection/select-check.js';

const [operation] = describeApi({
  paths: { '/items/{id}': { get: { operationId: 'get_item', tags: ['items'] } } },
}).operations;

const checkOf = (expect: Record<string, Expectation>) => selectCheck(operation!, { expectations: expect });

test('an operation that nothing is expected of has no check', () => {
  expect(checkOf({})).toBeUndefined();
  expect(checkOf({ other: { status: [404] } })).toBeUndefined();
});

test.each(['get_item', 'GET /items/{id}', 'items', '*', 'get_*'])('%s selects it', (selector) => {
  expect(checkOf({ [selector]: { status: [404] } })?.status).toEqual([[404, 404]]);
});

test('what is not said stays as it is', () => {
  expect(checkOf({ '*': {} })).toEqual({ status: [[200, 299]], headers: {}, json: {}, bytes: null });
  expect(checkOf({ '*': { bytes: { max: 5 } } })?.bytes).toEqual({ min: 0, max: 5 });
  expect(checkOf({ '*': { bytes: { min: 5 } } })?.bytes).toEqual({ min: 5, max: null });
});

test('of several selectors the later one replaces what it says too, and nothing else', () => {
  const check = checkOf({
    '*': { status: ['2xx', 404], headers: { 'X-A': 'b' } },
    get_item: { headers: { 'Content-Type': 'text/plain' }, json: { '/id': 1 } },
  });
  expect(check).toEqual({
    status: [
      [200, 299],
      [404, 404],
    ],
    headers: { 'content-type': 'text/plain' },
    json: { '/id': 1 },
    bytes: null,
  });
});

describe('a status', () => {
  test('is expected when it is 2xx, unless told otherwise', () => {
    const expected = [199, 200, 299, 300, 404].filter((status) => isExpectedStatus(status, undefined));
    expect(expected).toEqual([200, 299]);
  });

  test('is expected when a status or class says so', () => {
    const check = checkOf({ '*': { status: [201, '4xx'] } });
    const expected = [200, 201, 202, 399, 400, 499, 500].filter((status) => isExpectedStatus(status, check));
    expect(expected).toEqual([201, 400, 499]);
  });
});

test('documented redirects count beside a 2xx, unless the user says what does', () => {
  const sources = { expectations: {}, redirects: [302] };
  expect(selectCheck(operation!, sources)?.status).toEqual([
    [200, 299],
    [302, 302],
  ]);
  expect(selectCheck(operation!, { ...sources, own: { status: [200] } })?.status).toEqual([[200, 200]]);
});
