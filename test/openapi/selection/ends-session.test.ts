import { expect, test } from 'vitest';
import { mayEndSession } from '../../../src/openapi/selection/ends-session.js';

test.each<[string, boolean]>([
  ['GET /logout', true],
  ['POST /auth/jwt/logout', true],
  ['POST /users/sign_out', true],
  ['POST /users/{id}/change-password', true],
  ['PUT /me/password', true],
  ['PATCH /account/updatePassword', true],
  ['POST /oauth/revoke', true],
  ['POST /account/deactivate', true],
  ['DELETE /users/me', true],
  ['DELETE /auth/session', true],
  ['GET /me/password', false],
  ['POST /forgot-password', false],
  ['POST /password/forgot', false],
  ['DELETE /users/{id}', false],
  ['DELETE /sessions/{id}', false],
  ['DELETE /items', false],
  ['PATCH /users/me', false],
  ['POST /blogout', false],
])('%s: %s', (operation, expected) => {
  const [method = '', path = ''] = operation.split(' ');
  expect(mayEndSession({ method, path, id: 'an_operation' })).toBe(expected);
});

test('the operationId tells, too', () => {
  expect(mayEndSession({ method: 'POST', path: '/auth', id: 'authLogOut' })).toBe(true);
});
