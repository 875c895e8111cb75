import { describe, expect, test } from 'vitest';
import { captureFrom, lastSegment, placeOfCapture } from '../../../src/model/requests/capture.js';

const answer = {
  json: { id: 7, name: null, owner: { id: 3 }, tags: [{ id: 'a' }, { id: '' }, { id: 'b' }] },
  header: (name: string) => (name.toLowerCase() === 'location' ? 'http://host/items/7%20a?x=1' : null),
};

describe('a capture takes', () => {
  test.each([
    ['a value at a pointer', '/id', [7]],
    ['a value of each element, but no empty ones', '/tags/*/id', ['a', 'b']],
    ['nothing where there is nothing', '/none', []],
    ['nothing where there is null', '/name', []],
    ['nothing with parts for a path', '/owner', []],
    ['the end of Location', { header: 'Location' }, ['7 a']],
    ['nothing of a header that did not come', { header: 'x-id' }, []],
    ['a value for some operations only', { pointer: '/owner/id', for: 'GET /x' }, [3]],
  ])('%s', (_, capture, expected) => {
    expect(captureFrom(answer, 'path.id', capture)).toEqual(expected);
  });

  test('whole objects for bodies', () => {
    expect(captureFrom(answer, 'body.owner', '/owner')).toEqual([{ id: 3 }]);
  });
});

test.each([
  ['/items/7', '7'],
  ['items/7/', '7'],
  ['https://host', null],
  ['https://host/#x', null],
  ['', null],
  ['/items/%zz', '%zz'],
])('the last part of %j is %j', (location, segment) => {
  expect(lastSegment(location)).toBe(segment);
});

test('a place of an answer in words', () => {
  expect([placeOfCapture('/id'), placeOfCapture(''), placeOfCapture({ header: 'x' })]).toEqual([
    '/id',
    'the whole body',
    'the header x',
  ]);
});
