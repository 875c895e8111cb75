import { expect, test } from 'vitest';
import { redactBuilt } from '../../src/config/redact-built.js';
import { SecretMask } from '../../src/config/secret-mask.js';
import type { BuiltOperation } from '../../src/model/requests/request.js';

const BINARY = new Uint8Array([1, 2]);

function shown(request: Partial<BuiltOperation['blueprints'][number]>, origins = {}) {
  const blueprint = { method: 'GET', path: '/', headers: [], body: null, ...request };
  const operation = { id: 'a', method: 'GET', path: '/', tags: [] };
  const built = { operation, blueprints: [blueprint], origins, problems: ['hunter22 is refused'] };
  const { blueprints, problems } = redactBuilt(built, new SecretMask(['hunter22']));
  expect(problems).toEqual(['<redacted> is refused']);
  return blueprints[0]!;
}

test('headers that the user or bench gives are redacted by their name, their scheme stays', () => {
  const headers = ['Authorization', 'Bearer abc', 'x-api-key', 'abc', 'x-trace', '1', 'x-note', 'hunter22'];
  expect(shown({ headers }).headers).toEqual([
    ...[
      'Authorization',
      'Bearer <redacted>',
      'x-api-key',
      '<redacted>',
      'x-trace',
      '1',
      'x-note',
      '<redacted>',
    ],
  ]);
});

test('values that bench has made up are shown, whatever their name', () => {
  const origins = { 'header.X-Token': 'generated', 'query.token': 'example', 'query.session': 'override' };
  const { path, headers } = shown(
    { path: '/a?token=string&session=abc&q=1', headers: ['x-token', 'string'] },
    origins,
  );
  expect(headers).toEqual(['x-token', 'string']);
  expect(path).toBe('/a?token=string&session=<redacted>&q=1');
});

test('a query is redacted by name and by what is known; a path keeps its words', () => {
  expect(shown({ path: '/hunter22/a?x=hunter22&api%5Fkey=%3Credacted%3E&%E0=1' }).path).toBe(
    '/hunter22/a?x=<redacted>&api%5Fkey=<redacted>&%E0=1',
  );
});

test('a body is masked where it is text, and left alone where it is bytes', () => {
  expect(shown({ body: '{"password":"hunter22"}' }).body).toBe('{"password":"<redacted>"}');
  expect(shown({ body: BINARY }).body).toBe(BINARY);
});
