import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { remedyFor, type AskedOperation } from '../../../src/analyze/preflight/remedy-for.js';
import { authSchema } from '../../../src/model/config/auth.js';
import type { PreflightResult, PreflightState } from '../../../src/model/results/preflight.js';

const item = { id: 'get_item', method: 'GET', path: '/items/{item_id}' };
const none: AskedOperation = {
  pathNames: [],
  openIds: [],
  maker: null,
  makerSchemes: [],
  schemes: [],
  isSignedIn: false,
  hasSchemesElsewhere: false,
  signsInFor: [],
  signInForAll: null,
  isKnownKey: () => true,
  serialCandidates: () => ({ given: {}, open: {} }),
};

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
    const openIds = [{ name: 'item_id', isTelling: false, isNumber: true }];
    const schemes = ['ApiKey', 'my-key'].map((name) => ({ name, signIn: null, key: null }));
    const known = { ...none, pathNames: ['item_id'], openIds, schemes };
    expect(remedyFor(result(state, changes), known)).toBe(expected);
  });

  const missing = result('missing-test-data', { status: 404, reason: 'none' });

  test('ids that the API makes itself is a set-up', () => {
    const known = {
      ...none,
      openIds: [{ name: 'id', isTelling: false, isNumber: true }],
      maker: 'POST /items',
    };
    expect(remedyFor(missing, known)).toBe('setup:\n  - POST /items # ids come from what it makes');
  });

  const login = { login: 'POST /login', body: { email: 'TODO', password: 'TODO' } };

  test('a scheme that the document has a login for is the login', () => {
    const schemes = [
      { name: 'jwt', signIn: login, key: null },
      { name: 'tenant', signIn: null, key: 'x-tenant-id' },
    ];
    const remedy = remedyFor(result('missing-auth', { status: 401 }), { ...none, schemes });
    expect(remedy).toBe(
      'auth:\n  jwt: { login: POST /login, body: { email: TODO, password: TODO } }\n  tenant: ${BENCH_AUTH_TENANT}',
    );
    expect(authSchema.parse((parse(remedy!) as { auth: object }).auth)).toEqual({
      jwt: login,
      tenant: '${BENCH_AUTH_TENANT}',
    });
    const signedIn = { ...none, schemes, isSignedIn: true };
    expect(remedyFor(result('missing-auth', { status: 403, reason: 'admins only' }), signedIn)).toBe(
      'exclude:\n  - GET /items/{item_id} # admins only',
    );
  });

  test('what names no scheme, and is refused all the same, is the login for all operations', () => {
    const known = { ...none, signInForAll: login };
    expect(remedyFor(result('missing-auth', { status: 401 }), known)).toMatch(
      /^auth:\n {2}"\*": \{ login: POST/,
    );
    expect(remedyFor(result('missing-auth', { status: 403 }), known)).toMatch(/^exclude:/);
  });

  test('a login that is refused, and ids that only a refused POST could make, is to sign in', () => {
    const jwt = { name: 'jwt', signIn: login, key: null };
    const expected = /^auth:\n {2}jwt: \{ login/;
    expect(remedyFor(result('validation'), { ...none, signsInFor: [jwt] })).toMatch(expected);
    const openIds = [{ name: 'id', isTelling: true, isNumber: true }];
    expect(remedyFor(missing, { ...none, openIds, makerSchemes: [jwt] })).toMatch(expected);
  });

  test('a complaint that names the key of a scheme is that scheme', () => {
    const schemes = [{ name: 'tenant', signIn: null, key: 'X-Tenant-Id' }];
    const complaint = result('validation', { reason: "headers must have required property 'x-tenant-id'" });
    expect(remedyFor(complaint, { ...none, schemes })).toBe('auth:\n  tenant: ${BENCH_AUTH_TENANT}');
  });

  test.each<[number, string, string[], string]>([
    [409, 'email a@b.example is taken', [], 'email'],
    [400, 'username already exists', [], 'username'],
    [422, 'has already been taken', ['slug'], 'slug'],
  ])(
    '%s %s is a number of its own where the user gives the value, else a row',
    (status, reason, fields, name) => {
      const rules = { 'body.email': 'a{n}@b.co', 'body.username': 'ann{n}', 'body.slug': 'slug{n:6}' };
      const key = `body.${name}` as keyof typeof rules;
      const refused = result('validation', { status, reason, fields });
      const given = remedyFor(refused, { ...none, serialCandidates: () => ({ given: rules, open: {} }) });
      const open = remedyFor(refused, { ...none, serialCandidates: () => ({ given: {}, open: rules }) });
      expect(given).toBe(
        `operations:\n  GET /items/{item_id}: { values: { ${key}: "${rules[key]}" } } # a number of its own in each request`,
      );
      expect(open).toBe(
        `operations:\n  GET /items/{item_id}: { data: { file: rows.csv, order: unique } } # a CSV file with a column ${key}: one row for each request`,
      );
      for (const text of [given, open]) expect(parse(text!)).toBeTruthy();
    },
  );

  test.each([412, 428])('%i is left out: each request would need another ETag', (status) => {
    const text = remedyFor(result('validation', { status }), none);
    expect(parse(text!)).toEqual({ exclude: ['GET /items/{item_id}'] });
  });

  test('a 403 that speaks of forged requests is the token against them', () => {
    const forbidden = result('missing-auth', { status: 403, reason: 'CSRF token verification failed' });
    const signsInFor = [{ name: 'jwt', signIn: login, key: null }];
    expect(parse(remedyFor(forbidden, { ...none, signsInFor })!)).toEqual({
      csrf: { cookie: 'csrftoken', header: 'x-csrftoken' },
    });
  });

  test('ids that mean one thing everywhere is said once for all operations', () => {
    const openIds = ['tenant', 'user_id'].map((name) => ({
      name,
      isTelling: true,
      isNumber: name === 'user_id',
    }));
    expect(remedyFor(missing, { ...none, openIds })).toBe(
      'values:\n  path.tenant: TODO # one that exists\n  path.user_id: 1 # one that exists',
    );
  });

  test('a 404 whose ids are all known, and refusals that no scheme opens, is to leave the operation out', () => {
    expect(remedyFor(missing, none)).toBe('exclude:\n  - GET /items/{item_id} # none');
    const forbidden = result('missing-auth', { status: 403, reason: 'switched off' });
    expect(remedyFor(forbidden, none)).toBe('exclude:\n  - GET /items/{item_id} # switched off');
    const refused = result('missing-auth', { status: 401, reason: 'wrong password' });
    expect(remedyFor(refused, { ...none, hasSchemesElsewhere: true })).toMatch(/^exclude:/);
    expect(remedyFor(refused, none)).toBe('headers:\n  authorization: Bearer TOKEN');
  });

  test('a complaint about nothing that the document knows names no field', () => {
    const complaint = result('validation', { fields: ['body.0.function-after[x]'], reason: 'no' });
    expect(remedyFor(complaint, { ...none, isKnownKey: () => false })).toBe(
      'exclude:\n  - GET /items/{item_id} # or say what it accepts: no',
    );
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
