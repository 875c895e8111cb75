import fc from 'fast-check';
import type { ResponseReader } from '../../src/load/transport/response-reader.js';
import { READ } from '../../src/load/transport/response-reader.js';

/** What a reader made of an answer. */
export interface Read {
  readonly end: 'complete' | 'failed';
  readonly status: number;
  readonly bodyBytes: number;
  readonly keepsAlive: boolean;
}

const FAILED: Read = { end: 'failed', status: 0, bodyBytes: 0, keepsAlive: false };

/** Text as bytes, a character a byte. */
export function bytesOf(text: string): Buffer {
  return Buffer.from(text, 'latin1');
}

/** Has the reader read these pieces as one answer, after which the connection ends. */
export function readPieces(reader: ResponseReader, pieces: readonly Uint8Array[], isHead = false): Read {
  reader.begin(isHead);
  for (const piece of pieces) {
    const result = reader.read(piece, piece.length);
    if (result === READ.complete) return outcome(reader);
    if (result !== READ.more) return FAILED;
  }
  return reader.isCompleteAtEnd ? outcome(reader) : FAILED;
}

function outcome({ status, bodyBytes, keepsAlive }: ResponseReader): Read {
  return { end: 'complete', status, bodyBytes, keepsAlive };
}

/** Cuts bytes at these places, given as shares of their length. */
export function cutAt(bytes: Uint8Array, shares: readonly number[]): Uint8Array[] {
  const places = [...new Set(shares.map((share) => Math.floor(share * bytes.length)))].sort((a, b) => a - b);
  const pieces = [0, ...places].map((from, at) => bytes.subarray(from, places[at] ?? bytes.length));
  return pieces.filter(({ length }) => length > 0);
}

type Framing = 'length' | 'chunks' | 'close' | 'none';

/** A valid answer and what has to be made of it. */
export interface Answer {
  readonly text: string;
  readonly isHead: boolean;
  /** What tells where the body ends. */
  readonly framing: Framing;
  readonly expected: Read;
}

const status = fc.constantFrom(200, 201, 202, 203, 206, 301, 302, 400, 404, 418, 429, 500, 503, 599);
const bodiless = fc.constantFrom(204, 304);
const reason = fc.constantFrom('', ' ', ' OK', ' Not  what you\tthink', ' caf\u00e9');
const lineEnd = fc.constantFrom('\r\n', '\r\n', '\r\n', '\n');
const blank = fc.constantFrom('', ' ', '  ', '\t', ' \t ');
const value = fc.string({
  unit: fc.constantFrom('a', '1', ' ', '\t', ':', ',', '"', '\u00e9'),
  maxLength: 20,
});
const name = fc.constantFrom(
  'Date',
  'cOOKIE',
  'x',
  "!#$%&'*+-.^_`|~9",
  'Content-Type',
  'Transfer',
  'Trailer',
);
const otherHeader = fc.tuple(name, value).map(([key, text]) => ({ key, text: text.trim() }));
/** Anything at all, the look of another answer included. */
const data = fc.oneof(
  fc.string({ unit: 'binary-ascii', maxLength: 200 }),
  fc.constant('HTTP/1.1 500 No\r\nContent-Length: 3\r\n\r\nno!'),
  fc.constant('0\r\n\r\n'),
);

interface Parts {
  readonly framing: Framing;
  readonly headers: readonly { key: string; text: string }[];
  readonly body: string;
  readonly bodyBytes: number;
}

const lengthBody = fc
  .tuple(data, fc.integer({ min: 0, max: 3 }), fc.boolean())
  .map(([body, zeros, twice]): Parts => ({
    framing: 'length',
    headers: Array.from({ length: twice ? 2 : 1 }, () => ({
      key: 'Content-Length',
      text: '0'.repeat(zeros) + String(body.length),
    })),
    body,
    bodyBytes: body.length,
  }));

const extension = fc.constantFrom('', ';a=b', ' ;x="y z"', ';');
const chunk = fc
  .tuple(fc.string({ unit: 'binary-ascii', minLength: 1, maxLength: 60 }), extension, fc.boolean())
  .map(([text, more, isUpper]) => {
    const size = text.length.toString(16);
    return {
      text: `${isUpper ? size.toUpperCase() : `00${size}`}${more}\r\n${text}\r\n`,
      size: text.length,
    };
  });
const trailers = fc.array(fc.tuple(name, value), { maxLength: 2 });
const chunkedBody = fc
  .tuple(fc.array(chunk, { maxLength: 4 }), trailers, fc.constantFrom('chunked', 'Chunked', 'gzip, chunked'))
  .map(([chunks, trailing, text]): Parts => ({
    framing: 'chunks',
    headers: [{ key: 'Transfer-Encoding', text }],
    body: `${chunks.map((one) => one.text).join('')}0\r\n${trailing.map(([key, more]) => `${key}:${more}\r\n`).join('')}\r\n`,
    bodyBytes: chunks.reduce((sum, { size }) => sum + size, 0),
  }));
const closeBody = fc
  .tuple(data, fc.constantFrom([], [{ key: 'transfer-encoding', text: 'gzip' }]))
  .map(([body, headers]): Parts => ({ framing: 'close', headers, body, bodyBytes: body.length }));
const noBody = fc
  .constantFrom([], [{ key: 'Content-Length', text: '17' }], [{ key: 'Transfer-Encoding', text: 'chunked' }])
  .map((headers): Parts => ({ framing: 'none', headers, body: '', bodyBytes: 0 }));

const connection = fc.constantFrom(undefined, 'close', 'Close', 'keep-alive', 'Keep-Alive, x', 'x , close');
const early = fc.constantFrom(
  '',
  '',
  '',
  'HTTP/1.1 100 Continue\r\n\r\n',
  'HTTP/1.1 103 Early\r\nLink: <a>\r\n\r\n',
);

/** Valid answers of every kind: their framing, spelling and what else their heads may hold. */
export const answer: fc.Arbitrary<Answer> = fc
  .oneof(lengthBody, chunkedBody, closeBody, noBody)
  .chain((parts) =>
    fc.record({
      parts: fc.constant(parts),
      isHead: parts.framing === 'none' ? fc.boolean() : fc.constant(false),
      minor: parts.headers.some(({ key }) => /^t/i.test(key)) ? fc.constant(1) : fc.constantFrom(0, 1, 1),
      status,
      bodiless,
      reason,
      others: fc.array(otherHeader, { maxLength: 4 }),
      connection,
      early,
      lineEnd,
      blanks: fc.tuple(blank, blank),
      isUpper: fc.boolean(),
    }),
  )
  .map((drawn) => {
    const { parts, isHead, minor, others, isUpper, blanks } = drawn;
    const code = parts.framing === 'none' && !isHead ? drawn.bodiless : drawn.status;
    const headers = [
      ...others.slice(0, 2),
      ...(drawn.connection === undefined ? [] : [{ key: 'Connection', text: drawn.connection }]),
      ...parts.headers,
      ...others.slice(2),
    ].map(({ key, text }) => `${isUpper ? key.toUpperCase() : key}:${blanks[0]}${text}${blanks[1]}`);
    const head = [`HTTP/1.${minor} ${code}${drawn.reason}`, ...headers, '', ''].join(drawn.lineEnd);
    const saysClose = /close/i.test(drawn.connection ?? '');
    const saysKeep = /keep-alive/i.test(drawn.connection ?? '');
    const keepsAlive = parts.framing !== 'close' && !saysClose && (minor === 1 || saysKeep);
    return {
      text: drawn.early + head + parts.body,
      isHead,
      framing: parts.framing,
      expected: { end: 'complete', status: code, bodyBytes: parts.bodyBytes, keepsAlive },
    };
  });
