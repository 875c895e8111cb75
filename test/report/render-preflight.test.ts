import { Chalk } from 'chalk';
import { describe, expect, test } from 'vitest';
import type { PreflightResult, PreflightState } from '../../src/model/results/preflight.js';
import { outcomeLines, renderChecks, renderPreflight } from '../../src/report/terminal/render-preflight.js';
import { controlCharactersOf } from '../support/text.js';

const plain = { width: 100, color: false };

function result(
  path: string,
  state: PreflightState,
  changes: Partial<PreflightResult> = {},
): PreflightResult {
  const operation = { id: path, method: 'GET', path };
  return { operation, state, status: 200, reason: null, fields: [], remedy: null, ...changes };
}

const missing = (path: string): PreflightResult =>
  result(path, 'missing-test-data', {
    status: 404,
    reason: 'Item not found',
    remedy: `operations:\n  GET ${path}: { values: { path.id: 1 } } # an id that exists`,
  });
const refused = (path: string): PreflightResult =>
  result(path, 'missing-auth', {
    status: 401,
    reason: 'Not authenticated',
    remedy: 'auth:\n  Bearer: ${BENCH_AUTH_BEARER}',
  });
const mixed = [
  result('/items', 'ok'),
  missing('/items/{id}'),
  missing('/a/rather/long/path/that/goes/on/and/on/for/ever/{id}'),
  result('/slow', 'no-answer', { status: null, reason: 'no answer within 5 s' }),
];
const many = Array.from({ length: 40 }, (_, at) => missing(`/items${at}/{id}`));

describe('golden pre-flights', () => {
  test.each([
    ['mixed', mixed],
    ['many', many],
    ['all-refused', [...Array.from({ length: 40 }, (_, at) => refused(`/a${at}`)), result('/health', 'ok')]],
    ['all-well', [result('/a', 'ok'), result('/b', 'ok')]],
  ])('%s', async (name, results) => {
    await expect(renderPreflight(results, plain)).toMatchFileSnapshot(`../golden/preflight/${name}.txt`);
  });

  test('of bench list --check', async () => {
    await expect(renderChecks(mixed, plain)).toMatchFileSnapshot('../golden/preflight/checks.txt');
  });
});

test('no line is wider than the terminal, and none is steered by the document or the server', () => {
  const odd = result('/\u001b[2J\nx', 'validation', { status: 422, reason: `\u001b]0;${'y'.repeat(300)}` });
  const text = renderPreflight([odd], plain);
  expect(controlCharactersOf(text)).toEqual([]);
  expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
});

test('one operation is not called all', () => {
  expect(renderPreflight([result('/a', 'ok')], plain)).toBe('Pre-flight: the operation answers as expected.');
  expect(outcomeLines(undefined, new Chalk({ level: 0 }))).toEqual([]);
});
