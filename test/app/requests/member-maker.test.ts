import { describe, expect, test } from 'vitest';
import { Adjustments } from '../../../src/app/requests/adjustments.js';
import { followChains } from '../../../src/app/requests/follow-chains.js';
import { buildSelected } from '../../../src/app/requests/build-requests.js';
import type { Api } from '../../../src/app/document/read-api.js';
import type { Observer } from '../../../src/model/live/run-events.js';
import { resolveRunConfig } from '../../../src/config/resolve-run-config.js';
import { SecretMask } from '../../../src/config/secret-mask.js';
import type { Fetched } from '../../../src/model/requests/fetch.js';
import { scenarioSchema } from '../../../src/model/config/scenario.js';
import { describeApi } from '../../../src/openapi/document/describe-api.js';
import { fetched } from '../../support/fetched.js';
import { targetAt } from '../../support/targets.js';

const id = (name: string): object => ({ name, in: 'path', required: true, schema: { type: 'integer' } });
const body = {
  content: {
    'application/json': {
      schema: { type: 'object', required: ['name'], properties: { name: { type: 'string' } } },
    },
  },
};
const PATHS = {
  '/users': { get: {}, post: { requestBody: body } },
  '/users/{id}': { parameters: [id('id')], get: {}, put: { requestBody: body }, delete: {} },
  '/users/{user_id}/orders': { parameters: [id('user_id')], get: {}, post: { requestBody: body } },
  '/users/{user_id}/orders/{order_id}': {
    parameters: [id('user_id'), id('order_id')],
    get: {},
    delete: {},
  },
};

type Answer = (method: string, path: string, sent: unknown) => Fetched | undefined;

/** What a load of these paths is, at a target that keeps nothing but counts what it makes, and what it was asked. */
async function loadOf(paths: object, answer: Answer, ownMembers = 3) {
  const document = { openapi: '3.0.0', paths };
  const described = describeApi(document);
  const api: Api = {
    ...described,
    ...{ document, spec: '/openapi.json', selected: described.operations },
    signIns: { schemes: [], problems: [], notices: [] },
    weights: new Map(),
    rules: new Map(described.operations.map((one) => [one, { values: {}, headers: {} }])),
  };
  const asked: string[] = [];
  const notices: string[] = [];
  const target = targetAt('http://t', (url, { method = 'GET', body: sent } = {}) => {
    const { pathname } = new URL(url);
    asked.push(`${method} ${pathname}${typeof sent === 'string' ? ` ${sent}` : ''}`);
    return Promise.resolve(answer(method, pathname, sent) ?? fetched([]));
  });
  const scenario = scenarioSchema.parse({ name: 'shop', variants: 2 });
  const config = resolveRunConfig({ url: 'http://t' }, { scenario, folder: '/shop' }, { freeFiles: null });
  const adjustments = new Adjustments(config);
  const access = { credentialsOf: () => ({ credentials: [], problems: [] }), valuesFor: () => ({}) };
  const observe: Observer = (event) => event.kind === 'notice' && notices.push(event.message);
  const chained = await followChains(
    {
      ...{ config, api, access, adjustments, target, ownMembers, mask: new SecretMask(), leave: () => {} },
      observe,
      signal: new AbortController().signal,
    },
    { pools: [], made: [] },
  );
  const built = buildSelected({ config, api, access, adjustments }, { pools: [], chained });
  adjustments.tell(observe);
  const pathsFor = (name: string): string[] => {
    const one = built.find(({ operation: { method, path } }) => `${method} ${path}` === name);
    return one?.blueprints.map(({ path }) => path).sort() ?? [];
  };
  return { asked, notices, pathsFor, built };
}

/** Numbers what it is asked to make. */
function counting(show: (count: number) => Fetched): Answer {
  let count = 0;
  return (method) => (method === 'POST' ? show((count += 1)) : undefined);
}

const USERS = { '/users': PATHS['/users'], '/users/{id}': PATHS['/users/{id}'] };

describe('an operation that needs what is not there', () => {
  test.each<[string, (count: number) => Fetched]>([
    ['the body', (count) => fetched({ id: count, name: 'x' }, 201)],
    ['an object in the body', (count) => fetched({ user: { id: count }, ok: true }, 201)],
    ['a wrapped body', (count) => fetched({ data: { id: count } }, 200)],
    ['a link of the body', (count) => fetched({ _links: { self: { href: `/users/${count}` } } }, 201)],
    ['the Location', (count) => fetched('', 201, ['location', `http://t/users/${count}`])],
  ])('is asked for what the load itself makes, by the id in %s', async (_, show) => {
    const { pathsFor, notices } = await loadOf(USERS, counting(show));
    expect(pathsFor('GET /users/{id}')).toEqual(['/users/1', '/users/2', '/users/3', '/users/4', '/users/5']);
    expect(pathsFor('PUT /users/{id}').slice(0, 2)).toEqual(['/users/1', '/users/2']);
    expect(notices).toEqual(['Made as test data: 8 × POST /users.']);
  });

  test('takes away what was made for it alone, each once', async () => {
    const { pathsFor, built } = await loadOf(
      USERS,
      counting((count) => fetched({ id: count })),
    );
    expect(pathsFor('DELETE /users/{id}')).toEqual(['/users/6', '/users/7', '/users/8']);
    expect(built.find(({ operation }) => operation.method === 'DELETE')?.uniqueRows).toBe(3);
  });

  test('is asked for members of parents that were made before', async () => {
    const { pathsFor } = await loadOf(
      PATHS,
      counting((count) => fetched({ id: count })),
    );
    const [first = ''] = pathsFor('GET /users/{user_id}/orders/{order_id}');
    expect(first).toMatch(/^\/users\/[1-5]\/orders\/\d+$/);
    expect(new Set(pathsFor('GET /users/{user_id}/orders/{order_id}')).size).toBe(5);
  });

  test('may make it by a PUT, under ids of its own', async () => {
    const paths = { '/pets/{id}': PATHS['/users/{id}'] };
    const { asked, pathsFor } = await loadOf(paths, () => fetched('', 201));
    expect(asked.filter((one) => one.startsWith('PUT')).map((one) => one.split(' ')[1])).toEqual(
      expect.arrayContaining(pathsFor('GET /pets/{id}')) as string[],
    );
    expect(pathsFor('DELETE /pets/{id}')).not.toContain(pathsFor('GET /pets/{id}')[0]);
  });

  test('looks again where the answer holds no id', async () => {
    let made = 0;
    const { pathsFor } = await loadOf(USERS, (method) => {
      if (method === 'POST') made += 1;
      return method === 'POST' ? fetched('', 204) : fetched(made === 0 ? [] : [{ id: 71 }]);
    });
    expect(pathsFor('GET /users/{id}')).toEqual(['/users/71']);
  });

  test('leaves the bodies of the load unsent', async () => {
    const { asked, built } = await loadOf(
      USERS,
      counting((count) => fetched({ id: count })),
    );
    const maker = built.find(({ operation }) => operation.method === 'POST');
    const own = maker?.blueprints.map((one) => `POST /users ${String(one.body)}`) ?? [];
    expect(own).toHaveLength(2);
    expect(asked.filter((one) => own.includes(one))).toEqual([]);
  });

  test('is made with all fields where the server wants them, and so is the load', async () => {
    const schema = {
      type: 'object',
      required: ['name'],
      properties: { name: { type: 'string' }, kind: { type: 'string' } },
    };
    const post = { requestBody: { content: { 'application/json': { schema } } } };
    let count = 0;
    const { notices, built } = await loadOf(
      { ...USERS, '/users': { get: {}, post } },
      (method, _path, sent) => {
        if (method !== 'POST') return undefined;
        return String(sent).includes('kind') ? fetched({ id: (count += 1) }, 201) : fetched('kind?', 400);
      },
    );
    expect(notices).toEqual([
      'Made as test data: 8 × POST /users.',
      'Refused with fields left out, and accepted with all of them, which every request now has: POST /users.',
    ]);
    const [post0] = built.filter(({ operation }) => operation.method === 'POST');
    expect(post0?.blueprints[0]?.body).toBe('{"name":"string","kind":"string"}');
  });

  test('gives up on a maker that refuses', async () => {
    const { asked, notices } = await loadOf(USERS, (method) =>
      method === 'POST' ? fetched('no', 403) : undefined,
    );
    expect(asked.filter((one) => one.startsWith('POST'))).toHaveLength(2);
    expect(notices).toEqual([]);
  });

  test.each([
    ['makes nothing that the load does not', { ...USERS, '/users': { get: {} } }, 3],
    ['makes nothing where nothing is to be loaded', USERS, 0],
    ['makes nothing where the API lists some', USERS, 3],
  ])('%s', async (name, paths, ownMembers) => {
    const { asked } = await loadOf(
      name.endsWith('some')
        ? { ...paths, '/users/{id}': { ...PATHS['/users/{id}'], delete: undefined } }
        : paths,
      (method, path) =>
        name.endsWith('some') && path === '/users' && method === 'GET' ? fetched([{ id: 5 }]) : undefined,
      ownMembers,
    );
    expect(asked.filter((one) => one.startsWith('POST'))).toEqual([]);
  });
});

/** A body with these properties, all of them required. */
function bodyWith(properties: object): object {
  const schema = { type: 'object', required: Object.keys(properties), properties };
  return { requestBody: { content: { 'application/json': { schema } } } };
}

const number = { type: 'integer' };
const text = { type: 'string' };

describe('a body that names what another collection holds', () => {
  const bodiesOf = ({ built }: Awaited<ReturnType<typeof loadOf>>, name: string): unknown[] => {
    const found = built.find(({ operation: { method, path } }) => `${method} ${path}` === name);
    return found?.blueprints.map(({ body: one }) => JSON.parse(String(one)) as unknown) ?? [];
  };

  test.each([
    ['user_id', bodyWith({ user_id: number }), { user_id: 7 }],
    ['userId', bodyWith({ userId: number }), { userId: 7 }],
    [
      'user: { id }',
      bodyWith({ user: { type: 'object', required: ['id'], properties: { id: number } } }),
      { user: { id: 7 } },
    ],
    ['an id that nothing holds', bodyWith({ owner_id: number }), { owner_id: 1 }],
    ['an id of few', bodyWith({ user_id: { type: 'integer', enum: [5] } }), { user_id: 5 }],
  ])('as %s gets an id of it', async (_, post, sent) => {
    const load = await loadOf({ '/users': { get: {} }, '/orders': { post } }, (_method, path) =>
      path === '/users' ? fetched([{ id: 7 }]) : undefined,
    );
    expect(bodiesOf(load, 'POST /orders')[0]).toEqual(sent);
  });

  test('gets what the load itself makes, those above first', async () => {
    const paths = {
      '/lines': { post: bodyWith({ order_id: number }) },
      '/orders': { post: bodyWith({ user_id: number }) },
      '/users': { post: bodyWith({ name: text }) },
    };
    const load = await loadOf(
      paths,
      counting((count) => fetched({ id: count }, 201)),
    );
    expect(load.asked.map((one) => one.split(' ')[1])).toEqual([
      ...Array<string>(5).fill('/users'),
      ...Array<string>(5).fill('/orders'),
    ]);
    expect(JSON.parse(load.asked[5]?.split(' ')[2] ?? '')).toMatchObject({
      user_id: expect.any(Number) as number,
    });
    expect(bodiesOf(load, 'POST /lines')).toContainEqual({ order_id: 6 });
    const [line] = load.built;
    expect(line?.capturedFrom).toEqual({ 'body.order_id': 'POST /orders' });
  });

  test('names what the path names', async () => {
    const paths = {
      '/users': { get: {} },
      '/users/{id}/orders': { parameters: [id('id')], post: bodyWith({ userId: number }) },
    };
    const load = await loadOf(paths, (_method, path) =>
      path === '/users' ? fetched([{ id: 7 }, { id: 8 }]) : undefined,
    );
    const [orders] = load.built.filter(({ operation }) => operation.method === 'POST');
    const pairs = orders?.blueprints.map(({ path, body: one }) => `${path} ${String(one)}`) ?? [];
    expect([...new Set(pairs)].sort()).toEqual([
      '/users/7/orders {"userId":7}',
      '/users/8/orders {"userId":8}',
    ]);
  });

  test('ends where two need each other', async () => {
    const paths = {
      '/as': { post: bodyWith({ b_id: number }) },
      '/bs': { post: bodyWith({ a_id: number }) },
    };
    const { asked } = await loadOf(
      paths,
      counting((count) => fetched({ id: count }, 201)),
    );
    expect(asked.length).toBeGreaterThan(0);
  });
});
