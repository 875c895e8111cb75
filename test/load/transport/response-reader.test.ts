import { describe, expect, it } from 'vitest';
import { READ, ResponseReader } from '../../../src/load/transport/response-reader.js';
import { bytesOf } from '../../support/answers.js';

type Name = keyof typeof READ;
const NAMES = Object.fromEntries(Object.entries(READ).map(([name, code]) => [code, name as Name]));

interface Reading {
  readonly result: Name;
  readonly status: number;
  readonly bodyBytes: number;
  readonly keepsAlive: boolean;
}

/** Reads an answer in one piece. */
function read(text: string, { isHead = false, reader = new ResponseReader() } = {}): Reading {
  reader.begin(isHead);
  const code = reader.read(bytesOf(text), text.length);
  const { status, bodyBytes, keepsAlive } = reader;
  return { result: NAMES[code]!, status, bodyBytes, keepsAlive };
}

const OK = 'HTTP/1.1 200 OK\r\n';
const complete = (bodyBytes: number, parts: Partial<Reading> = {}): Reading => ({
  result: 'complete',
  status: 200,
  bodyBytes,
  keepsAlive: true,
  ...parts,
});

describe('a body of a given length', () => {
  it.each<[string, string, Reading]>([
    ['that is all there', 'Content-Length: 2\r\n\r\nok', complete(2)],
    ['of nothing', 'Content-Length: 0\r\n\r\n', complete(0)],
    ['that is not all there', 'Content-Length: 9\r\n\r\nok', complete(2, { result: 'more' })],
    ['that has not begun', 'Content-Length: 9\r\n\r\n', complete(0, { result: 'more' })],
    ['with a byte too many', 'Content-Length: 1\r\n\r\nok', complete(1, { result: 'excess' })],
    ['with blank lines behind it', 'Content-Length: 2\r\n\r\nok\r\n\r\n', complete(2)],
    ['given twice', 'Content-Length: 2\r\nContent-Length: 2\r\n\r\nok', complete(2)],
    [
      'of a connection that ends',
      'Connection: close\r\nContent-Length: 1\r\n\r\nx',
      complete(1, { keepsAlive: false }),
    ],
  ])('%s', (_, rest, expected) => {
    expect(read(OK + rest)).toEqual(expected);
  });

  it.each<[string, string]>([
    ['given twice and differently', 'Content-Length: 2\r\nContent-Length: 3\r\n\r\nok'],
    ['and a chunked one', 'Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n'],
    ['and a chunked one, the other way round', 'Transfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\nok'],
    ['and one in another encoding', 'Content-Length: 2\r\nTransfer-Encoding: gzip\r\n\r\nok'],
    ['that is none', 'Content-Length: two\r\n\r\nok'],
  ])('%s is invalid', (_, rest) => {
    expect(read(OK + rest).result).toBe('invalid');
  });

  it('is miscounted when the connection ends as announced before it', () => {
    const reader = new ResponseReader();
    read(`${OK}Connection: close\r\nContent-Length: 3\r\n\r\nok`, { reader });
    expect([reader.isMiscounted, reader.isCompleteAtEnd]).toEqual([true, false]);
    read(`${OK}Content-Length: 3\r\n\r\nok`, { reader });
    expect([reader.isMiscounted, reader.isCompleteAtEnd]).toEqual([false, false]);
  });
});

describe('an answer without a body', () => {
  it.each<[string, string, boolean, Reading]>([
    ['204', 'HTTP/1.1 204 No Content\r\n\r\n', false, complete(0, { status: 204 })],
    [
      '204 that tells a length',
      'HTTP/1.1 204 No\r\nContent-Length: 5\r\n\r\n',
      false,
      complete(0, { status: 204 }),
    ],
    [
      '204 that says chunked',
      'HTTP/1.1 204 No\r\nTransfer-Encoding: chunked\r\n\r\n',
      false,
      complete(0, { status: 204 }),
    ],
    ['304', 'HTTP/1.1 304 Same\r\nContent-Length: 5\r\n\r\n', false, complete(0, { status: 304 })],
    ['HEAD', `${OK}Content-Length: 5\r\n\r\n`, true, complete(0)],
    ['HEAD that says chunked', `${OK}Transfer-Encoding: chunked\r\n\r\n`, true, complete(0)],
    ['HEAD that says nothing', `${OK}\r\n`, true, complete(0)],
    ['204 with a body', 'HTTP/1.1 204 No\r\n\r\nbody', false, complete(0, { status: 204, result: 'excess' })],
    ['HEAD with a body', `${OK}Content-Length: 4\r\n\r\nbody`, true, complete(0, { result: 'excess' })],
    [
      '101',
      'HTTP/1.1 101 Other\r\nUpgrade: x\r\n\r\n',
      false,
      complete(0, { status: 101, keepsAlive: false }),
    ],
    [
      '101 and another protocol',
      'HTTP/1.1 101 Other\r\n\r\n\u0081\u0005hello',
      false,
      complete(0, { status: 101, keepsAlive: false }),
    ],
  ])('%s', (_, text, isHead, expected) => {
    expect(read(text, { isHead })).toEqual(expected);
  });
});

describe('informational answers', () => {
  const EARLY = 'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n';

  it('come before the real one, as many as there are', () => {
    expect(read(`HTTP/1.1 100 Continue\r\n\r\n${EARLY}${EARLY}${OK}Content-Length: 2\r\n\r\nok`)).toEqual(
      complete(2),
    );
  });

  it('are no answer', () => {
    expect(read(EARLY)).toMatchObject({ result: 'more' });
  });

  it('have no body and say nothing about that of the real one', () => {
    const early = 'HTTP/1.1 100 Continue\r\nContent-Length: 5\r\nConnection: close\r\n\r\n';
    expect(read(`${early}${OK}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n`)).toEqual(complete(0));
  });
});

describe('a body that ends with the connection', () => {
  it.each<[string, string]>([
    ['no length', `${OK}\r\nbody`],
    ['another encoding', `${OK}Transfer-Encoding: gzip\r\n\r\nbody`],
    ['chunked before another encoding', `${OK}Transfer-Encoding: chunked, gzip\r\n\r\nbody`],
    ['HTTP/1.0', 'HTTP/1.0 200 OK\r\n\r\nbody'],
    ['HTTP/1.0 that would keep it', 'HTTP/1.0 200 OK\r\nConnection: keep-alive\r\n\r\nbody'],
  ])('%s', (_, text) => {
    const reader = new ResponseReader();
    expect(read(text, { reader })).toEqual(complete(4, { result: 'more', keepsAlive: false }));
    expect(reader.isCompleteAtEnd).toBe(true);
    expect(reader.isMiscounted).toBe(false);
  });

  it('is not there before the head is complete', () => {
    const reader = new ResponseReader();
    read(`${OK}Content-Le`, { reader });
    expect(reader.isCompleteAtEnd).toBe(false);
  });
});

describe('a chunked body', () => {
  const CHUNKED = `${OK}Transfer-Encoding: chunked\r\n\r\n`;

  it.each<[string, string, number]>([
    ['of nothing', '0\r\n\r\n', 0],
    ['of one chunk', '2\r\nok\r\n0\r\n\r\n', 2],
    ['of several', '2\r\nok\r\n3\r\nyes\r\n0\r\n\r\n', 5],
    ['with sizes in hexadecimal', `1a\r\n${'x'.repeat(26)}\r\nB\r\n${'y'.repeat(11)}\r\n0\r\n\r\n`, 37],
    ['with zeros before a size', '0000000000000002\r\nok\r\n000\r\n\r\n', 2],
    ['with extensions', '2;a=b;c="d e"\r\nok\r\n0;last\r\n\r\n', 2],
    ['with blanks after a size', '2  \r\nok\r\n0 \t;x\r\n\r\n', 2],
    ['with trailers', '2\r\nok\r\n0\r\nExpires: never\r\nX:\r\n\r\n', 2],
    ['whose data looks like its end', '5\r\n0\r\n\r\n\r\n0\r\n\r\n', 5],
  ])('%s', (_, body, bytes) => {
    expect(read(CHUNKED + body)).toEqual(complete(bytes));
  });

  it.each<[string, string]>([
    ['no size', '\r\nok\r\n0\r\n\r\n'],
    ['a size that is none', 'two\r\nok\r\n'],
    ['a negative size', '-2\r\nok\r\n'],
    ['a size with 0x', '0x2\r\nok\r\n'],
    ['a blank before the size', ' 2\r\nok\r\n'],
    ['two sizes', '2 2\r\nok\r\n'],
    ['a size beyond all numbers', '1000000000000\r\nok\r\n'],
    ['data longer than its size', '2\r\noks\r\n0\r\n\r\n'],
    ['data shorter than its size', '3\r\nok\r\n0\r\n\r\n'],
    ['a bare line feed after a size', '2\nok\r\n0\r\n\r\n'],
    ['a bare line feed after the data', '2\r\nok\n0\r\n\r\n'],
    ['a bare line feed in an extension', '2;x\nok\r\n0\r\n\r\n'],
    ['a bare line feed after a trailer', '0\r\nX: y\n\r\n'],
    ['a bare line feed at the end', '0\r\n\n'],
    ['a bare return after the size', '2\rok\r\n'],
    ['a bare return after the data', '2\r\nok\r0\r\n\r\n'],
    ['two returns after the data', '2\r\nok\r\r\n0\r\n\r\n'],
    ['a bare return in an extension', '2;a\rb\r\nok\r\n'],
    ['a control character in an extension', '2;a\0b\r\nok\r\n'],
    ['a trailer without a colon', '0\r\nExpires\r\n\r\n'],
    ['a trailer without a name', '0\r\n: never\r\n\r\n'],
    ['a trailer that is continued', '0\r\nX: y\r\n z\r\n\r\n'],
    ['a blank before the colon of a trailer', '0\r\nX : y\r\n\r\n'],
    ['a control character in a trailer', '0\r\nX: \0\r\n\r\n'],
    ['a bare return in a trailer', '0\r\nX: y\rz\r\n\r\n'],
    ['a bare return at the end', '0\r\n\rX'],
  ])('with %s is invalid', (_, body) => {
    expect(read(CHUNKED + body).result).toBe('invalid');
  });

  it.each([
    ...[
      '',
      '2',
      '2\r',
      '2\r\n',
      '2\r\no',
      '2\r\nok',
      '2\r\nok\r',
      '2\r\nok\r\n',
      '2\r\nok\r\n0',
      '0\r\n',
      '0\r\n\r',
    ],
    ...['0\r\nX', '0\r\nX: y', '0\r\nX: y\r', '0\r\nX: y\r\n', '2;', '2;x', '2 ', 'ffffffffffff\r\nok'],
  ])('%j is not all', (body) => {
    expect(read(CHUNKED + body).result).toBe('more');
  });

  it('with something behind its end has a miscount', () => {
    expect(read(`${CHUNKED}0\r\n\r\nHTTP/1.1 200 OK\r\n`).result).toBe('excess');
    expect(read(`${CHUNKED}0\r\n\r\n\r\n`).result).toBe('complete');
  });

  it('may have any number of chunks', () => {
    expect(read(`${CHUNKED}${'1\r\nx\r\n'.repeat(30_000)}0\r\n\r\n`)).toEqual(complete(30_000));
  });

  it('is cut short by the connection', () => {
    const reader = new ResponseReader();
    read(`${CHUNKED}2\r\nok\r\n`, { reader });
    expect([reader.isCompleteAtEnd, reader.isMiscounted]).toEqual([false, false]);
  });
});

describe('a head of up to 64 KiB', () => {
  const START = `${OK}Content-Length: 0\r\nX: `;
  const headOf = (bytes: number): string => `${START}${'y'.repeat(bytes - START.length - 4)}\r\n\r\n`;

  it('is read, and of one byte more is not', () => {
    expect(read(headOf(65_536)).result).toBe('complete');
    expect(read(headOf(65_537)).result).toBe('headersTooLarge');
  });

  it('does so in pieces too', () => {
    for (const [bytes, result] of [
      [65_536, READ.complete],
      [65_537, READ.headersTooLarge],
    ] as const) {
      const reader = new ResponseReader();
      reader.begin(false);
      const text = headOf(bytes);
      const half = bytesOf(text.slice(0, 40_000));
      expect(reader.read(half, half.length)).toBe(READ.more);
      const rest = bytesOf(text.slice(40_000));
      expect(reader.read(rest, rest.length)).toBe(result);
    }
  });

  it('does not count against the next one', () => {
    const reader = new ResponseReader();
    for (let answer = 0; answer < 3; answer += 1)
      expect(read(headOf(60_000), { reader }).result).toBe('complete');
  });
});

it('knows whether anything of an answer has come', () => {
  const reader = new ResponseReader();
  reader.begin(false);
  expect(reader.hasBegun).toBe(false);
  reader.read(bytesOf('H'), 1);
  expect(reader.hasBegun).toBe(true);
  reader.begin(false);
  expect(reader.hasBegun).toBe(false);
});

it('reads only as much of the buffer as is given', () => {
  const reader = new ResponseReader();
  reader.begin(false);
  const buffer = bytesOf(`${OK}Content-Length: 2\r\n\r\nok and what was here before`);
  expect(reader.read(buffer, buffer.indexOf('ok') + 2)).toBe(READ.complete);
});
