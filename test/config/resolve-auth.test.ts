import { describe, expect, test } from 'vitest';
import { resolveAuth } from '../../src/config/resolve-auth.js';
import { authSchema } from '../../src/model/config/auth.js';

describe('the auth of a scenario', () => {
  test('has its variables filled in, wherever they stand', () => {
    const auth = {
      Key: '${KEY}',
      Flow: { username: '${NAME}', password: 'a-${KEY}-b' },
      Login: { login: 'POST /login', body: { user: '${NAME}', nested: [{ password: '${KEY}' }], n: 5 } },
    };
    const { entries, unresolved, secrets } = resolveAuth(authSchema.parse(auth), {
      KEY: 'hunter',
      NAME: 'me',
    });
    expect(entries).toEqual({
      Key: 'hunter',
      Flow: { username: 'me', password: 'a-hunter-b' },
      Login: { login: 'POST /login', body: { user: 'me', nested: [{ password: 'hunter' }], n: 5 } },
    });
    expect(unresolved).toEqual([]);
    expect(secrets).toEqual(['hunter', 'a-hunter-b']);
  });

  test('names all variables that are missing or empty, with their scheme', () => {
    const auth = { A: '${ONE}:${TWO}', B: { bearer: '${THREE}' }, C: 'fine' };
    expect(resolveAuth(auth, { TWO: '' }).unresolved).toEqual([
      'auth: A needs the variables ONE, TWO, which are not set in the environment',
      'auth: B needs the variable THREE, which is not set in the environment',
    ]);
  });

  test('takes a line end off a variable, and refuses any within', () => {
    expect(resolveAuth({ A: '${KEY}' }, { KEY: 'secret\r\n' }).entries).toEqual({ A: 'secret' });
    const { unresolved } = resolveAuth({ A: '${KEY}' }, { KEY: 'se\ncret', BENCH_AUTH_B: 'a\u0000b' });
    expect(unresolved).toEqual([
      expect.stringMatching(/^auth: A holds a line break/),
      expect.stringMatching(/^BENCH_AUTH_B holds a line break/),
    ]);
    expect(unresolved.join()).not.toContain('cret');
  });

  test('leaves alone what only looks like a variable', () => {
    expect(resolveAuth({ A: '$KEY ${} ${1} $${' }, {}).entries).toEqual({ A: '$KEY ${} ${1} $${' });
  });

  test('knows as secret the password alone, keys of a login by their name, and no names of people', () => {
    const auth = {
      Basic: 'me:pass:word',
      Login: {
        login: 'x',
        body: { email: '${MAIL}', pin: '${PIN}', secret: 'abc', token: 1234, theme: 'dark' },
      },
    };
    const { secrets } = resolveAuth(authSchema.parse(auth), { MAIL: 'a@b', PIN: '77', BENCH_AUTH_X: 'u:v' });
    expect(secrets).toEqual(['me:pass:word', 'pass:word', '77', 'abc', '1234', 'u:v', 'v']);
  });
});

test('variables of the environment that are named for a scheme are kept, others are not', () => {
  expect(resolveAuth({}, { BENCH_AUTH_KEY: 'a', BENCH_AUTH_EMPTY: '', PATH: '/bin' }).environment).toEqual({
    BENCH_AUTH_KEY: 'a',
  });
});

describe('an entry', () => {
  test.each([
    ['a key or token', 'text'],
    ['user and password', { username: 'a', password: 'b', scopes: ['read'] }],
    [
      'a client',
      { clientId: 'a', clientSecret: 'b', clientAuth: 'body', tokenUrl: 'https://a.example/token' },
    ],
    ['a token', { bearer: 'a' }],
    ['a header', { header: 'X-Key', value: 'a', prefix: 'Key ' }],
    [
      'a login',
      { login: 'POST /login', body: { a: 1 }, token: '/a/b', as: { query: 'token' }, refresh: '10m' },
    ],
  ])('may be %s', (_, entry) => {
    expect(authSchema.safeParse({ A: entry }).success).toBe(true);
  });

  test.each([
    ['an empty text', ''],
    ['a number', 5],
    ['no password', { username: 'a' }],
    ['two places', { header: 'a', query: 'b', value: 'c' }],
    ['no place', { value: 'c' }],
    ['a header that is none', { header: 'a b', value: 'c' }],
    ['a pointer that is none', { login: 'x', token: 'token' }],
    ['a duration that is none', { login: 'x', refresh: '10' }],
    ['a misspelt key', { bearer: 'a', prefx: 'b' }],
  ])('may not have %s', (_, entry) => {
    expect(authSchema.safeParse({ A: entry }).success).toBe(false);
  });
});
