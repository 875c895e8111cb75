import { expect, test } from 'vitest';
import { documentedRedirects, isStreaming } from '../../../src/openapi/document/read-answers.js';

test.each<[string[], number[]]>([
  [['302'], [302]],
  [
    ['301', '308', '404', 'default'],
    [301, 308],
  ],
  [['200', '302'], []],
  [['2XX', '302'], []],
  [['404'], []],
])('of %j the redirects %j are successes', (statuses, redirects) => {
  const responses = Object.fromEntries(statuses.map((status) => [status, { description: '' }]));
  const document = { openapi: '3.1.0', paths: { '/go': { get: { responses } } } };
  expect(documentedRedirects(document, { method: 'GET', template: '/go' })).toEqual(redirects);
  expect(documentedRedirects(document, { method: 'GET', template: '/none' })).toEqual([]);
});

test('answers of nothing but events are a stream', () => {
  expect(isStreaming({ answerTypes: ['text/event-stream; charset=utf-8'] })).toBe(true);
  expect(isStreaming({ answerTypes: ['text/event-stream', 'application/json'] })).toBe(false);
  expect(isStreaming({ answerTypes: [] })).toBe(false);
});

test('methods that OpenAPI 3.2 names are found in their own spelling', () => {
  const responses = { 302: { description: '' } };
  const document = { openapi: '3.2.0', paths: { '/go': { additionalOperations: { Move: { responses } } } } };
  expect(documentedRedirects(document, { method: 'Move', template: '/go' })).toEqual([302]);
});
