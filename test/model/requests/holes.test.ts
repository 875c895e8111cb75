import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  fillHoles,
  runsBetween,
  serialDigits,
  showHoles,
  withHoles,
} from '../../../src/model/requests/holes.js';
import type { RequestBlueprint } from '../../../src/model/requests/request.js';

const built = (digits: string, body: RequestBlueprint['body'] = null): RequestBlueprint => ({
  method: 'POST',
  path: `/users/${digits}?q=é${digits}`,
  headers: ['idempotency-key', `k${digits}`],
  body,
});

describe('a request with holes', () => {
  test('has them where two builds with other digits differ, and is filled in all of them', () => {
    const request = withHoles(built('111', '{"a":"11112"}'), built('222', '{"a":"12222"}'));
    const filled = fillHoles(request, 41);
    expect(filled).toEqual({
      method: 'POST',
      path: '/users/141?q=é141',
      headers: ['idempotency-key', 'k141'],
      body: '{"a":"11412"}',
    });
    expect(showHoles(request)).toMatchObject({ path: '/users/{n}?q=é{n}', body: '{"a":"1{n}2"}' });
  });

  test('holds them in bytes as well', () => {
    const bytes = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(text));
    const request = withHoles(built('1', bytes('é1é')), built('2', bytes('é2é')));
    expect(Buffer.from(fillHoles(request, 4).body as Uint8Array).toString()).toBe('é5é');
  });

  test('keeps apart what is more than a number holds exactly, and fills all of it', () => {
    const request = withHoles(built('1'.repeat(28)), built('2'.repeat(28)));
    const filled = [0, 1].map((more) => fillHoles(request, 31_816_381_227_300 + more).headers[1]);
    expect(filled).toEqual(['k1318163812273005816381227300', 'k1318163812273015816381227301']);
  });

  test('without any is as it was', () => {
    const request = built('7');
    expect(withHoles(request, built('7'))).toBe(request);
    expect(fillHoles(request, 5)).toBe(request);
  });

  test.each([
    ['/111', '/2222', /changes its length/],
    ['/111', '/abc', /another form/],
  ])('is refused where digits do not stay digits: %s and %s', (first, second, message) => {
    expect(() => runsBetween(first, second, (run) => run)).toThrow(message);
  });
});

test('digits are as many as wanted, never begin with zero, and differ for serial numbers that follow', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e14 }), fc.integer({ min: 2, max: 15 }), (serial, digits) => {
      const texts = [0, 1, 2].map((more) => serialDigits(serial + more, digits));
      expect(new Set(texts).size).toBe(3);
      for (const text of texts) expect(text).toMatch(new RegExp(`^[1-9]\\d{${digits - 1}}$`));
    }),
  );
});
