import { describe, expect, test } from 'vitest';
import { fillHoles, showHoles } from '../../../src/model/requests/holes.js';
import { documentOf, jsonBody, built } from '../../support/documents.js';

const NOW = 21_796_000_000_000;
const user = {
  type: 'object',
  required: ['email', 'code', 'name'],
  properties: {
    email: { type: 'string', format: 'email' },
    code: { type: 'integer' },
    name: { type: 'string' },
  },
};
const users = { method: 'post', path: '/users' };

describe('a value with {n}', () => {
  const values = { 'body.email': 'user{n}@example.com', 'body.code': '{n:9}' };

  test('is another one in each request, and of the type that the field has', () => {
    const { blueprints, origins } = built(documentOf(jsonBody(user), users), { values });
    const [one, other] = [NOW, NOW + 1].map(
      (serial) => JSON.parse(fillHoles(blueprints[0]!, serial).body as string) as Record<string, unknown>,
    );
    expect(one).toMatchObject({ email: 'user31796000000000@example.com', code: 800_000_000 });
    expect(other).toMatchObject({ email: 'user31796000000001@example.com' });
    expect(other!['code']).toBe((one!['code'] as number) + 1);
    expect(origins).toMatchObject({ 'body.email': 'serial', 'body.code': 'serial' });
  });

  test('makes no more requests distinct than there are without it', () => {
    const { blueprints } = built(
      documentOf(jsonBody({ type: 'object', properties: { email: { const: 'x' } } }), users),
      { values, variants: 10 },
    );
    expect(blueprints).toHaveLength(1);
  });

  test.each([
    [{ 'path.id': 'k{n:3}' }, { path: '/users/k{n}' }],
    [{ 'query.q': 'a b{n:3}' }, { path: '/users/1?q=a%20b{n}' }],
    [{ 'header.x-key': 'k{n:3}' }, { headers: expect.arrayContaining(['x-key', 'k{n}']) as string[] }],
  ])('stands in every place: %j', (given, shown) => {
    const parameters = [
      { name: 'id', in: 'path', required: true, schema: { type: 'integer' } },
      { name: 'q', in: 'query', schema: { type: 'string' } },
      { name: 'x-key', in: 'header', schema: { type: 'string' } },
    ];
    const { blueprints } = built(documentOf({ parameters }, { path: '/users/{id}' }), { values: given });
    expect(showHoles(blueprints[0]!)).toMatchObject(shown);
  });

  test('stands in headers and whole bodies of the user', () => {
    const { blueprints } = built(documentOf(jsonBody(user), users), {
      headers: { 'idempotency-key': 'k{n}' },
      rules: { values: {}, headers: {}, body: { list: ['a{n:4}'], n: 1 } },
    });
    expect(showHoles(blueprints[0]!)).toMatchObject({
      headers: expect.arrayContaining(['idempotency-key', 'k{n}']) as string[],
      body: '{"list":["a{n}"],"n":1}',
    });
  });

  test.each(['application/x-www-form-urlencoded', 'multipart/form-data', 'application/xml', 'text/plain'])(
    'goes out as %s too',
    (type) => {
      const schema = type === 'text/plain' ? { type: 'string' } : user;
      const key = type === 'text/plain' ? 'body' : 'body.name';
      const requestBody = { required: true, content: { [type]: { schema } } };
      const { blueprints } = built(documentOf({ requestBody }, users), { values: { [key]: 'ü{n}' } });
      const { body } = fillHoles(blueprints[0]!, NOW);
      expect(Buffer.from(body as string).toString()).toContain('31796000000000');
    },
  );

  test('stays as it is in a list, as in rows of data', () => {
    const { blueprints } = built(documentOf(jsonBody(user), users), {
      values: { 'body.name': { oneOf: ['{n}'] } },
    });
    expect(blueprints[0]).not.toHaveProperty('holes');
    expect(JSON.parse(blueprints[0]!.body as string)).toMatchObject({ name: '{n}' });
  });
});
