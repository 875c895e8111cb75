import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SecretMask } from '../../src/config/secret-mask.js';
import { UserError } from '../../src/kernel/errors.js';

const SECRET = `a/b+c "d" & <é'f>`;

describe('a secret is taken out of a text', () => {
  test.each([
    ['as it is', `say ${SECRET} loud`],
    ['in a path', `/x?key=${encodeURIComponent(SECRET)}`],
    ['in a path, in small letters', `/x?key=${encodeURIComponent(SECRET).toLowerCase()}`],
    ['in a form', new URLSearchParams({ key: SECRET }).toString()],
    ['in JSON', JSON.stringify({ key: SECRET })],
    ['in base64', `Basic ${Buffer.from(SECRET).toString('base64')}`],
  ])('%s', (_, text) => {
    const masked = new SecretMask([SECRET]).text(text);
    expect(masked).toContain('<redacted>');
    expect(masked).not.toMatch(/a\/b|a%2fb|YS9i/i);
  });

  test('also one that is known only later, or begins with another', () => {
    const mask = new SecretMask(['hunter']);
    mask.add('hunter-two');
    expect(mask.text('hunter-two and hunter')).toBe('<redacted> and <redacted>');
  });

  test('but a short one only where it stands alone, and an empty one nowhere', () => {
    expect(new SecretMask(['ab', '', ' ']).text('cab ab abc "ab"')).toBe('cab <redacted> abc "<redacted>"');
  });

  test('whatever it is made of', () => {
    const secret = fc
      .array(fc.integer({ min: 0, max: 0x10ffff }), { minLength: 6, maxLength: 40 })
      .map((codes) => String.fromCodePoint(...codes))
      .filter((text) => text.trim() !== '');
    fc.assert(
      fc.property(secret, fc.string({ maxLength: 40 }), (one, around) => {
        const mask = new SecretMask([one]);
        const rest = around.replaceAll(one, '');
        expect(mask.text(`${rest} ${one} ${rest}`)).toContain('<redacted>');
        expect(mask.text(JSON.stringify([one]))).toBe('["<redacted>"]');
      }),
    );
  });
});

test('an error is masked with its hint, its stack and all its causes', () => {
  const cause = new AggregateError([new Error(`inner ${SECRET}`)], 'several');
  const error = new UserError('run', `outer ${SECRET}`, `hint ${SECRET}`, { cause });
  const masked = new SecretMask([SECRET]).error(error);
  expect(masked).toBe(error);
  expect(masked).toMatchObject({ fault: 'run', message: 'outer <redacted>', hint: 'hint <redacted>' });
  expect(
    [masked.stack, (cause.errors[0] as Error).message, (cause.errors[0] as Error).stack].join(),
  ).not.toContain(SECRET);
});

test('errors that are their own cause are no trap', () => {
  const error = new Error(SECRET);
  error.cause = error;
  expect(new SecretMask([SECRET]).error(error).message).toBe('<redacted>');
  expect(new SecretMask([SECRET]).error('thrown text')).toBe('thrown text');
});
