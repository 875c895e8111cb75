import { describe, expect, it } from 'vitest';
import { HeadParser, INCOMPLETE, INVALID } from '../../../src/load/transport/head-parser.js';
import { bytesOf } from '../../support/answers.js';

interface Head {
  status: number;
  contentLength: number;
  isChunked: boolean;
  hasOtherEncoding: boolean;
  keepsAlive: boolean;
}

/** What a head says, or why it says nothing. */
function parse(text: string): Head | 'incomplete' | 'invalid' {
  const parser = new HeadParser();
  const bytes = bytesOf(text);
  // As in the buffer that all connections share: what is behind the end is left over from others.
  const shared = Buffer.concat([bytes, bytesOf('200 OK\r\n\r\n')]);
  parser.begin();
  const after = parser.parse(shared, 0, bytes.length);
  if (after === INCOMPLETE) return 'incomplete';
  if (after === INVALID) return 'invalid';
  expect(after).toBe(bytes.length);
  const { status, contentLength, isChunked, hasOtherEncoding, keepsAlive } = parser;
  return { status, contentLength, isChunked, hasOtherEncoding, keepsAlive };
}

const PLAIN: Head = {
  status: 200,
  contentLength: -1,
  isChunked: false,
  hasOtherEncoding: false,
  keepsAlive: true,
};

/** A head with these header lines. */
const withHeaders = (...lines: string[]): string => ['HTTP/1.1 200 OK', ...lines, '', ''].join('\r\n');

describe('the status line', () => {
  it.each<[string, Partial<Head>]>([
    ['HTTP/1.1 200 OK', {}],
    ['HTTP/1.1 200 ', {}],
    ['HTTP/1.1 200', {}],
    ['HTTP/1.1 404 Not Found at all', { status: 404 }],
    ['HTTP/1.1 100 Continue', { status: 100 }],
    ['HTTP/1.1 999 \u00e9\t!', { status: 999 }],
    ['HTTP/1.0 200 OK', { keepsAlive: false }],
    ['\r\n\r\nHTTP/1.1 201 Created', { status: 201 }],
    ['\nHTTP/1.1 201 Created', { status: 201 }],
  ])('%j is read', (line, expected) => {
    expect(parse(`${line}\r\n\r\n`)).toEqual({ ...PLAIN, ...expected });
    expect(parse(`${line}\n\n`)).toEqual({ ...PLAIN, ...expected });
  });

  it.each([
    'HTTP/1.1 20',
    'HTTP/1.1 2000 OK',
    'HTTP/1.1 099 Low',
    'HTTP/1.1 2x0 OK',
    'HTTP/1.1 -20 OK',
    'HTTP/1.1  200 OK',
    'HTTP/1.1\t200 OK',
    'HTTP/1.1 200\tOK',
    'HTTP/1.1',
    'HTTP/1.1 ',
    'HTTP/1.2 200 OK',
    'HTTP/2.0 200 OK',
    'HTTP/2 200',
    'http/1.1 200 OK',
    ' HTTP/1.1 200 OK',
    'HTTP/1.1 200 O\0K',
    'HTTP/1.1 200 O\rK',
    'ICY 200 OK',
    '220 mail.example ESMTP',
    '{"status":200}',
  ])('%j is invalid', (line) => {
    expect(parse(`${line}\r\n\r\n`)).toBe('invalid');
  });

  it.each(['S', 'HX', 'HTTP/2', 'HTTP/1.1\0'])('%j is invalid before its end has come', (start) => {
    expect(parse(start)).toBe('invalid');
  });

  it.each(['', '\r', '\r\n', 'H', 'HTTP/1.', 'HTTP/1.1 200 OK', 'HTTP/1.1 200 OK\r', 'HTTP/1.1 200 OK\r\n'])(
    '%j may become one',
    (start) => {
      expect(parse(start)).toBe('incomplete');
    },
  );
});

describe('Content-Length', () => {
  it.each<[string[], number]>([
    [['Content-Length: 0'], 0],
    [['Content-Length: 5'], 5],
    [['content-length:5'], 5],
    [['CONTENT-LENGTH: \t 5 \t '], 5],
    [['Content-Length: 0005'], 5],
    [['Content-Length: 00000000000000000000'], 0],
    [['Content-Length: 0000000000000000000005'], 5],
    [['Content-Length: 999999999999999'], 999_999_999_999_999],
    [['Content-Length: 5', 'Content-Length: 5'], 5],
    [['Content-Length: 5', 'content-length: 05'], 5],
    [['Content-Length: 5, 5'], 5],
    [['Content-Length: 5 ,05,\t5'], 5],
    [['Content-Length: 5, 5', 'Content-Length: 5'], 5],
    [['X-Content-Length: 7'], -1],
    [['Content-Lengthy: 7'], -1],
    [['Content-Lengtg: 7'], -1],
    [['Content: 7', 'C: 8', 'Cookie: 9'], -1],
  ])('%j is read as %d', (lines, contentLength) => {
    expect(parse(withHeaders(...lines))).toEqual({ ...PLAIN, contentLength });
  });

  it.each([
    [['Content-Length: 5', 'Content-Length: 6']],
    [['Content-Length: 5, 6']],
    [['Content-Length: 5,']],
    [['Content-Length: ,5']],
    [['Content-Length: ,']],
    [['Content-Length: 5, 5', 'Content-Length: 6']],
    [['Content-Length: 5 5']],
    [['Content-Length:']],
    [['Content-Length: two']],
    [['Content-Length: 5x']],
    [['Content-Length: -5']],
    [['Content-Length: +5']],
    [['Content-Length: 0x5']],
    [['Content-Length: 5.0']],
    [['Content-Length: 1000000000000000']],
    [['Content-Length: 99999999999999999999']],
    [['Content-Length: 1', ' 0']],
    [['Content-Length:', ' 5']],
  ])('%j is invalid', (lines) => {
    expect(parse(withHeaders(...lines))).toBe('invalid');
  });
});

describe('Transfer-Encoding', () => {
  it.each<[string[], Partial<Head>]>([
    [['Transfer-Encoding: chunked'], { isChunked: true }],
    [['transfer-encoding:CHUNKED '], { isChunked: true }],
    [['Transfer-Encoding: gzip, chunked'], { isChunked: true }],
    [['Transfer-Encoding: gzip,chunked'], { isChunked: true }],
    [['Transfer-Encoding: chunked, '], { isChunked: true }],
    [['Transfer-Encoding: gzip', 'Transfer-Encoding: chunked'], { isChunked: true }],
    [['Transfer-Encoding: gzip'], { hasOtherEncoding: true }],
    [['Transfer-Encoding: chunked, gzip'], { hasOtherEncoding: true }],
    [['Transfer-Encoding: chunked', 'Transfer-Encoding: gzip'], { hasOtherEncoding: true }],
    [['Transfer-Encoding: identity'], { hasOtherEncoding: true }],
    [['Transfer-Encoding: gzip chunked'], { hasOtherEncoding: true }],
    [['Transfer-Encoding: xchunked'], { hasOtherEncoding: true }],
    [['Transfer-Encoding:'], { hasOtherEncoding: true }],
    [['Transfer: chunked', 'TE: chunked', 'Trailer: chunked'], {}],
  ])('%j is read', (lines, expected) => {
    expect(parse(withHeaders(...lines))).toEqual({ ...PLAIN, ...expected });
  });

  it('may not go on in another line', () => {
    expect(parse(withHeaders('Transfer-Encoding: gzip,', ' chunked'))).toBe('invalid');
  });

  it('ends the connection of HTTP/1.0, which does not know it', () => {
    const head = parse('HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nTransfer-Encoding: chunked\r\n\r\n');
    expect(head).toEqual({ ...PLAIN, isChunked: true, keepsAlive: false });
  });
});

describe('Connection', () => {
  it.each<[number, string[], boolean]>([
    [1, [], true],
    [1, ['Connection: close'], false],
    [1, ['CONNECTION:CLOSE'], false],
    [1, ['Connection: keep-alive'], true],
    [1, ['Connection: Upgrade, close'], false],
    [1, ['Connection: close,x'], false],
    [1, ['Connection: closed'], true],
    [1, ['Connection: close', 'Connection: keep-alive'], false],
    [1, ['Connection: keep-alive', 'Connection: close'], false],
    [1, ['Connection: keep-alive, close'], false],
    [1, ['Connection:'], true],
    [1, ['Proxy-Connection: close'], true],
    [0, [], false],
    [0, ['Connection: keep-alive'], true],
    [0, ['Connection: Keep-Alive, x'], true],
    [0, ['Connection: x'], false],
    [0, ['Connection: close', 'Connection: keep-alive'], false],
  ])('HTTP/1.%d with %j: keeps alive %s', (minor, lines, keepsAlive) => {
    const text = [`HTTP/1.${minor} 200 OK`, ...lines, '', ''].join('\r\n');
    expect(parse(text)).toEqual({ ...PLAIN, keepsAlive });
  });
});

describe('other headers', () => {
  it.each([
    'X:',
    'X: ',
    'x:y',
    "!#$%&'*+-.^_`|~09azAZ: all that a name may hold",
    'X: \u00e9 "and" \t (more) : ; , \u007f',
    'X: one\r\n two\r\n\tthree',
    'Cookie: one\r\n two',
    ' before any header',
  ])('%j is passed over', (line) => {
    expect(parse(withHeaders(line, 'Content-Length: 3'))).toEqual({ ...PLAIN, contentLength: 3 });
  });

  it.each([
    'no colon',
    ': no name',
    'X : blank before the colon',
    'X\t: tab before the colon',
    'X(y): bracket',
    'X\u00e9: beyond ASCII',
    'X: nul \0',
    'X: bell \u0007',
    'X: bare \r return',
    'X\r: y',
  ])('%j is invalid', (line) => {
    expect(parse(withHeaders(line, 'Content-Length: 3'))).toBe('invalid');
  });
});

it('lets a header be continued after one that says where the body ends', () => {
  expect(parse(withHeaders('Content-Length: 3', 'X: y', ' z'))).toEqual({ ...PLAIN, contentLength: 3 });
});

it('ends a head at an empty line, whatever ended the lines before it', () => {
  for (const text of ['HTTP/1.1 200\n\n', 'HTTP/1.1 200\r\n\n', 'HTTP/1.1 200\na:b\r\n\r\n'])
    expect(parse(text)).toEqual(PLAIN);
  expect(parse('HTTP/1.1 200\r\n\r')).toBe('incomplete');
  expect(parse('HTTP/1.1 200\r\n\rX')).toBe('invalid');
});

it('says where it stopped, and goes on from there', () => {
  const parser = new HeadParser();
  parser.begin();
  const first = bytesOf('HTTP/1.1 404 No\r\nContent-Length: 7\r\nConn');
  expect(parser.parse(first, 0, first.length)).toBe(INCOMPLETE);
  expect(first.subarray(parser.stoppedAt).toString()).toBe('Conn');

  const second = bytesOf('..Connection: close\r\n\r\nbody');
  expect(parser.parse(second, 2, second.length)).toBe(second.length - 'body'.length);
  expect(parser).toMatchObject({ status: 404, contentLength: 7, keepsAlive: false });
});

it('forgets one head before the next', () => {
  const parser = new HeadParser();
  for (const text of [
    withHeaders('Content-Length: 5', 'Connection: close'),
    withHeaders('Transfer-Encoding: chunked'),
    withHeaders('Transfer-Encoding: gzip'),
    withHeaders(),
  ]) {
    parser.begin();
    parser.parse(bytesOf(text), 0, text.length);
  }
  const { status, contentLength, isChunked, hasOtherEncoding, keepsAlive } = parser;
  expect({ status, contentLength, isChunked, hasOtherEncoding, keepsAlive }).toEqual(PLAIN);
});
