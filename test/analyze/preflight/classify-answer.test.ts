import { expect, test } from 'vitest';
import { classifyAnswer } from '../../../src/analyze/preflight/classify-answer.js';
import type { PreflightState } from '../../../src/model/results/preflight.js';

test.each<[number | null, PreflightState]>([
  [null, 'no-answer'],
  [302, 'wrong-answer'],
  [400, 'validation'],
  [401, 'missing-auth'],
  [403, 'missing-auth'],
  [404, 'missing-test-data'],
  [405, 'method-not-allowed'],
  [409, 'validation'],
  [415, 'unsupported-media'],
  [418, 'validation'],
  [422, 'validation'],
  [429, 'rate-limited'],
  [500, 'server-error'],
  [501, 'method-not-allowed'],
  [503, 'server-error'],
])('an unexpected %s is %s', (status, state) => {
  expect(classifyAnswer({ status, isExpected: false, isAsChecked: true })).toBe(state);
});

test('an expected status is fine, also a 404, unless a check of the answer fails', () => {
  expect(classifyAnswer({ status: 404, isExpected: true, isAsChecked: true })).toBe('ok');
  expect(classifyAnswer({ status: 200, isExpected: true, isAsChecked: false })).toBe('wrong-answer');
});
