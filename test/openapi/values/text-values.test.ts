import { describe, expect, test } from 'vitest';
import { madeValue, valueOf, variantsOf } from '../../support/values.js';
import { documentOf, jsonBody, built } from '../../support/documents.js';

const formatted = (format: string, rest: object): unknown => valueOf({ type: 'string', format, ...rest });

describe('a format with a length', () => {
  test.each([
    ['email', { maxLength: 15 }, /^[a-z]+@[a-z]+\.[a-z]+$/],
    ['email', { maxLength: 6 }, /^a@b\.co$/],
    ['uri', { maxLength: 15 }, /^https?:\/\//],
    ['uri', { minLength: 60, maxLength: 60 }, /^https:\/\/.{52}$/],
    ['date-time', { minLength: 24, maxLength: 24 }, /^2024-01-15T[\d:]{8}\.000Z$/],
    ['date-time', { minLength: 25, maxLength: 25 }, /^2024-01-15T[\d:]{8}\+00:00$/],
    ['ipv4', { minLength: 12 }, /^10\.0\.10\.100$|^\d+\.\d+\.\d+\.\d+$/],
    ['ipv6', { maxLength: 5 }, /^::1$/],
    ['hostname', { maxLength: 6 }, /^[a-z]+\.co$/],
    ['byte', { minLength: 40, maxLength: 40 }, /^[A-Za-z0-9+/]{40}$/],
  ])('%s %j is of both', (format, lengths, pattern) => {
    const made = madeValue({ type: 'string', format, ...lengths });
    expect(made.problem).toBeNull();
    expect(made.value).toMatch(pattern);
  });

  test('and a pattern is of both', () => {
    expect(formatted('date', { pattern: '^20\\d\\d-' })).toMatch(/^20\d\d-\d\d-\d\d$/);
    expect(formatted('email', { pattern: '@b\\.co$' })).toMatch(/@b\.co$/);
  });
});

describe('a pattern', () => {
  test.each([
    ['^[\\u4e00-\\u9fa5]{2,4}$', /^[\u4e00-\u9fa5]{2,4}$/],
    ['^\\p{Script=Han}+$', /^\p{Script=Han}+$/u],
    ['^\\p{Lu}\\p{Ll}+$', /^\p{Lu}\p{Ll}+$/u],
    ['(?i)^abc-[a-f]{3}$', /^abc-[a-f]{3}$/i],
    ['^[a-z]++[0-9]$', /^[a-z]+[0-9]$/],
    ['^(?P<year>\\d{4})-(?P=year)$', /^(\d{4})-\1$/],
    ['\\A[[:upper:]]{3}\\z', /^[A-Z]{3}$/],
    [
      '^(?=.*[A-Z])(?=.*\\d)(?=.*[@$!%*?&])[A-Za-z\\d@$!%*?&]{8,}$',
      /^(?=.*[A-Z])(?=.*\d)(?=.*[@$!%*?&]).{8,}$/,
    ],
    ['[^a-zA-Z0-9\\s]', /^[^a-zA-Z0-9\s]$/],
  ])('%s is matched', (pattern, expected) => {
    const made = madeValue({ type: 'string', pattern });
    expect(made.problem).toBeNull();
    expect(made.value).toMatch(expected);
  });

  test('that has many branches is matched by one of them', () => {
    const four = '(25[0-5]|(2[0-4]|1{0,1}[0-9]){0,1}[0-9])';
    const pattern = `^(([0-9a-f]{1,4}:){7,7}[0-9a-f]{1,4}|([0-9a-f]{1,4}:){1,7}:|::(ffff:){0,1}(${four}\\.){3,3}${four})/([0-9]?[0-9])$`;
    expect(madeValue({ type: 'string', pattern }).problem).toBeNull();
  });

  test.each(['[a-z]{3}', '^foo', '\\d+', 'x?y'])('%s is matched as a whole, as Java wants it', (pattern) => {
    for (const value of variantsOf({ type: 'string', pattern }, 5))
      expect(value).toMatch(new RegExp(`^(?:${pattern})$`));
  });

  test('that leaves its end open is matched where only that is long enough', () => {
    expect(valueOf({ type: 'string', pattern: '^foo', minLength: 10 })).toMatch(/^foo.{7,}/);
  });

  test('makes texts that differ', () => {
    const values = variantsOf({ type: 'string', pattern: '^[A-Z]{2}\\d{4}$' }, 10);
    expect(new Set(values).size).toBe(10);
  });
});

describe('a name promises', () => {
  const named = (name: string): unknown => valueOf({ type: 'string' }, { key: `body.${name}` });
  test.each([
    ['isbn', /^97[89]\d{10}$/],
    ['createdOn', /^\d{4}-\d\d-\d\d$/],
    ['updatedAt', /^\d{4}-\d\d-\d\dT/],
    ['startDate', /^\d{4}-\d\d-\d\d$/],
    ['avatarUrl', /^https:/],
    ['mobileNumber', /^\+\d+$/],
    ['billingCountry', /^[A-Z]{2}$/],
    ['base_currency', /^[A-Z]{3}$/],
    ['description', /^string$/],
    ['version', /^string$/],
  ])('%s', (name, pattern) => {
    expect(named(name)).toMatch(pattern);
  });
});

describe('an example', () => {
  test.each(['<name>', '{id}', '{{token}}', '${TOKEN}'])(
    'that stands for a value is not sent: %s',
    (example) => {
      expect(
        valueOf({ type: 'object', required: ['a'], properties: { a: { type: 'string', example } } }),
      ).toEqual({
        a: 'string',
      });
      expect(madeValue({ type: 'string' }, { place: 'query', examples: [example] })).toMatchObject({
        value: 'string',
        problem: expect.stringContaining('stands for a value') as string,
      });
    },
  );

  test('of XML or JSON is no placeholder', () => {
    expect(valueOf({ type: 'string', example: '<a>1</a>' })).toBe('<a>1</a>');
    expect(valueOf({ type: 'string', example: '{"a":1}' })).toBe('{"a":1}');
  });

  test('is sent where nothing is valid, and what is declared where there is none', () => {
    const schema = {
      type: 'object',
      additionalProperties: false,
      required: ['orderJson'],
      properties: { order_json: { type: 'string' } },
    };
    const made = madeValue({ ...schema, example: { order_json: 'x' } });
    expect(made.value).toEqual({ order_json: 'x' });
    expect(made.problem).toContain('no valid value was found');
    expect(valueOf(schema)).toEqual({ order_json: 'string' });
  });
});

test.each([
  { type: 'string' },
  { type: 'string', format: 'password' },
  { type: 'string', format: 'password', minLength: 20 },
])('a password is the same in every request, so that the field that repeats it is equal: %j', (schema) => {
  const names = ['password', 'confirmPassword', 'password_confirmation', 'repeatPassword', 'password2'];
  const properties = Object.fromEntries(names.map((name) => [name, schema]));
  const document = documentOf(jsonBody({ type: 'object', required: names, properties }), { method: 'post' });
  const { blueprints } = built(document, { variants: 5 });
  const bodies = blueprints.map(({ body }) =>
    Object.values(JSON.parse(body as string) as Record<string, string>),
  );
  for (const values of bodies) expect(new Set(values).size).toBe(1);
});
