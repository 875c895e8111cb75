import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { Access } from '../../../src/app/access/access.js';
import { withCredentials } from '../../../src/app/document/place-credentials.js';
import { readApi, type Api } from '../../../src/app/document/read-api.js';
import type { RunEvent } from '../../../src/model/live/run-events.js';
import { resolveRunConfig } from '../../../src/config/resolve-run-config.js';
import { maskFor } from '../../../src/config/redact.js';
import { scenarioSchema } from '../../../src/model/config/scenario.js';
import { GUARDED_DOCUMENT, Guards, SECRETS, TOKENS } from '../../fixtures/servers/lib/guards.js';
import { userErrorOf } from '../../support/caught.js';
import { FakeClock } from '../../support/fake-clock.js';
import { fetchElsewhere } from '../../../src/load/transport/fetch-through.js';
import { fetched } from '../../support/fetched.js';
import { targetAt } from '../../support/targets.js';

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

async function serverOf(handler: Handler): Promise<string> {
  const server = createServer(handler);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

interface Signing {
  readonly auth: object;
  readonly env?: Record<string, string>;
  readonly document?: object;
  readonly headers?: Record<string, string>;
  readonly csrf?: object;
}

/** An access to the server at this address, with what it notices. */
async function accessTo(
  origin: string,
  { auth, env = {}, document = GUARDED_DOCUMENT, headers = {}, csrf }: Signing,
) {
  const clock = new FakeClock();
  const notices: string[] = [];
  const observe = (event: RunEvent): void => {
    if (event.kind === 'notice') notices.push(event.message);
  };
  const scenario = scenarioSchema.parse({ name: 'a', start: { command: 'serve' }, auth, headers, csrf });
  const machine = { freeFiles: null, environment: env };
  const config = {
    ...resolveRunConfig({}, { scenario, folder: '/' }, machine),
    spec: `${origin}/openapi.json`,
  };
  const mask = maskFor(config);
  const { signal } = new AbortController();
  const target = targetAt(origin, (url, options) =>
    url === config.spec ? Promise.resolve(fetched(document)) : fetchElsewhere(url, options),
  );
  const api = await readApi(config, target, { observe, signal });
  const access = new Access({ config, clock, mask, observe, signal });
  const signIn = (used: Api['operations'] = api.selected): Promise<void> => access.signIn(api, target, used);
  return { access, api, clock, mask, notices, signIn };
}

async function guards() {
  const all = new Guards();
  const origin = await serverOf((request, response) => {
    all.answer(request).then(
      ({ status, body, headers }) => response.writeHead(status, headers).end(JSON.stringify(body)),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  return { origin, asked: all.asked };
}

const body = { user: 'me', password: SECRETS.loginPassword };
const ALL = {
  HeaderKey: SECRETS.headerKey,
  QueryKey: SECRETS.queryKey,
  CookieKey: SECRETS.cookieKey,
  Basic: { username: 'me', password: SECRETS.basicPassword },
  Bearer: SECRETS.bearer,
  PasswordFlow: { username: 'me', password: SECRETS.userPassword },
  ClientFlow: { clientId: 'app', clientSecret: SECRETS.clientSecret },
  Login: { login: 'POST /login', body },
  Session: { login: 'POST /form-login', encoding: 'form', body },
};

describe('every guard', () => {
  test('lets the credentials of its operation through, and them alone', async () => {
    const { origin } = await guards();
    const { access, api, signIn, mask, notices } = await accessTo(origin, { auth: ALL });
    await signIn();
    for (const operation of api.operations) {
      const request = { url: origin + operation.path, headers: {} };
      const { credentials, problems } = access.credentialsOf(operation);
      const { url, headers } = withCredentials(request, credentials);
      expect([operation.id, (await fetch(url, { headers })).status, problems]).toEqual([
        operation.id,
        200,
        [],
      ]);
      const without = (await fetch(request.url)).status;
      expect([operation.id, without]).toEqual([operation.id, operation.id === 'open' ? 200 : 401]);
    }
    const secrets = [...Object.values(SECRETS), ...Object.values(TOKENS)];
    expect(mask.text(secrets.join(' '))).toBe(secrets.map(() => '<redacted>').join(' '));
    expect(notices).toEqual([]);
  });

  test('is left alone when no operation that is used stands behind it', async () => {
    const { origin, asked } = await guards();
    const { api, signIn } = await accessTo(origin, { auth: ALL });
    await signIn(api.operations.filter(({ id }) => id === 'by-login'));
    expect(asked).toEqual(['POST /login']);
  });

  test('without its credentials is named once, with the number of operations', async () => {
    const { origin } = await guards();
    const { signIn, notices } = await accessTo(origin, { auth: { HeaderKey: 'a' } });
    await signIn();
    await signIn();
    expect(notices.filter((notice) => /\bBearer\b/.test(notice))).toEqual([
      '1 operation: needs Bearer, which is not configured: set BENCH_AUTH_BEARER or auth: in the scenario file.',
    ]);
    expect(notices).toHaveLength(8);
  });
});

/** A server whose tokens are numbered, which last as long as it says. */
async function numberedTokens(answer: (number: number) => object): Promise<string> {
  let number = 0;
  return serverOf((_, response) => {
    number += 1;
    response.end(JSON.stringify({ access_token: `token-number-${number}`, ...answer(number) }));
  });
}

describe('a token', () => {
  const auth = { PasswordFlow: ALL.PasswordFlow };

  async function signedIn(answer: (number: number) => object, entry: object = ALL.PasswordFlow) {
    const origin = await numberedTokens(answer);
    const one = await accessTo(origin, { auth: { PasswordFlow: entry } });
    await one.signIn();
    one.notices.splice(0);
    const [operation] = one.api.operations.filter(({ id }) => id === 'by-password');
    const token = (): string | undefined => one.access.credentialsOf(operation!).credentials[0]?.value;
    return { ...one, token };
  }

  test('is renewed when it would end in the next cell, and not before', async () => {
    const { access, clock, token, notices } = await signedIn(() => ({ expires_in: 60 }));
    expect(await access.renewFor(30_000)).toBe(false);
    clock.advanceMs(40_000);
    expect(token()).toBe('Bearer token-number-1');
    expect(await access.renewFor(30_000)).toBe(true);
    expect(token()).toBe('Bearer token-number-2');
    expect(notices).toEqual([]);
  });

  test('is renewed as the user says, where the server does not', async () => {
    const { access, clock, token } = await signedIn(() => ({}), { ...ALL.PasswordFlow, refresh: '1m' });
    clock.advanceMs(50_000);
    expect(await access.renewFor(10_000)).toBe(true);
    expect(token()).toBe('Bearer token-number-2');
    expect(await access.renewFor(10_000)).toBe(false);
  });

  test('of unknown end is kept', async () => {
    const { access, clock } = await signedIn(() => ({}));
    clock.advanceMs(86_400_000);
    expect(await access.renewFor(86_400_000)).toBe(false);
  });

  test('that lasts no cell is said to be so, once', async () => {
    const { access, notices } = await signedIn(() => ({ expires_in: 30 }));
    expect([await access.renewFor(60_000), await access.renewFor(60_000)]).toEqual([true, true]);
    expect(notices).toEqual([
      'The token for PasswordFlow lasts 30s, but a cell 1m 00s: requests at its end may be refused.',
    ]);
  });

  test('of the user that ends is said to end, since nobody can renew it', async () => {
    const endsAt = Math.floor(new FakeClock().unixMs() / 1000) + 60;
    const claims = Buffer.from(JSON.stringify({ exp: endsAt })).toString('base64url');
    const { access, notices, signIn } = await accessTo(await numberedTokens(() => ({})), {
      auth: { Bearer: `eyJh.${claims}.c2ln` },
    });
    await signIn();
    notices.splice(0);
    expect(await access.renewFor(10_000)).toBe(false);
    expect(notices).toEqual([]);
    expect(await access.renewFor(90_000)).toBe(false);
    expect(notices).toEqual([expect.stringMatching(/^The token for Bearer \(auth: Bearer\) ends before/)]);
  });

  test('is not asked for on another host that only the document names', async () => {
    const elsewhere = await numberedTokens(() => ({}));
    const document = structuredClone(GUARDED_DOCUMENT);
    document.components.securitySchemes.PasswordFlow.flows.password.tokenUrl = `${elsewhere}/token`;
    const { origin, asked } = await guards();
    const refused = await userErrorOf((await accessTo(origin, { auth, document })).signIn);
    expect(refused).toMatchObject({
      fault: 'usage',
      message: expect.stringContaining(new URL(elsewhere).host),
    });
    expect(asked).toEqual([]);
    const trusting = { PasswordFlow: { ...ALL.PasswordFlow, tokenUrl: `${elsewhere}/token` } };
    const { access, api, signIn } = await accessTo(origin, { auth: trusting, document });
    await signIn();
    const [operation] = api.operations.filter(({ id }) => id === 'by-password');
    expect(access.credentialsOf(operation!).credentials[0]?.value).toBe('Bearer token-number-1');
  });

  test('is not asked for where a redirect leads', async () => {
    const origin = await serverOf((_, response) =>
      response.writeHead(307, { location: 'http://a.example/' }).end(),
    );
    const error = await userErrorOf((await accessTo(origin, { auth })).signIn);
    expect(error.message).toMatch(
      /Signing in for PasswordFlow failed: POST .*\/token was answered with status 307/,
    );
  });
});

describe('a sign-in that fails is an error of the run', () => {
  const login = { Login: { ...ALL.Login, body: { password: 'a-password' } } };

  test.each<[string, Handler, RegExp, RegExp]>([
    [
      'with what the server says, cut and without secrets',
      (_, response) => response.writeHead(500).end(`\u001b[2Jno a-password ${'x'.repeat(2000)}`),
      /was answered with status 500/,
      /^It says: \[2Jno <redacted> x{470,490}\nCheck its login/,
    ],
    [
      'without a token, with the names in the answer',
      (_, response) => response.end('{"result":{"key":"a"},"ok":true}'),
      /status 200, but without a token or a cookie/,
      /The answer has: result, ok\. Say where the token is with token: \/its\/place at auth: Login/,
    ],
    [
      'without an answer',
      (request) => request.socket.destroy(),
      /gave no answer: /,
      /Check its login and body at auth: Login/,
    ],
  ])('%s', async (_, handler, message, hint) => {
    const error = await userErrorOf((await accessTo(await serverOf(handler), { auth: login })).signIn);
    expect(error.fault).toBe('run');
    expect(error.message).toMatch(message);
    expect(error.hint).toMatch(hint);
  });
});

describe('a login', () => {
  test('sends the key that its own operation needs, and what goes with every request', async () => {
    const seen: unknown[] = [];
    const origin = await serverOf((request, response) => {
      seen.push([request.headers['x-api-key'], request.headers['x-trace'], request.headers['content-type']]);
      response.end('"token-alone"');
    });
    const document = {
      ...GUARDED_DOCUMENT,
      paths: {
        '/login': { post: { operationId: 'log_in', security: [{ HeaderKey: [] }] } },
        '/a': { get: { operationId: 'a', security: [{ Bearer: [], HeaderKey: [] }] } },
      },
    };
    const auth = { Bearer: { login: 'log_in', body: { a: 1 } }, HeaderKey: 'the-key' };
    const { access, api, signIn } = await accessTo(origin, { auth, document, headers: { 'X-Trace': '1' } });
    await signIn();
    expect(seen).toEqual([['the-key', '1', 'application/json']]);
    expect(access.credentialsOf(api.operations[1]!).credentials.map(({ value }) => value)).toEqual([
      'Bearer token-alone',
      'the-key',
    ]);
  });

  test('that no operation matches is refused when the document is read', async () => {
    const { origin } = await guards();
    const error = await userErrorOf(() => accessTo(origin, { auth: { Login: { login: 'by-lgin' } } }));
    expect(error.message).toBe('auth: Login: no operation matches by-lgin; did you mean by-login?');
  });
});

test('a document that is refused is asked for again with what is configured', async () => {
  const seen: (string | undefined)[] = [];
  const origin = await serverOf((request, response) => {
    seen.push(request.headers.authorization);
    const isRight = request.headers.authorization === 'Bearer second' && request.headers['x-key'] === 'key';
    response.writeHead(isRight ? 200 : 403).end(isRight ? JSON.stringify(GUARDED_DOCUMENT) : '');
  });
  const auth = { Bearer: 'first', PasswordFlow: 'second', HeaderKey: { header: 'X-Key', value: 'key' } };
  const scenario = scenarioSchema.parse({ name: 'a', start: { command: 'serve' }, auth });
  const config = resolveRunConfig({}, { scenario, folder: '/' }, { freeFiles: null });
  const { signal } = new AbortController();
  const api = await readApi({ ...config, spec: `${origin}/openapi.json` }, targetAt(origin, fetchElsewhere), {
    observe: () => {},
    signal,
  });
  expect(api.operations).toHaveLength(11);
  expect(seen).toEqual([undefined, 'Bearer first', 'Bearer second']);
});

/** Makes accounts, signs them in, and wants the newest session with `/a`. */
async function registering() {
  const users = new Map<unknown, unknown>();
  const bodies: Record<string, unknown>[] = [];
  const origin = await serverOf((request, response) => {
    let text = '';
    request.on('data', (piece) => (text += String(piece)));
    request.on('end', () => {
      const body = Object.fromEntries(
        text.startsWith('{') ? Object.entries(JSON.parse(text) as object) : new URLSearchParams(text),
      ) as Record<string, unknown>;
      bodies.push({ path: request.url, ...body });
      const { email, username, password } = body;
      if (request.url === '/register') {
        const isTaken = users.has(email);
        users.set(email, isTaken ? users.get(email) : password);
        return response.writeHead(isTaken ? 409 : 201).end('{}');
      }
      const isRight = users.get(email ?? username) === password;
      return response
        .writeHead(isRight ? 200 : 401)
        .end(JSON.stringify({ token: isRight ? 't' : undefined }));
    });
  });
  return { origin, bodies };
}

describe('an account of its own', () => {
  const text = { type: 'string' };
  const form = (names: readonly string[], media = 'application/json') => ({
    requestBody: {
      required: true,
      content: {
        [media]: {
          schema: {
            type: 'object',
            required: names,
            properties: Object.fromEntries(names.map((name) => [name, text])),
          },
        },
      },
    },
  });
  const paths = {
    '/register': { post: form(['email', 'password', 'confirmPassword']) },
    '/login': { post: form(['email', 'password']) },
    '/token': { post: form(['username', 'password'], 'application/x-www-form-urlencoded') },
    '/a': { get: { operationId: 'a', security: [{ Bearer: [] }] } },
    '/b': { get: { operationId: 'b', security: [{ PasswordFlow: [] }] } },
  };
  const document = { ...GUARDED_DOCUMENT, paths };

  test('is made before signing in, and the login is sent the same in the load', async () => {
    const { origin, bodies } = await registering();
    const auth = { Bearer: { login: 'POST /login', register: 'POST /register' } };
    const { access, api, mask, notices, signIn } = await accessTo(origin, { auth, document });
    await signIn();
    const [made, login] = bodies;
    expect(made).toMatchObject({ path: '/register', confirmPassword: made!['password'] });
    expect(made!['email']).toMatch(/^bench-[0-9a-f]{10}@example\.com$/);
    expect(login).toEqual({ path: '/login', email: made!['email'], password: made!['password'] });
    expect(mask.text(`it is ${String(made!['password'])}`)).toBe('it is <redacted>');
    const values = {
      'body.email': made!['email'],
      'body.password': made!['password'],
    };
    expect(access.valuesFor(api.operations[1]!)).toEqual(values);
    expect(access.valuesFor(api.operations[0]!)).toEqual({});
    await access.signInAgain();
    expect(bodies.map(({ path }) => path)).toEqual(['/register', '/login', '/login']);
    expect(notices[0]).toBe('Made an account with POST /register, to sign in for auth: Bearer.');
  });

  test('is the one that the user wants, which may be there already', async () => {
    const { origin, bodies } = await registering();
    const body = { email: 'a@b.example', password: 'a-password' };
    const auth = { Bearer: { login: 'POST /login', body, register: 'POST /register' } };
    const { signIn } = await accessTo(origin, { auth, document });
    await signIn();
    await signIn();
    expect(bodies.map(({ path, email }) => [path, email])).toEqual(
      ['/register', '/login', '/register', '/login'].map((path) => [path, 'a@b.example']),
    );
  });

  test('signs in to the password flow under its address', async () => {
    const { origin, bodies } = await registering();
    const auth = { PasswordFlow: { register: 'POST /register', tokenUrl: '/token' } };
    const { access, api, signIn } = await accessTo(origin, { auth, document });
    await signIn();
    expect(bodies[1]).toMatchObject({ path: '/token', username: bodies[0]!['email'] });
    expect(access.valuesFor(api.operations[2]!)).toMatchObject({ 'body.username': bodies[0]!['email'] });
  });

  test('that nothing can make is refused with the operation that was meant', async () => {
    const { origin } = await registering();
    const auth = { Bearer: { login: 'POST /login', register: 'POST /sign-up' } };
    const error = await userErrorOf((await accessTo(origin, { auth, document })).signIn);
    expect(error.message).toBe(
      'auth: Bearer: register: POST /sign-up is no operation of the document; did you mean POST /register?',
    );
  });

  test('is not the business of what is sent before logins', async () => {
    const { origin, bodies } = await registering();
    const auth = { Bearer: { login: 'POST /login', register: 'POST /register' } };
    const { access, api } = await accessTo(origin, { auth, document });
    await access.signIn(api, targetAt(origin, fetchElsewhere), api.operations, () => {
      bodies.push({ path: 'set-up' });
      return Promise.resolve();
    });
    expect(bodies.map(({ path }) => path)).toEqual(['set-up', '/register', '/login']);
  });
});

test('a token against forged requests is fetched, and goes with every request in both places', async () => {
  const origin = await serverOf((_, response) =>
    response.writeHead(200, { 'set-cookie': 'csrftoken=a%3D; Path=/' }).end(),
  );
  const csrf = { cookie: 'csrftoken', header: 'X-CSRFToken' };
  const { access, api, signIn } = await accessTo(origin, { auth: {}, csrf });
  await signIn();
  expect(access.credentialsOf(api.operations[0]!).credentials).toEqual([
    { place: 'cookie', name: 'csrftoken', value: 'a%3D' },
    { place: 'header', name: 'X-CSRFToken', value: 'a=' },
  ]);
});

test('what would end the session is left out where it is sent credentials, and said', async () => {
  const bearer = { security: [{ Bearer: [] }] };
  const paths = {
    '/a': { get: { operationId: 'a', ...bearer } },
    '/logout': { post: { operationId: 'out', ...bearer } },
    '/open/logout': { post: { operationId: 'open' } },
  };
  const document = { ...GUARDED_DOCUMENT, paths };
  const { api, notices } = await accessTo('http://a.example', { auth: { Bearer: 'token' }, document });
  expect(api.selected.map(({ id }) => id)).toEqual(['a', 'open']);
  expect(notices).toEqual([
    "Left out, since they may end the session of bench: POST /logout. --include 'METHOD /path' sends one all the same.",
  ]);
  const open = await accessTo('http://a.example', { auth: {}, document });
  expect(open.api.selected).toHaveLength(3);
  const asLogin = { Bearer: { login: 'POST /logout' } };
  expect((await accessTo('http://a.example', { auth: asLogin, document })).api.selected).toHaveLength(3);
});
