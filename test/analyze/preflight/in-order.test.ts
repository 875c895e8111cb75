import { describe, expect, test } from 'vitest';
import { inOrder } from '../../../src/analyze/preflight/in-order.js';
import type { BuiltOperation } from '../../../src/model/requests/request.js';

function built(name: string): BuiltOperation {
  const [method = '', path = ''] = name.split(' ');
  return {
    operation: { id: name, method, path, tags: [] },
    blueprints: [],
    origins: {},
    problems: [],
  };
}

describe('operations are asked', () => {
  test('makers first, parents before members, and what deletes last, members before parents', () => {
    const names = [
      'DELETE /users/{id}',
      'GET /users',
      'POST /users/{id}/orders',
      'POST /search',
      'GET /users/{id}',
      'DELETE /users/{id}/orders/{no}',
      'PUT /users/{id}',
      'POST /users',
      'QUERY /users',
      'GET /users/{id}/orders/{no}',
      'PURGE /cache',
    ];
    expect(inOrder(names.map(built)).map(({ operation }) => operation.id)).toEqual([
      'POST /users',
      'POST /users/{id}/orders',
      'GET /users',
      'GET /users/{id}',
      'GET /users/{id}/orders/{no}',
      'QUERY /users',
      'POST /search',
      'PUT /users/{id}',
      'DELETE /users/{id}/orders/{no}',
      'DELETE /users/{id}',
      'PURGE /cache',
    ]);
  });

  test('what others name in their bodies before these, one after another', () => {
    const line = { ...built('POST /lines'), capturedFrom: { 'body.order_id': 'POST /orders' } };
    const order = { ...built('POST /orders'), capturedFrom: { 'body.user_id': 'GET /users' } };
    const names = inOrder([line, order, built('GET /users'), built('POST /users')]);
    expect(names.map(({ operation }) => operation.id)).toEqual([
      'POST /users',
      'POST /orders',
      'GET /users',
      'POST /lines',
    ]);
  });
});
