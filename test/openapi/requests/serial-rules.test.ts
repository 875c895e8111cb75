import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { describeApi } from '../../../src/openapi/document/describe-api.js';
import { serialRule, serialRules } from '../../../src/openapi/requests/serial-rules.js';
import { ValueMaker } from '../../../src/openapi/values/value-maker.js';
import { documentOf, firstRequest, jsonBody, built } from '../../support/documents.js';
import { showHoles } from '../../../src/model/requests/holes.js';

const document = documentOf({});
const UUID = '8f14e45f-ceea-467f-a8f2-1234567890ab';

describe('a text with a serial number', () => {
  test.each([
    [{ type: 'string' }, 'nail', 'nail{n}'],
    [{ type: 'string', format: 'email' }, 'a@b.co', 'a{n}@b.co'],
    [{ type: 'string', format: 'uuid' }, UUID, '8f14e45f-ceea-467f-a8f2-{n:12}'],
    [{ type: 'string', format: 'uri' }, 'https://a.co', 'https://a.co/{n}'],
    [{ type: 'string', maxLength: 16 }, 'string', 's{n}'],
    [{ type: 'string', maxLength: 10 }, 'string', '{n:10}'],
    [{ type: 'string', pattern: '^[A-Z]{2}\\d{6}$' }, 'AB123456', 'AB{n:6}'],
    [{ type: 'string', pattern: '^[A-Z]{2}-\\d{4}[A-Z]$' }, 'AB-1234C', 'AB-{n:4}C'],
    [{ type: 'string' }, 'model 2024', 'model 2024{n}'],
    [{ type: 'string', pattern: '^\\d{9}$' }, '123456789', '{n:9}'],
    [{ type: 'string', pattern: '^\\+\\d{8,12}$' }, '+4912345678', '+{n:10}'],
    [{ type: 'integer' }, 7, '{n:9}'],
    [{ type: 'integer', maximum: 99_999 }, 7, '{n:5}'],
    [{ type: 'string', enum: ['a', 'b'] }, 'a', undefined],
    [{ type: 'string', pattern: '^[a-z]+$' }, 'abc', undefined],
    [{ type: 'string', format: 'date' }, '2026-01-01', undefined],
    [{ type: 'boolean' }, true, undefined],
  ])('of %j like %j is %s', (schema, value, rule) => {
    expect(serialRule(document, schema, value)).toBe(rule);
  });

  test('is as valid as the schema wants, whatever its lengths', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40 }), fc.string({ maxLength: 60 }), (maxLength, value) => {
        const rule = serialRule(document, { type: 'string', maxLength }, value);
        if (rule === undefined) return;
        const length = rule.replace(/\{n(?::(\d+))?\}/, (_, digits?: string) =>
          'x'.repeat(Number(digits ?? 14)),
        );
        expect(length.length).toBeLessThanOrEqual(maxLength);
      }),
    );
  });
});

test('fields inside others have their own, a password has none', () => {
  const schema = {
    type: 'object',
    required: ['user'],
    properties: {
      user: {
        type: 'object',
        required: ['email', 'password', 'age', 'admin'],
        properties: {
          email: { type: 'string', format: 'email' },
          password: { type: 'string' },
          age: { type: 'integer' },
          admin: { type: 'boolean' },
        },
      },
    },
  };
  const users = documentOf(jsonBody(schema), { method: 'post' });
  const [operation] = describeApi(users).operations;
  const maker = new ValueMaker(users, { seed: 1, bodyMode: 'default' });
  expect([...serialRules(users, operation!, maker).keys()]).toEqual(['body.user.email', 'body.user.age']);
});

describe('a required Idempotency-Key', () => {
  const key = (rest: object): object => ({
    parameters: [
      { name: 'Idempotency-Key', in: 'header', schema: { type: 'string', format: 'uuid' }, ...rest },
    ],
  });

  test('is another one in each request', () => {
    const { blueprints, origins } = built(documentOf(key({ required: true }), { method: 'post' }));
    expect(showHoles(blueprints[0]!).headers.join()).toMatch(
      /idempotency-key,[0-9a-f]{8}(-[0-9a-f]{4}){3}-\{n\}/i,
    );
    expect(origins['header.Idempotency-Key']).toBe('serial');
  });

  test('is what the user says, and stays away where it may', () => {
    const values = { 'header.Idempotency-Key': 'mine' };
    const mine = firstRequest(documentOf(key({ required: true }), { method: 'post' }), { values });
    expect(mine.headers).toContain('mine');
    const none = firstRequest(documentOf(key({}), { method: 'post' }));
    expect(none.headers.join()).not.toMatch(/idempotency/i);
  });
});
