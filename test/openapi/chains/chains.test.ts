import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { capturedFor, type CapturedPool } from '../../../src/openapi/chains/captured.js';
import { findCollection, makesMembersOf } from '../../../src/openapi/chains/find-collection.js';
import { idsInAnswer } from '../../../src/openapi/chains/ids-in-answer.js';
import { singular, splitIdName } from '../../../src/openapi/chains/nouns.js';
import type { DescribedOperation, Parameter } from '../../../src/openapi/document/described-operation.js';
import { describeApi } from '../../../src/openapi/document/describe-api.js';

function operations(...names: string[]): readonly DescribedOperation[] {
  const paths: Record<string, Record<string, object>> = {};
  for (const name of names) {
    const [method = '', path = ''] = name.split(' ');
    paths[path] = { ...paths[path], [method.toLowerCase()]: { responses: {} } };
  }
  return describeApi({ openapi: '3.1.0', paths }).operations;
}

function parameter(name: string, schema: unknown = {}): Parameter {
  const how = { style: 'simple', explode: false, allowReserved: false, contentType: null } as const;
  return { name, place: 'path', required: true, schema, examples: [], ...how };
}

describe('the collection for a placeholder', () => {
  test.each<[consumer: string, name: string, others: string[], found: string | undefined]>([
    ['GET /items/{item_id}', 'item_id', ['GET /items'], 'GET /items'],
    ['GET /items/{item_id}', 'item_id', ['GET /items/'], 'GET /items/'],
    ['GET /items/{item_id}', 'item_id', ['POST /items'], undefined],
    ['GET /items/{id}/parts', 'id', ['GET /items'], 'GET /items'],
    ['GET /u/{user_id}/orders/{id}', 'id', ['GET /u/{uid}/orders'], 'GET /u/{uid}/orders'],
    [
      'GET /orders/of/{userId}',
      'userId',
      ['GET /api/v1/users', 'GET /admin/api/v1/users'],
      'GET /api/v1/users',
    ],
    ['GET /category/{category_slug}', 'category_slug', ['GET /all/categories'], 'GET /all/categories'],
    ['GET /pet/{id}', 'id', ['GET /pets'], 'GET /pets'],
    ['GET /files/{name}.json', 'name', ['GET /files'], undefined],
    ['GET /{id}', 'id', ['GET /'], undefined],
  ])('%s %s among %j is %s', (consumer, name, others, found) => {
    const [first, ...rest] = operations(consumer, ...others);
    const collection = findCollection(rest, first!, name);
    expect(collection && `GET ${collection.operation.template}`).toBe(found);
  });

  test('shares the placeholders above, whatever they are called', () => {
    const [consumer, ...rest] = operations('GET /u/{user_id}/orders/{id}', 'GET /u/{uid}/orders');
    expect([...findCollection(rest, consumer!, 'id')!.shared]).toEqual([['uid', 'user_id']]);
  });

  test('is filled by the operation that makes its members', () => {
    const [consumer, maker, other] = operations('GET /items/{id}', 'POST /items', 'POST /orders');
    expect(makesMembersOf(maker!, consumer!, 'id')).toBe(true);
    expect(makesMembersOf(other!, consumer!, 'id')).toBe(false);
  });
});

describe('the ids of things that are named for what they are', () => {
  test.each<[name: string, noun: string, answer: unknown, ids: unknown[]]>([
    ['id', 'user', [{ user_id: 7, name: 'x' }], [7]],
    ['id', 'user', [{ userId: 7, name: 'x' }], [7]],
    ['id', 'user', [{ UserUUID: 'u7', name: 'x' }], ['u7']],
    ['id', 'user', [{ id: 1, user_id: 7 }], [1]],
    ['id', 'user', { users: [{ user_id: 7 }], tags: ['a'] }, [7]],
    ['id', 'user', { ok: true, payload: { users: [{ userId: 7 }], total: 1 } }, [7]],
    ['id', 'user', [{ user: { id: 7 }, name: 'x' }], [7]],
    ['id', 'user', { edges: [{ cursor: 'c', node: { id: 7 } }] }, [7]],
    ['id', 'user', [{ name: 'x', owner: { id: 9 } }], ['x']],
    ['user_id', 'user', [{ id: 3 }], [3]],
  ])('%s of %s in %j are %j', (name, noun, answer, ids) => {
    expect(idsInAnswer({}, { parameter: parameter(name), noun }, answer)).toEqual(ids);
  });
});

describe('the ids in an answer', () => {
  const uuid = '3f2b8c1e-9d4a-4c6f-8e7b-1a2b3c4d5e6f';
  test.each<[what: string, name: string, schema: object, answer: unknown, ids: unknown[]]>([
    ['a list', 'item_id', {}, [{ id: 1 }, { id: 2 }, { id: 1 }], [1, 2]],
    ['a page', 'id', {}, { total: 2, data: [{ id: 'a' }] }, ['a']],
    ['HAL', 'id', {}, { _embedded: { orders: [{ id: 4 }] }, page: {} }, [4]],
    ['a page in a page', 'id', {}, { data: { items: [{ id: 1 }] } }, [1]],
    ['a list under a name of its own', 'petId', {}, { pets: [{ id: 3 }] }, [3]],
    ['a list of names', 'tag', { type: 'string' }, ['red', 'blue'], ['red', 'blue']],
    ['its own name first', 'user_uuid', {}, [{ id: 1, userUuid: 'u' }], ['u']],
    ['the attribute', 'user_uuid', {}, [{ id: 1, uuid: 'u' }], ['u']],
    ['a slug', 'slug', {}, [{ id: 1, slug: 'one' }], ['one']],
    ['a name where there is nothing else', 'repo', {}, [{ name: 'a' }], ['a']],
    ['Mongo', 'id', {}, [{ _id: 'x' }], ['x']],
    ['one object that was made', 'item_id', {}, { id: 9, parts: [] }, [9]],
    ['numbers only for numbers', 'id', { type: 'integer' }, [{ id: 'a' }, { id: '5' }, { id: 2.5 }], ['5']],
    ['UUIDs only for UUIDs', 'id', { type: 'string', format: 'uuid' }, [{ id: 'a' }, { id: uuid }], [uuid]],
    ['members of the enum', 'id', { enum: ['b'] }, [{ id: 'a' }, { id: 'b' }], ['b']],
    ['nothing empty', 'id', {}, [{ id: '' }, { id: null }, { id: {} }], []],
    ['nothing in a text', 'id', {}, 'no', []],
  ])('%s', (_, name, schema, answer, ids) => {
    expect(idsInAnswer({}, { parameter: parameter(name, schema), noun: '' }, answer)).toEqual(ids);
  });

  test('are texts and numbers, each once and a bounded number, whatever the answer is', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom('id', 'name', 'x'), (answer, name) => {
        const ids = idsInAnswer({}, { parameter: parameter(name), noun: '' }, answer);
        expect(new Set(ids).size).toBe(ids.length);
        expect(ids.every((id) => typeof id === 'string' || typeof id === 'number')).toBe(true);
      }),
    );
  });
});

describe('captured values', () => {
  const pools: CapturedPool[] = [
    { key: 'path.id', values: [1], from: 'POST /a', only: null },
    { key: 'path.id', values: [2], from: 'POST /b', only: 'GET /b/*' },
    { key: 'path.none', values: [], from: 'POST /a', only: null },
  ];

  test('go to all operations, or to those that are named', () => {
    const [a, b] = operations('GET /a/{id}', 'GET /b/{id}');
    expect(capturedFor(a!, pools)).toEqual({ values: { 'path.id': [1] }, from: { 'path.id': 'POST /a' } });
    expect(capturedFor(b!, pools)).toEqual({
      values: { 'path.id': [1, 2] },
      from: { 'path.id': 'POST /a, POST /b' },
    });
  });
});

test.each([
  ['items', 'item'],
  ['categories', 'category'],
  ['boxes', 'box'],
  ['status', 'status'],
  ['class', 'class'],
  ['Order-Lines', 'orderline'],
])('the singular of %s is %s', (plural, expected) => {
  expect(singular(plural)).toBe(expected);
});

test.each([
  ['user_id', { noun: 'user', attribute: 'id' }],
  ['userUuid', { noun: 'user', attribute: 'uuid' }],
  ['id', { noun: '', attribute: 'id' }],
  ['tag', { noun: 'tag', attribute: '' }],
])('%s identifies %j', (name, expected) => {
  expect(splitIdName(name)).toEqual(expected);
});
