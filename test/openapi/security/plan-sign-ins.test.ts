import { describe, expect, test } from 'vitest';
import type { AuthConfig } from '../../../src/model/config/auth.js';
import { authSchema } from '../../../src/model/config/auth.js';
import type { SecurityScheme } from '../../../src/openapi/document/described-operation.js';
import { variableOf } from '../../../src/model/config/auth.js';
import { planSignIns, type SignInPlans } from '../../../src/openapi/security/plan-sign-ins.js';
import { standInFor } from '../../../src/openapi/security/sign-in-plan.js';

const SCHEMES = {
  Key: { kind: 'api-key', place: 'header', name: 'X-Key' },
  Query: { kind: 'api-key', place: 'query', name: 'key' },
  Cookie: { kind: 'api-key', place: 'cookie', name: 'sid' },
  Authorization: { kind: 'api-key', place: 'header', name: 'Authorization' },
  Basic: { kind: 'basic' },
  Bearer: { kind: 'bearer' },
  Password: { kind: 'oauth2', tokenUrl: 'token', flows: ['password'] },
  Client: { kind: 'oauth2', tokenUrl: '/token', flows: ['client-credentials'] },
  Code: { kind: 'oauth2', tokenUrl: null, flows: ['other'] },
  OpenId: { kind: 'other', name: 'openIdConnect' },
  Tls: { kind: 'other', name: 'mutualTLS' },
} satisfies Record<string, SecurityScheme>;

function plans(entries: object, environment: AuthConfig['environment'] = {}, schemes = SCHEMES): SignInPlans {
  return planSignIns(
    { entries: authSchema.parse(entries), environment, unresolved: [], secrets: [] },
    schemes,
  );
}

function only({ schemes, problems }: SignInPlans) {
  expect(problems).toEqual([]);
  expect(schemes).toHaveLength(1);
  return schemes[0]!;
}

const header = (value: string, name = 'authorization') => ({ place: 'header', name, value });

describe('a secret as text goes where the scheme says', () => {
  test.each([
    ['Key', 'abc', header('abc', 'X-Key')],
    ['Authorization', 'abc', header('Bearer abc', 'Authorization')],
    ['Authorization', 'Token abc', header('Token abc', 'Authorization')],
    ['Query', 'a b', { place: 'query', name: 'key', value: 'a b' }],
    ['Cookie', 'abc', { place: 'cookie', name: 'sid', value: 'abc' }],
    ['Basic', 'me:pass:word', header('Basic bWU6cGFzczp3b3Jk')],
    ['Bearer', 'abc', header('Bearer abc')],
    ['Bearer', 'Bearer abc', header('Bearer abc')],
    ['Password', 'token', header('Bearer token')],
    ['Code', 'token', header('Bearer token')],
    ['OpenId', 'token', header('Bearer token')],
  ])('%s: %s', (scheme, text, credential) => {
    for (const all of [plans({ [scheme]: text }), plans({}, { [variableOf(scheme)]: text })]) {
      expect(only(all)).toMatchObject({ scheme, plan: { kind: 'ready', credential } });
    }
  });

  test('of a flow with a token URL is a user, or a client, with its secret', () => {
    expect(only(plans({}, { BENCH_AUTH_PASSWORD: 'me:pa:ss' })).plan).toMatchObject({
      kind: 'oauth2',
      form: { grant_type: 'password', username: 'me', password: 'pa:ss' },
      client: null,
      tokenUrl: 'token',
    });
    expect(only(plans({}, { BENCH_AUTH_CLIENT: 'app:secret' })).plan).toMatchObject({
      form: { grant_type: 'client_credentials' },
      client: { id: 'app', secret: 'secret' },
    });
  });
});

describe('an entry with keys', () => {
  test.each<[string, object, object]>([
    ['Basic', { username: 'a', password: 'b' }, { credential: header('Basic YTpi') }],
    ['Key', { bearer: 'abc' }, { credential: header('Bearer abc') }],
    ['Tls', { header: 'X-Cert', value: 'abc', prefix: 'v1 ' }, { credential: header('v1 abc', 'X-Cert') }],
    ['Code', { username: 'a', password: 'b', tokenUrl: '/t' }, { tokenUrl: '/t', isTokenUrlOwn: true }],
    ['Bearer', { username: 'a', password: 'b', tokenUrl: '/t' }, { kind: 'oauth2' }],
    ['Password', { username: 'a', password: 'b', scopes: ['x', 'y'] }, { form: { scope: 'x y' } }],
    ['Client', { clientId: 'a', clientSecret: 'b', clientAuth: 'body' }, { clientAuth: ['body'] }],
    ['Client', { clientId: 'a', clientSecret: 'b', refresh: '2m' }, { refreshMs: 120_000 }],
    [
      'Key',
      { login: 'x' },
      { kind: 'login', as: { place: 'header', name: 'X-Key', prefix: '' }, cookie: null },
    ],
    ['Cookie', { login: 'x' }, { as: { place: 'cookie', name: 'sid' }, cookie: 'sid' }],
    ['Bearer', { login: 'x' }, { as: { name: 'authorization', prefix: 'Bearer ' } }],
    ['Bearer', { login: 'x', as: { query: 't' } }, { as: { place: 'query', name: 't', prefix: '' } }],
  ])('%s %j', (scheme, entry, plan) => {
    expect(only(plans({ [scheme]: entry })).plan).toMatchObject(plan);
  });

  test.each<[string, unknown, RegExp]>([
    ['Basic', 'no-colon', /^auth: Basic: expected user:password$/],
    ['Key', { username: 'a', password: 'b' }, /do not fit an API key; expected the key as text/],
    ['Bearer', { clientId: 'a', clientSecret: 'b' }, /a client and its secret do not fit a bearer token/],
    ['Code', { username: 'a', password: 'b' }, /gives no token URL.*tokenUrl:/],
    ['Tls', 'abc', /mutualTLS is a kind of security that bench cannot do/],
    ['Basic', { username: 'a:b', password: 'c' }, /cannot hold a colon/],
    ['Key', 'snow ☃', /characters that no header can carry/],
  ])('that does not fit is a problem: %s %j', (scheme, entry, problem) => {
    expect(plans({ [scheme]: entry })).toMatchObject({
      schemes: [],
      problems: [expect.stringMatching(problem)],
    });
  });
});

describe('names', () => {
  test('are found whatever their case, unless the document tells two apart by it', () => {
    expect(only(plans({ BEARER: 'abc' })).scheme).toBe('Bearer');
    const both = { key: SCHEMES.Key, KEY: SCHEMES.Query } as unknown as typeof SCHEMES;
    expect(only(plans({ KEY: 'abc' }, {}, both)).plan).toMatchObject({ credential: { place: 'query' } });
  });

  test('that the document does not have are problems, all of them, with the nearest', () => {
    expect(plans({ Bearr: 'a', constructor: 'b' }).problems).toEqual([
      'auth: Bearr is no security scheme of the document; did you mean Bearer?',
      expect.stringMatching(/^auth: constructor is no security scheme of the document; it names Key, Query/),
    ]);
  });

  test('do not matter where the document has none, as long as the entry says how it is sent', () => {
    const none = {} as typeof SCHEMES;
    expect(only(plans({ any: { header: 'X-Key', value: 'a' } }, {}, none)).scheme).toBe('*');
    expect(plans({ any: 'text' }, {}, none).problems).toEqual([
      expect.stringMatching(/expected how to send it/),
    ]);
  });

  test('a star is every operation', () => {
    expect(only(plans({ '*': { bearer: 'a' } })).scheme).toBe('*');
  });

  test('of variables are the scheme in capitals; the scenario outranks them, and strangers are told', () => {
    expect(variableOf('My-scheme.v2')).toBe('BENCH_AUTH_MY_SCHEME_V2');
    const all = plans({ Bearer: 'a' }, { BENCH_AUTH_BEARER: 'b', BENCH_AUTH_OTHER: 'c' });
    expect(only(all).source).toBe('auth: Bearer');
    expect(all.notices).toEqual([expect.stringMatching(/^BENCH_AUTH_OTHER is set, but .*BENCH_AUTH_KEY/)]);
  });
});

test('what stands in for a credential keeps all but the secret', () => {
  const shown = (entry: object) => standInFor(only(plans(entry)).plan, '…').value;
  expect(shown({ Basic: 'a:b' })).toBe('Basic …');
  expect(shown({ Key: 'abc' })).toBe('…');
  expect(shown({ Password: 'a:b' })).toBe('Bearer …');
  expect(shown({ Tls: { header: 'X', value: 'abc', prefix: 'v1 ' } })).toBe('v1 …');
});
