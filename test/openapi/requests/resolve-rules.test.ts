import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { scenarioSchema } from '../../../src/model/config/scenario.js';
import type { BuiltOperation } from '../../../src/model/requests/request.js';
import { describeApi } from '../../../src/openapi/document/describe-api.js';
import { buildRequests } from '../../../src/openapi/requests/build-request.js';
import { resolveRules } from '../../../src/openapi/requests/resolve-rules.js';
import { userErrorOf } from '../../support/caught.js';
import { headersOf } from '../../support/documents.js';

const user = {
  type: 'object',
  required: ['name'],
  properties: {
    name: { type: 'string' },
    age: { type: 'integer' },
    owner: {
      type: 'object',
      required: ['id'],
      properties: { id: { type: 'integer' }, mail: { type: 'string' } },
    },
    items: { type: 'array', items: { type: 'object', properties: { sku: { type: 'string' } } } },
  },
};
const document = {
  openapi: '3.1.0',
  paths: {
    '/users': {
      post: {
        operationId: 'create_user',
        tags: ['users'],
        parameters: [{ name: 'X-Tenant', in: 'header', schema: { type: 'string' } }],
        requestBody: { required: true, content: { 'application/json': { schema: user } } },
      },
    },
    '/users/{user_id}': {
      get: {
        operationId: 'get_user',
        tags: ['users'],
        parameters: [
          { name: 'user_id', in: 'path', required: true, schema: { type: 'integer' } },
          { name: 'limit', in: 'query', schema: { type: 'integer', default: 5 } },
        ],
      },
    },
  },
};

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rules-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** The prepared operations of a scenario, by id. */
async function prepare(input: object, seed = 1): Promise<Record<string, BuiltOperation>> {
  const { values, operations: rules } = scenarioSchema.parse({ name: 'x', ...input });
  const operations = describeApi(document).operations;
  const config = { folder, operations: rules, seed, values };
  const resolved = await resolveRules({ document, operations, used: operations, config });
  return Object.fromEntries(
    operations.map((operation) => {
      const own = resolved.get(operation)!;
      const options = { values, headers: { 'x-trace': 'all' }, seed, rules: own };
      return [operation.id, buildRequests(document, operation, options)];
    }),
  );
}

async function bodiesOf(input: object): Promise<unknown[]> {
  const { create_user: built } = await prepare({ operations: { create_user: input } });
  return built!.blueprints.map(({ body }) => JSON.parse(body as string) as unknown);
}

describe('what is said of an operation', () => {
  test('counts for it alone, the later entry over the earlier', async () => {
    const { get_user: get } = await prepare({
      values: { 'path.user_id': 1, 'query.limit': 7 },
      operations: {
        '*': { values: { 'path.user_id': 2 } },
        'GET /users/*': { values: { 'path.user_id': 3 } },
      },
    });
    expect(get!.blueprints[0]!.path).toBe('/users/3?limit=7');
  });

  test('can leave an optional value out', async () => {
    const { get_user: get } = await prepare({
      operations: { users: { values: { 'query.limit': { omit: true } } } },
    });
    expect(get!.blueprints[0]!.path).toBe('/users/1');
  });

  test('can be headers, which outweigh those of all operations and of the document', async () => {
    const headers = { 'X-Trace': 'mine', 'x-tenant': 'a' };
    const { create_user: create } = await prepare({
      operations: { create_user: { headers, values: { 'header.x-TENANT': 'other' } } },
    });
    expect(headersOf(create!.blueprints[0]!)).toMatchObject({ 'x-trace': 'mine', 'x-tenant': 'a' });
  });

  test('can be a whole body, with fields on top', async () => {
    const input = { body: { name: 'whole' }, values: { 'body.age': 4, 'body.owner.mail': 'a@b.example' } };
    expect(await bodiesOf(input)).toEqual([{ name: 'whole', age: 4, owner: { id: 1, mail: 'a@b.example' } }]);
  });

  test('reaches into lists', async () => {
    const [first] = await bodiesOf({ values: { 'body.items.0.sku': 'A-1', 'body.name': { omit: true } } });
    expect(first).toEqual({ items: [{ sku: 'A-1' }] });
  });

  test('is refused with the nearest right names, all together', async () => {
    const error = await userErrorOf(() =>
      prepare({
        values: { 'path.usr_id': 1 },
        operations: {
          create_usr: {},
          create_user: { values: { 'body.nmae': 'x', 'body.owner.mial': 'y' } },
          get_user: { values: { 'path.user_id': { omit: true }, limit: 1 } },
        },
      }),
    );
    expect(error.message.split('\n')).toEqual([
      'The scenario does not fit the document:',
      '  operations: nothing matches “create_usr”; did you mean create_user?',
      '  values: there is no path.usr_id; did you mean path.user_id?',
      '  operations: create_user: values: there is no body.nmae; did you mean body.name?',
      '  operations: create_user: values: there is no body.owner.mial; did you mean body.owner.mail?',
      '  operations: get_user: values: path.user_id is part of the path and cannot be left out',
      '  operations: get_user: values: there is no limit; keys are such as path.id, query.limit, body.name',
    ]);
    expect(error.fault).toBe('usage');
  });
});

describe('a data file', () => {
  const named = { name: 'Ann', age: 30 };

  test.each([
    ['a.csv', 'name,years,kin\nAnn,30,"{""id"":2}"\n\n"B, ob",,\n'],
    ['a.json', '[{"name":"Ann","years":30,"kin":{"id":2}},{"name":"B, ob"}]'],
    ['a.ndjson', '{"name":"Ann","years":30,"kin":{"id":2}}\n\n{"name":"B, ob"}\n'],
  ])('%s gives rows that stay together, by the types of the schema', async (file, text) => {
    await writeFile(join(folder, file), text);
    const map = { 'body.name': 'name', 'body.age': 'years', 'body.owner': 'kin' };
    expect(await bodiesOf({ data: { file, map } })).toEqual([
      { ...named, owner: { id: 2 } },
      { name: 'B, ob' },
    ]);
  });

  test('without a map has columns named like keys', async () => {
    await writeFile(join(folder, 'keys.csv'), '\ufeffbody.name,body.age,note\nAnn,30,x\n');
    expect(await bodiesOf({ data: { file: 'keys.csv' } })).toEqual([named]);
  });

  test('is in seeded order when wanted, each row once', async () => {
    const names = Array.from({ length: 50 }, (_, at) => `n${at}`);
    await writeFile(join(folder, 'many.csv'), `body.name\n${names.join('\n')}\n`);
    const of = async (order: string, seed: number): Promise<unknown[]> => {
      const { create_user: create } = await prepare(
        { operations: { create_user: { data: { file: 'many.csv', order } } } },
        seed,
      );
      expect(create!.uniqueRows).toBe(order === 'unique' ? 50 : undefined);
      expect(create!.origins['body.name']).toBe('data');
      return create!.blueprints.map(({ body }) => (JSON.parse(body as string) as { name: unknown }).name);
    };
    expect(await of('unique', 1)).toEqual(names);
    expect(await of('random', 1)).not.toEqual(names);
    expect((await of('random', 1)).toSorted()).toEqual(names.toSorted());
    expect(await of('random', 1)).toEqual(await of('random', 1));
    expect(await of('random', 1)).not.toEqual(await of('random', 2));
  });

  test.each([
    ['gone.csv', null, 'gone.csv could not be read: there is no such file'],
    [
      'bad.csv',
      'body.name,body.age\nAnn,old\n',
      'bad.csv, line 2, column body.age: “old” is no whole number',
    ],
    ['short.csv', 'body.name,body.age\nAnn\n', 'short.csv is not valid CSV: wrong Record Length'],
    ['empty.csv', 'body.name\n', 'empty.csv has no rows'],
    ['twice.csv', 'a,a\n1,2\n', 'two columns named “a”'],
    ['other.csv', 'nmae\nx\n', 'no column named like a value'],
    ['wrong.csv', 'body.nmae\nx\n', 'body.nmae: there is no such value; did you mean body.name?'],
    ['bad.json', '[{"a": 1},\n {"a" 2}]', 'bad.json is not valid JSON: line 2, column 7'],
    ['bad.ndjson', '{"a":1}\n{"a":\n', 'bad.ndjson is not valid JSON: line 2'],
    ['list.json', '[1]', 'something else than an object: entry 1'],
  ])('%s that cannot be used says where and why', async (file, text, expected) => {
    if (text !== null) await writeFile(join(folder, file), text);
    const error = await userErrorOf(() => bodiesOf({ data: { file } }));
    expect(error.message).toContain(expected);
  });

  test('cannot leave a part of a path empty', async () => {
    await writeFile(join(folder, 'ids.csv'), 'path.user_id,query.limit\n1,2\n,3\n');
    const error = await userErrorOf(() =>
      prepare({ operations: { get_user: { data: { file: 'ids.csv' } } } }),
    );
    expect(error.message).toContain('ids.csv, line 3, column path.user_id: is empty');
  });
});
