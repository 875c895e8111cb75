import { expect, test } from 'vitest';
import type { LoginEntry } from '../../../src/model/config/auth.js';
import { describeApi } from '../../../src/openapi/document/describe-api.js';
import { loginRequest } from '../../../src/openapi/security/login-request.js';

const OPERATIONS = describeApi({
  servers: [{ url: '/api' }],
  paths: {
    '/login': { post: { operationId: 'sign_in', requestBody: { content: { 'application/json': {} } } } },
    '/u/{id}/login': { post: { operationId: 'of_user' } },
  },
}).operations;

function request(entry: Partial<LoginEntry>) {
  return loginRequest({ login: 'sign_in', body: { a: 'b c', n: 1 }, ...entry }, OPERATIONS);
}

test('a login goes to the operation, with the path in front that the document says', () => {
  for (const login of ['sign_in', 'POST /login', 'POST /api/login'])
    expect(request({ login })).toMatchObject({
      method: 'POST',
      path: '/api/login',
      contentType: 'application/json',
      body: '{"a":"b c","n":1}',
    });
});

test('a form is written as one', () => {
  expect(request({ encoding: 'form' })).toMatchObject({
    contentType: 'application/x-www-form-urlencoded',
    body: 'a=b+c&n=1',
  });
});

test('without a body nothing is said of its type', () => {
  expect(request({ body: {} })).toMatchObject({ contentType: null, body: null });
});

test('a login that the document keeps quiet about is sent as it is named', () => {
  expect(request({ login: 'put /hidden' })).toMatchObject({
    method: 'PUT',
    path: '/hidden',
    operation: undefined,
  });
});

test.each([
  ['sign_on', 'no operation matches sign_on; did you mean sign_in?'],
  ['xyz', 'no operation matches xyz; expected an operationId, or "POST /login"'],
  ['of_user', 'the path /api/u/{id}/login has a placeholder, and a login cannot fill it'],
])('the login %s is refused in words', (login, problem) => {
  expect(request({ login })).toBe(problem);
});
