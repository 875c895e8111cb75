import { describe, expect, test } from 'vitest';
import { authSchema } from '../../../src/model/config/auth.js';
import { describeApi } from '../../../src/openapi/document/describe-api.js';
import { findLogin, findRegister } from '../../../src/openapi/security/find-login.js';
import { suggestSignIn } from '../../../src/openapi/security/suggest-sign-in.js';

const TEXT = { type: 'string' };

function post(names: readonly string[], more: object = {}, media = 'application/json') {
  const properties = Object.fromEntries(names.map((name) => [name, TEXT]));
  const schema = { type: 'object', required: names, properties };
  return { post: { requestBody: { required: true, content: { [media]: { schema } } }, ...more } };
}

function answering(name: string) {
  const schema = { type: 'object', properties: { [name]: TEXT } };
  return { responses: { 200: { description: 'ok', content: { 'application/json': { schema } } } } };
}

function found(paths: object) {
  const document = { openapi: '3.1.0', paths } as never;
  const { operations } = describeApi(document);
  const login = findLogin(document, operations);
  const register = findRegister(document, operations, login?.operation);
  return { document, operations, login: login?.operation.path, register: register?.operation.path };
}

describe('the login of a document', () => {
  test.each<[string, object, string | undefined]>([
    ['is named so', { '/login': post(['email', 'password']), '/items': post(['name']) }, '/login'],
    ['is named by its last word', { '/auth/token': post(['user', 'password']) }, '/auth/token'],
    ['is named in camel case', { '/users/signIn': post(['userName', 'passwd']) }, '/users/signIn'],
    ['answers with a token', { '/enter': post(['login', 'pwd'], answering('accessToken')) }, '/enter'],
    [
      'is a form',
      { '/jwt/login': post(['username', 'password'], {}, 'application/x-www-form-urlencoded') },
      '/jwt/login',
    ],
    [
      'is not what makes an account',
      { '/register': post(['email', 'password'], answering('token')) },
      undefined,
    ],
    ['is not what makes a user', { '/users': post(['email', 'password'], answering('token')) }, undefined],
    ['is not what changes a password', { '/auth/reset-password': post(['email', 'password']) }, undefined],
    ['takes a password', { '/login': post(['email', 'code']) }, undefined],
    ['has no ids in its path', { '/tenants/{id}/login': post(['email', 'password']) }, undefined],
    ['is no other form with a password', { '/smtp-settings': post(['username', 'password']) }, undefined],
  ])('%s', (_, paths, path) => {
    expect(found(paths).login).toBe(path);
  });

  test('is what has answered with a token, where the document says nothing of it', () => {
    const document = { openapi: '3.1.0', paths: { '/enter': post(['user', 'password']) } };
    const { operations } = describeApi(document);
    expect(findLogin(document as never, operations)).toBeUndefined();
    expect(findLogin(document as never, operations, () => true)?.operation.path).toBe('/enter');
  });

  test('may lie below one object, and is suggested so', () => {
    const user = { type: 'object', properties: { email: TEXT, password: TEXT } };
    const schema = { type: 'object', properties: { user } };
    const content = { 'application/json': { schema } };
    const { document, operations } = found({ '/users/login': { post: { requestBody: { content } } } });
    expect(suggestSignIn({ kind: 'bearer' }, { document, operations, hasGivenToken: () => false })).toEqual({
      login: 'POST /users/login',
      body: { user: { email: 'TODO', password: 'TODO' } },
    });
  });
});

describe('what makes an account', () => {
  const login = post(['email', 'password']);
  test.each<[string, object, string | undefined]>([
    [
      'is named so',
      { '/login': login, '/register': post(['email', 'password', 'confirmPassword']) },
      '/register',
    ],
    ['comes before what makes users', { '/users': login, '/users/signup': login }, '/users/signup'],
    ['may make users', { '/login': login, '/users': login }, '/users'],
    [
      'needs no session',
      { '/login': login, '/register': post(['email', 'password'], { security: [{ a: [] }] }) },
      undefined,
    ],
  ])('%s', (_, paths, path) => {
    expect(found(paths).register).toBe(path);
  });
});

describe('what is suggested for', () => {
  const paths = { '/login': post(['email', 'password']) };
  const both = { ...paths, '/register': post(['email', 'password']) };
  const own = { login: 'POST /login', body: { email: 'TODO', password: 'TODO' } };
  const made = { login: 'POST /login', register: 'POST /register' };
  const flow = { kind: 'oauth2', tokenUrl: 'login', flows: ['password'] } as const;
  test.each([
    [{ kind: 'bearer' }, paths, own],
    [{ kind: 'bearer' }, both, made],
    [{ kind: 'api-key', place: 'cookie', name: 'sid' }, paths, own],
    [{ kind: 'api-key', place: 'header', name: 'Authorization' }, paths, own],
    [{ kind: 'api-key', place: 'header', name: 'x-api-key' }, paths, undefined],
    [{ kind: 'basic' }, paths, undefined],
    [undefined, paths, own],
    [flow, paths, { username: 'TODO', password: 'TODO' }],
    [flow, both, { register: 'POST /register' }],
    [{ ...flow, tokenUrl: 'https://elsewhere.example/token' }, paths, own],
    [{ kind: 'bearer' }, { '/items': post(['name']) }, undefined],
  ] as const)('%j', (scheme, given, expected) => {
    const { document, operations } = found(given);
    const entry = suggestSignIn(scheme, { document, operations, hasGivenToken: () => false });
    expect(entry).toEqual(expected);
    if (entry !== undefined) expect(authSchema.safeParse({ scheme: entry }).success).toBe(true);
  });
});
