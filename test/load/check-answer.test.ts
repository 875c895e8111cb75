import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { faultFinder, keepsFor } from '../../src/load/check-answer.js';
import { KeptAnswer, MOST_KEPT_BYTES } from '../../src/load/transport/kept-answer.js';
import type { AnswerCheck } from '../../src/model/requests/answer-check.js';
import { bytesOf } from '../support/answers.js';

const NOTHING: AnswerCheck = { status: [[200, 299]], headers: {}, json: {}, bytes: null };

/** What the check finds wrong with an answer of this body and these headers. */
function faultOf(check: Partial<AnswerCheck>, body: string, headers: Record<string, string> = {}): string {
  const whole = { ...NOTHING, ...check };
  const kept = new KeptAnswer(keepsFor([whole]) ?? { headers: false, body: false });
  kept.begin();
  for (const [name, value] of Object.entries(headers)) kept.addHeader(bytesOf(name), bytesOf(value));
  const bytes = Buffer.from(body);
  kept.addBody(bytes);
  return faultFinder(whole)!(kept, bytes.length);
}

it('keeps nothing of answers, and looks at none, when only the status counts', () => {
  for (const check of [undefined, NOTHING]) {
    expect(keepsFor([check])).toBeUndefined();
    expect(faultFinder(check)).toBeUndefined();
  }
  expect(keepsFor([{ ...NOTHING, bytes: { min: 1, max: null } }])).toBeUndefined();
  expect(keepsFor([{ ...NOTHING, headers: { a: 'b' } }])).toEqual({ headers: true, body: false });
  expect(keepsFor([{ ...NOTHING, json: { '/a': 1 } }])).toEqual({ headers: false, body: true });
});

describe('the length of the body', () => {
  it.each<[number, number | null, string, string]>([
    [0, null, '', ''],
    [3, null, 'abc', ''],
    [4, null, 'abc', 'check-bytes'],
    [0, 3, 'abc', ''],
    [0, 2, 'abc', 'check-bytes'],
    [0, 0, '', ''],
    [3, 3, 'né', ''], // bytes, not letters
  ])('from %j to %j: %j gives %j', (min, max, body, fault) => {
    expect(faultOf({ bytes: { min, max } }, body)).toBe(fault);
  });
});

describe('a header', () => {
  const check = { headers: { 'content-type': 'application/json', 'x-a': '' } };

  it.each<[Record<string, string>, string]>([
    [{ 'Content-Type': 'application/json', 'X-A': '' }, ''],
    [{ 'content-type': ' application/json ', 'x-a': '' }, ''],
    [{ 'content-type': 'application/json; charset=utf-8', 'x-a': '' }, ''],
    [{ 'content-type': 'Application/JSON', 'x-a': '' }, ''],
    [{ 'content-type': 'application/json-patch+json', 'x-a': '' }, 'check-header'],
    [{ 'content-type': 'application/json' }, 'check-header'],
    [{}, 'check-header'],
  ])('among %j gives %j', (headers, fault) => {
    expect(faultOf(check, '', headers)).toBe(fault);
  });
});

describe('a value in the body', () => {
  const BODY =
    '{"id":7,"name":"né","ok":true,"none":null,"list":[{"a/b":1}],"m~n":2,"~1":5,"":3,"deep":{"x":{"y":0}}}';

  it.each<[string, string | number | boolean | null, boolean]>([
    ['/id', 7, true],
    ['/id', '7', false],
    ['/id', 8, false],
    ['/name', 'né', true],
    ['/ok', true, true],
    ['/none', null, true],
    ['/absent', null, false],
    ['/list/0/a~1b', 1, true],
    ['/list/1', null, false],
    ['/list/length', 1, false],
    ['/m~0n', 2, true],
    ['/~01', 5, true],
    ['/', 3, true],
    ['/deep/x/y', 0, true],
    ['/deep/x', 0, false],
    ['/id/toString', null, false],
    ['/__proto__', null, false],
  ])('at %j being %j: %j', (pointer, value, isWell) => {
    expect(faultOf({ json: { [pointer]: value } }, BODY)).toBe(isWell ? '' : 'check-json');
  });

  it('is the whole body where the pointer is empty', () => {
    expect(faultOf({ json: { '': 'fine' } }, '"fine"')).toBe('');
    expect(faultOf({ json: { '': null } }, 'null')).toBe('');
  });

  it.each(['', 'no JSON', '{"id":7', '{"id":7}}'])('is not in %j', (body) => {
    expect(faultOf({ json: { '/id': 7 } }, body)).toBe('check-json');
  });

  it('must all be there', () => {
    expect(faultOf({ json: { '/id': 7, '/ok': true } }, BODY)).toBe('');
    expect(faultOf({ json: { '/id': 7, '/ok': false } }, BODY)).toBe('check-json');
  });

  it('is not looked for beyond 1 MiB', () => {
    const text = (bytes: number): string => `{"id":7,"x":"${'x'.repeat(bytes - 15)}"}`;
    expect(faultOf({ json: { '/id': 7 } }, text(MOST_KEPT_BYTES))).toBe('');
    expect(faultOf({ json: { '/id': 7 } }, text(MOST_KEPT_BYTES + 1))).toBe('check-json');
  });
});

it('names the first of several faults: bytes, headers, values', () => {
  const check = { bytes: { min: 9, max: null }, headers: { a: 'b' }, json: { '/id': 1 } };
  expect(faultOf(check, '{}')).toBe('check-bytes');
  expect(faultOf(check, '{"id":2}   ')).toBe('check-header');
  expect(faultOf(check, '{"id":2}   ', { a: 'b' })).toBe('check-json');
  expect(faultOf(check, '{"id":1}   ', { a: 'b' })).toBe('');
});

describe('a body with a content encoding', () => {
  const identity = (text: string): Buffer => Buffer.from(text);
  const encoders = { gzip: gzipSync, br: brotliCompressSync, deflate: deflateSync, identity };
  it.each(Object.entries(encoders))('is decoded where its JSON is checked: %s', (encoding, encode) => {
    const kept = new KeptAnswer({ headers: false, body: true });
    kept.begin();
    kept.addHeader(Buffer.from('Content-Encoding'), Buffer.from(encoding));
    kept.addBody(encode('{"id":7}'));
    const find = faultFinder({ ...NOTHING, json: { '/id': 7 } });
    expect(find?.(kept, 8)).toBe('');
    kept.begin();
    kept.addHeader(Buffer.from('content-encoding'), Buffer.from('compress'));
    kept.addBody(Buffer.from('{"id":7}'));
    expect(find?.(kept, 8)).toBe('check-json');
  });
});

it('tells long integers apart that are one double', () => {
  const body = '{"id":12345678901234567891}';
  expect(faultOf({ json: { '/id': 12345678901234567891n } }, body)).toBe('');
  expect(faultOf({ json: { '/id': 12345678901234567890n } }, body)).toBe('check-json');
  expect(faultOf({ json: { '/id': 12345678901234567000 } }, body)).toBe('check-json');
});
