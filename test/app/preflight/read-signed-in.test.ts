import { expect, test } from 'vitest';
import { readSignedIn } from '../../../src/app/preflight/read-signed-in.js';
import type { Api } from '../../../src/app/document/read-api.js';
import { maskFor } from '../../../src/config/redact.js';
import { resolveRunConfig } from '../../../src/config/resolve-run-config.js';
import { headersOf } from '../../../src/model/requests/fetch.js';
import { scenarioSchema } from '../../../src/model/config/scenario.js';
import { fetched } from '../../support/fetched.js';
import { targetAt } from '../../support/targets.js';

const login = {
  post: {
    operationId: 'log_in',
    requestBody: { content: { 'application/json': { schema: { type: 'object' } } } },
  },
};
const items = { get: { operationId: 'list_items' }, post: { operationId: 'make_item' } };
const OPEN = { openapi: '3.1.0', paths: { '/login': login } };
const WHOLE = { openapi: '3.1.0', paths: { '/login': login, '/items': items } };

/** Reads the document of a target that shows the whole of it to those who send the token of its login. */
async function read(scenario: object, status = 200) {
  const asked: string[] = [];
  const notices: string[] = [];
  const config = resolveRunConfig(
    { url: 'http://t' },
    { scenario: scenarioSchema.parse({ name: 'shop', ...scenario }), folder: '/' },
    { freeFiles: null },
  );
  const target = targetAt('http://t', (url, { headers = [], method = 'GET' } = {}) => {
    asked.push(`${method} ${new URL(url).pathname}`);
    if (url.endsWith('/login')) return Promise.resolve(fetched({ token: 'abc' }, status));
    const isSignedIn = headersOf({ headers }, 'authorization')[0] === 'Bearer abc';
    return Promise.resolve(fetched(isSignedIn ? WHOLE : OPEN));
  });
  const api: Api = await readSignedIn({
    config,
    target,
    mask: maskFor(config),
    observe: (event) => event.kind === 'notice' && notices.push(event.message),
    signal: new AbortController().signal,
  });
  return { names: api.operations.map(({ id }) => id), asked, notices };
}

const spec = '/openapi.json';
const auth = { '*': { login: 'POST /login', body: { user: 'me', password: 'secret' } } };

test('a document that shows more after a login is read again, and what is said of the rest of it holds', async () => {
  const operations = { make_item: { headers: { 'x-a': 'b' } } };
  const { names, asked, notices } = await read({ spec, auth, operations });
  expect(names).toEqual(['log_in', 'list_items', 'make_item']);
  expect(asked).toEqual(['GET /openapi.json', 'POST /login', 'GET /openapi.json']);
  expect(notices).toEqual([
    'Signed in, bench reads 3 operations at /openapi.json, of which 1 is shown to all.',
  ]);
});

test('is read once where nobody has to log in, or an account would be made for it', async () => {
  expect(await read({ spec, auth: { '*': { bearer: 'x' } } })).toMatchObject({
    names: ['log_in'],
    notices: [],
  });
  const own = { '*': { login: 'POST /login', register: 'POST /login' } };
  expect((await read({ spec, auth: own })).asked).toEqual(['GET /openapi.json']);
});

test('counts as it is where the login fails', async () => {
  expect(await read({ spec, auth }, 401)).toMatchObject({ names: ['log_in'], notices: [] });
});
