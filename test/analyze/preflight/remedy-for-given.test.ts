import { expect, test } from 'vitest';
import { remedyForGiven } from '../../../src/analyze/preflight/remedy-for-given.js';
import type { AskedOperation } from '../../../src/analyze/preflight/remedy-for.js';
import type { PreflightResult } from '../../../src/model/results/preflight.js';

const KNOWN: AskedOperation = {
  ...{ pathNames: ['b'], openIds: [{ name: 'b', isTelling: true, isNumber: false }] },
  ...{ maker: null, makerSchemes: [], schemes: [], isSignedIn: false, hasSchemesElsewhere: false },
  ...{ signsInFor: [], signInForAll: null, isKnownKey: () => true },
  serialCandidates: () => ({ given: {}, open: {} }),
};

test.each<[PreflightResult['state'], number, string | null]>([
  ['missing-auth', 401, 'headers:\n  authorization: Bearer TOKEN'],
  ['missing-auth', 403, null],
  ['missing-test-data', 404, null],
  ['validation', 422, null],
  ['server-error', 500, null],
  ['wrong-answer', 302, 'expect:\n  GET /a/{b}: { status: [302] }'],
])('%s with %i gets only what is read with --request', (state, status, remedy) => {
  const operation = { id: 'get_a', method: 'GET', path: '/a/{b}', tags: [] };
  const result = { operation, state, status, reason: null, fields: ['name'], latencyMs: 1 };
  expect(remedyForGiven(result as unknown as PreflightResult, KNOWN)).toBe(remedy);
});
