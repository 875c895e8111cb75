import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { remedyFor } from '../../../src/analyze/preflight/remedy-for.js';
import type { PreflightResult, PreflightState } from '../../../src/model/preflight.js';

const item = { id: 'get_item', method: 'GET', path: '/items/{item_id}' };
const none = { pathNames: [], schemes: [] };

function result(state: PreflightState, changes: Partial<PreflightResult> = {}): PreflightResult {
  return { operation: item, state, status: 400, reason: null, fields: [], remedy: null, ...changes };
}

describe('the remedy for', () => {
  test.each<[PreflightState, Partial<PreflightResult>, string | null]>([
    [
      'missing-test-data',
      {},
      'operations:\n  GET /items/{item_id}: { values: { path.item_id: 1 } } # an id that exists',
    ],
    [
      'validation',
      { fields: ['body.name', 'item_id'], reason: 'no' },
      'operations:\n  GET /items/{item_id}: { values: { body.name: TODO, path.item_id: TODO } } # no',
    ],
    ['missing-auth', {}, 'auth:\n  ApiKey: ${BENCH_AUTH_APIKEY}\n  my-key: ${BENCH_AUTH_MY_KEY}'],
    ['server-error', {}, 'exclude:\n  - GET /items/{item_id}'],
    ['wrong-answer', { status: 302 }, 'operations:\n  GET /items/{item_id}: { expect: { status: [302] } }'],
    ['wrong-answer', { status: 200 }, null],
    ['rate-limited', {}, null],
    ['no-answer', { status: null }, null],
    ['ok', {}, null],
  ])('%s %j', (state, changes, expected) => {
    const known = { pathNames: ['item_id'], schemes: ['ApiKey', 'my-key'] };
    expect(remedyFor(result(state, changes), known)).toBe(expected);
  });

  test('a 404 without an id, and one without a scheme', () => {
    expect(remedyFor(result('missing-test-data'), none)).toBeNull();
    expect(remedyFor(result('missing-auth'), none)).toBe('headers:\n  authorization: Bearer TOKEN');
  });
});

test('is YAML that says the operation as it is, whatever it is called', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string(), fc.string(), (path, field, reason) => {
      const operation = { ...item, path: `/${path.replace(/\s/g, '')}x` };
      const text = remedyFor(result('validation', { operation, reason, fields: [`body.${field}`] }), none)!;
      const { operations, ...rest } = parse(text) as { operations: object };
      expect(rest).toEqual({});
      expect(Object.keys(operations)).toHaveLength(1);
    }),
  );
});
