import { describe, expect, test } from 'vitest';
import { jwtLifetimeMs, lifetimeMsOf, tokenOf } from '../../../src/openapi/security/token-answer.js';

const NOW_MS = 1_700_000_000_000;

function jwt(claims: unknown): string {
  return `eyJhbGciOiJIUzI1NiJ9.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.c2ln`;
}

describe('a token is found', () => {
  test.each([
    [{ access_token: 'a', token: 'b' }, 'a'],
    [{ token: 'a' }, 'a'],
    [{ accessToken: 'a' }, 'a'],
    [{ id_token: 'a' }, 'a'],
    [{ data: { token: 'a' } }, 'a'],
    [{ jwt: 'a' }, 'a'],
    ['a', 'a'],
    [{ access_token: '', token: 5 }, undefined],
    [null, undefined],
    [[], undefined],
  ])('in %j', (answer, token) => {
    expect(tokenOf(answer)).toBe(token);
  });

  test('at the pointer that is named, and nowhere else', () => {
    expect(tokenOf({ token: 'a', 'x/y': [{ key: 'b' }] }, '/x~1y/0/key')).toBe('b');
    expect(tokenOf({ token: 'a' }, '/other')).toBeUndefined();
  });
});

describe('how long a token lasts', () => {
  test.each([
    ['as the answer says', { expires_in: 60 }, 'opaque', 60_000],
    ['also as text', { expires_in: '60' }, 'opaque', 60_000],
    ['as the token says', {}, jwt({ exp: NOW_MS / 1000 + 30 }), 30_000],
    ['as the stricter of both says', { expires_in: 60 }, jwt({ exp: NOW_MS / 1000 + 30 }), 30_000],
    ['is not known of others', { expires_in: 'soon' }, 'opaque', null],
    ['is not known of claims that are none', null, 'a.b.c', null],
    ['is not known of a number that is none', {}, jwt({ exp: '5' }), null],
  ])('%s', (_, answer, token, lifetimeMs) => {
    expect(lifetimeMsOf(answer, token, NOW_MS)).toBe(lifetimeMs);
  });

  test('is negative when it has ended', () => {
    expect(jwtLifetimeMs(jwt({ exp: NOW_MS / 1000 - 5 }), NOW_MS)).toBe(-5000);
  });
});
