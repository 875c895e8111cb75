import { describe, expect, test } from 'vitest';
import { cookiesOf } from '../../../src/model/requests/set-cookie.js';

const NOW_MS = 1_700_000_000_000;

describe('cookies', () => {
  test('are read with how long they last', () => {
    const expires = new Date(NOW_MS + 9000).toUTCString();
    expect(
      cookiesOf(
        ['a=1; Path=/; HttpOnly', 'b="2=3"; max-age=60; Expires=x', `c=4; expires=${expires}`],
        NOW_MS,
      ),
    ).toEqual([
      { name: 'a', value: '1', lifetimeMs: null },
      { name: 'b', value: '"2=3"', lifetimeMs: 60_000 },
      { name: 'c', value: '4', lifetimeMs: 9000 },
    ]);
  });

  test('that are taken away, or are none, are left out; the last of a name counts', () => {
    const lines = ['a=1', 'a=2', 'b=1', 'b=; Max-Age=0', 'c=1; Max-Age=-1', 'no pair', '=x', ''];
    expect(cookiesOf(lines, NOW_MS).map(({ name, value }) => [name, value])).toEqual([['a', '2']]);
  });
});
