import { describe, expect, test } from 'vitest';
import { Leftovers } from '../../../src/app/requests/clean-up.js';
import { Adjustments } from '../../../src/app/requests/adjustments.js';
import { followChains } from '../../../src/app/requests/follow-chains.js';
import type { Api } from '../../../src/app/document/read-api.js';
import { SecretMask } from '../../../src/config/secret-mask.js';
import { resolveRunConfig } from '../../../src/config/resolve-run-config.js';
import { scenarioSchema } from '../../../src/model/config/scenario.js';
import type { RunConfig } from '../../../src/model/config/run-config.js';
import type { CapturedPool } from '../../../src/openapi/chains/captured.js';
import { describeApi } from '../../../src/openapi/document/describe-api.js';
import type { RulesOfOperation } from '../../../src/openapi/requests/operation-rules.js';
import type { Target } from '../../../src/target/target.js';
import { fetched } from '../../support/fetched.js';
import { targetAt } from '../../support/targets.js';

const id = (name: string): object => ({ name, in: 'path', required: true, schema: { type: 'string' } });
const DOCUMENT = {
  openapi: '3.1.0',
  paths: {
    '/users/{user_id}/orders': { get: { operationId: 'list_orders', parameters: [id('user_id')] } },
    '/users/{user}/orders/{order_id}': {
      get: { operationId: 'get_order', parameters: [id('user'), id('order_id')] },
      delete: { operationId: 'drop_order', parameters: [id('user'), id('order_id')] },
    },
  },
};

function configOf(scenario: object): RunConfig {
  const parsed = scenarioSchema.parse({ name: 'shop', ...scenario });
  return resolveRunConfig({ url: 'http://t' }, { scenario: parsed, folder: '/shop' }, { freeFiles: null });
}

function apiOf(own: Readonly<Record<string, Partial<RulesOfOperation>>>): Api {
  const described = describeApi(DOCUMENT);
  return {
    ...described,
    document: DOCUMENT,
    spec: '/openapi.json',
    selected: described.operations,
    signIns: { schemes: [], problems: [], notices: [] },
    weights: new Map(),
    rules: new Map(described.operations.map((one) => [one, { values: {}, headers: {}, ...own[one.id] }])),
  };
}

const NOBODY = { credentialsOf: () => ({ credentials: [], problems: [] }), valuesFor: () => ({}) };

/** A target whose users have one order each, named for the user, and what it was asked. */
function targetWithOrders(): { target: Target; asked: string[] } {
  const asked: string[] = [];
  const target = targetAt('http://t', (url, options) => {
    const { pathname } = new URL(url);
    asked.push(`${options?.method ?? 'GET'} ${pathname}`);
    return Promise.resolve(fetched([{ id: `of-${pathname.split('/')[2]!}` }]));
  });
  return { target, asked };
}

const still = {
  mask: new SecretMask(),
  observe: () => {},
  signal: new AbortController().signal,
  leave: () => {},
};

async function chained(own: Parameters<typeof apiOf>[0], pools: readonly CapturedPool[] = [], scenario = {}) {
  const { target, asked } = targetWithOrders();
  const api = apiOf(own);
  const config = configOf(scenario);
  const adjustments = new Adjustments(config);
  const options = { ...still, config, api, access: NOBODY, adjustments, target, ownMembers: 0 };
  const found = await followChains(options, { pools, made: [] });
  const getOrder = api.operations.find((one) => one.id === 'get_order')!;
  return { asked, values: found.get(getOrder)?.values };
}

function pool(key: string, values: readonly unknown[]): CapturedPool {
  return { key, values, from: 'POST /x', only: null };
}

function rows(key: string, values: readonly unknown[]): Partial<RulesOfOperation> {
  const { length: count } = values;
  return {
    rows: { file: 'x.csv', order: 'sequential', columns: new Map([[key, values]]), count, available: count },
  };
}

describe('a chain', () => {
  test.each([
    [
      [
        { id: 7, username: 'me' },
        { id: 8, username: 'other' },
      ],
      [8],
    ],
    [[{ id: 7, username: 'me' }], [2_147_483_647]],
  ])('never leads to the user that bench is signed in as, where one is changed: %j', async (users, ids) => {
    const parameters = [{ ...id('user_id'), schema: { type: 'integer' } }];
    const document = {
      openapi: '3.1.0',
      paths: {
        '/users': { get: { operationId: 'list' } },
        '/users/{user_id}': {
          get: { operationId: 'get', parameters },
          delete: { operationId: 'drop', parameters },
        },
      },
    };
    const described = describeApi(document);
    const rules = new Map(described.operations.map((one) => [one, { values: {}, headers: {} }]));
    const api = { ...apiOf({}), ...described, document, selected: described.operations, rules };
    const target = targetAt('http://t', () => Promise.resolve(fetched(users)));
    const access = { ...NOBODY, valuesFor: () => ({ 'body.username': 'me', 'body.password': 'secret' }) };
    const config = configOf({});
    const adjustments = new Adjustments(config);
    const options = { ...still, adjustments, config, api, access, target, ownMembers: 0 };
    const found = await followChains(options, { pools: [], made: [] });
    const idsOf = (name: string): unknown =>
      found.get(described.operations.find((one) => one.id === name)!)?.values['path.user_id'];
    expect(idsOf('drop')).toEqual(ids);
    expect(idsOf('get')).toEqual(users.map((user) => user.id));
  });

  test('reads the members of the one parent that an operation is given', async () => {
    const { asked, values } = await chained({ get_order: { values: { 'path.user': 'ann' } } });
    expect(asked).toContain('GET /users/ann/orders');
    expect(values).toEqual({ 'path.order_id': ['of-ann'] });
  });

  test.each<[string, Partial<RulesOfOperation>]>([
    ['a list', { values: { 'path.user': { oneOf: ['ann', 'bob'] } } }],
    ['rows of data', rows('path.user', ['ann', 'bob'])],
  ])(
    'is not followed where an operation has many parents by %s: none could tell whose members they are',
    async (_, rules) => {
      expect((await chained({ get_order: rules })).values).toBeUndefined();
    },
  );

  test('takes rows of data that all say the same for one parent', async () => {
    const { values } = await chained({ get_order: rows('path.user', ['ann', 'ann']) });
    expect(values).toEqual({ 'path.order_id': ['of-ann'] });
  });

  test('leaves alone what an operation is given, and what was captured beside it', async () => {
    const own = { get_order: { values: { 'path.user': 'ann', 'path.order_id': 'mine' } } };
    expect((await chained(own, [pool('path.user', ['bob'])])).values).toBeUndefined();
    const { values } = await chained({ get_order: { values: { 'path.user': 'ann' } } }, [
      pool('path.user', ['bob']),
    ]);
    expect(values).toEqual({ 'path.order_id': ['of-ann'] });
  });
});

describe('the clean-up', () => {
  async function cleaned(own: Parameters<typeof apiOf>[0], pools: readonly CapturedPool[], values = {}) {
    const { target, asked } = targetWithOrders();
    const notices: string[] = [];
    const leftovers = new Leftovers();
    leftovers.leave(apiOf(own), pools);
    const config = configOf({ cleanup: ['drop_order'], values });
    const observe: Parameters<Leftovers['takeBack']>[0]['observe'] = (event) => {
      if (event.kind === 'notice') notices.push(event.message);
    };
    await leftovers.takeBack({ config, observe, access: NOBODY }, target);
    return { asked, notices };
  }

  test('knows the placeholders that the operation is given by rules or data of its own', async () => {
    const orders = [pool('path.order_id', ['o1'])];
    expect((await cleaned({ drop_order: { values: { 'path.user': 'ann' } } }, orders)).asked).toEqual([
      'DELETE /users/ann/orders/o1',
    ]);
    expect((await cleaned({ drop_order: rows('path.user', ['bob']) }, orders)).asked).toEqual([
      'DELETE /users/bob/orders/o1',
    ]);
    const { asked, notices } = await cleaned({ get_order: { values: { 'path.user': 'ann' } } }, orders);
    expect(asked).toEqual([]);
    expect(notices.join()).toMatch(/nothing was captured for its path/);
  });

  test('takes away what was captured, not what values for the load name', async () => {
    const made = [pool('path.user', ['ann']), pool('path.order_id', ['o1'])];
    const { asked } = await cleaned({}, made, { 'path.order_id': { range: [1, 50] } });
    expect(asked).toEqual(['DELETE /users/ann/orders/o1']);
  });
});
