import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { READ, ResponseReader } from '../../../src/load/transport/response-reader.js';
import { answer, bytesOf, readPieces } from '../../support/answers.js';
import { readWithNode } from '../../support/node-parser.js';

/** Status and length of the body, or nothing: `200 5`. */
type Verdict = string;

function ours(text: string, isHead: boolean): Verdict {
  const { end, status, bodyBytes } = readPieces(new ResponseReader(), [bytesOf(text)], isHead);
  return end === 'complete' ? `${status} ${bodyBytes}` : 'failed';
}

async function theirs(text: string, isHead: boolean): Promise<Verdict> {
  const read = await readWithNode(bytesOf(text), isHead);
  return read ? `${read.status} ${read.bodyBytes}` : 'failed';
}

interface Difference {
  readonly name: string;
  /** The answers in which it may show. */
  readonly pattern: RegExp;
  readonly example: string;
  readonly ours: Verdict;
  readonly theirs: Verdict;
}

const OK = 'HTTP/1.1 200 OK\r\n';
const CHUNKED = `${OK}Transfer-Encoding: chunked`;

/** Where we mean to differ from Node's parser; why stands beside each. */
const differences: readonly Difference[] = [
  {
    name: 'lines of a head that end in a line feed alone (RFC 9112, 2.2, lets them pass)',
    pattern: /(^|[^\r])\n/,
    example: 'HTTP/1.1 200 OK\nContent-Length: 2\n\nok',
    ours: '200 2',
    theirs: 'failed',
  },
  {
    name: 'the same length given twice (RFC 9110, 8.6, lets it pass)',
    pattern: /content-length:[^]*content-length:/i,
    example: `${OK}Content-Length: 2\r\nContent-Length: 2\r\n\r\nok`,
    ours: '200 2',
    theirs: 'failed',
  },
  {
    name: 'a list of the same length (RFC 9112, 6.3, has it taken for one)',
    pattern: /content-length:[^\r\n]*,/i,
    example: `${OK}Content-Length: 2, 2\r\n\r\nok`,
    ours: '200 2',
    theirs: 'failed',
  },
  {
    name: 'a tab behind a length (white space like any other)',
    pattern: /content-length:[^\r]*\d[ \t]*\t/i,
    example: `${OK}Content-Length: 2\t\r\n\r\nok`,
    ours: '200 2',
    theirs: 'failed',
  },
  {
    name: 'a tab behind an encoding (the same)',
    pattern: /chunked *\t/i,
    example: `${CHUNKED}\t\r\n\r\n2\r\nok\r\n0\r\n\r\n`,
    ours: '200 2',
    theirs: '200 12',
  },
  {
    name: 'an empty element in the list of encodings (RFC 9110, 5.6.1: it means nothing)',
    pattern: /chunked[ \t]*,/i,
    example: `${CHUNKED},\r\n\r\n2\r\nok\r\n0\r\n\r\n`,
    ours: '200 2',
    theirs: '200 12',
  },
  {
    name: 'blanks before a chunk extension (RFC 9112, 7.1.1, knows them)',
    pattern: /^[0-9a-f]+[ \t]/im,
    example: `${CHUNKED}\r\n\r\n2 ;x=y\r\nok\r\n0\r\n\r\n`,
    ours: '200 2',
    theirs: 'failed',
  },
  {
    name: 'a chunk extension that breaks its grammar (nobody reads it)',
    pattern: /^[0-9a-f]+;(?!a=b\r|x="y z"\r)/im,
    example: `${CHUNKED}\r\n\r\n2;\r\nok\r\n0\r\n\r\n`,
    ours: '200 2',
    theirs: 'failed',
  },
  {
    name: 'a header that goes on in another line (RFC 9112, 5.2), unless it says where the body ends',
    pattern: /\n[ \t]/,
    example: `${OK}X: one\r\n two\r\nContent-Length: 2\r\n\r\nok`,
    ours: '200 2',
    theirs: 'failed',
  },
  {
    name: 'DEL in a header (harmless, and a comparison for each byte)',
    pattern: /\u007f/,
    example: `${OK}X: \u007f\r\nContent-Length: 2\r\n\r\nok`,
    ours: '200 2',
    theirs: 'failed',
  },
  {
    name: 'a control character in the reason (RFC 9112, 4: it may hold none)',
    pattern: /HTTP\/1\.\d \d+ [^\r]*(?![\t\n\r])\p{Cc}/u,
    example: 'HTTP/1.1 200 O\0K\r\nContent-Length: 2\r\n\r\nok',
    ours: 'failed',
    theirs: '200 2',
  },
  {
    name: 'a bare return in or before the status line (RFC 9112, 2.2: it ends no line)',
    pattern: /(^|\n)\r[^\n]|HTTP\/1\.\d[^\n]*\r[^\n]/,
    example: 'HTTP/1.1 200 OK\r\rContent-Length: 2\r\n\r\nok',
    ours: 'failed',
    theirs: '200 2',
  },
  {
    name: 'an informational answer of HTTP/1.0, or one that says close (what follows is clear all the same)',
    pattern: /HTTP\/1\.0 1|HTTP\/1\.1 1[^]*close[^]*HTTP/i,
    example: `HTTP/1.0 100 Go\r\n\r\n${OK}Content-Length: 2\r\n\r\nok`,
    ours: '200 2',
    theirs: 'failed',
  },
  {
    name: 'an answer with another one behind it (RFC 9112, 6.3: one of the lengths must be wrong)',
    pattern: /(?!)/, // seen by `hasExcess`
    example: `${OK}Content-Length: 2\r\n\r\nok${OK}Content-Length: 2\r\n\r\nok`,
    ours: 'failed',
    theirs: '200 2',
  },
  {
    name: 'a status below 100 (RFC 9110, 15: there is none)',
    pattern: /HTTP\/1\.\d 0/,
    example: 'HTTP/1.1 099 Low\r\nContent-Length: 2\r\n\r\nok',
    ours: 'failed',
    theirs: '99 2',
  },
];

describe('differs on purpose from the parser of Node in', () => {
  it.each(differences)('$name', async (difference) => {
    expect(isComparable(difference.example, false)).toBe(false);
    expect(ours(difference.example, false)).toBe(difference.ours);
    expect(await theirs(difference.example, false)).toBe(difference.theirs);
  });
});

function isComparable(text: string, isHead: boolean): boolean {
  return !hasExcess(text, isHead) && !differences.some(({ pattern }) => pattern.test(text));
}

function hasExcess(text: string, isHead: boolean): boolean {
  const reader = new ResponseReader();
  reader.begin(isHead);
  return reader.read(bytesOf(text), text.length) === READ.excess;
}

const odd = fc.constantFrom(
  ...Array.from('\0\t\r\n "(),-/0159:;=ACZ_az{\u00e9'),
  'HTTP/1.1 ',
  '\r\n',
  '\r\n\r\n',
  ': ',
);

/** One thing wrong with it, which does not always make it invalid. */
const mutation = fc.oneof(
  fc.constant((text: string, at: number) => text.slice(0, at) + text.slice(at + 1)),
  fc.constant((text: string, at: number) => text.slice(0, at)),
  fc.constant((text: string, at: number) => text.slice(0, at + 1) + text.slice(at)),
  odd.map((put) => (text: string, at: number) => text.slice(0, at) + put + text.slice(at + 1)),
  odd.map((put) => (text: string, at: number) => text.slice(0, at) + put + text.slice(at)),
);

const RUNS = { numRuns: 3000 };

describe('agrees with the parser of Node on', () => {
  it('valid answers', async () => {
    await fc.assert(
      fc.asyncProperty(answer, async ({ text, isHead }) => {
        fc.pre(isComparable(text, isHead));
        expect(ours(text, isHead)).toBe(await theirs(text, isHead));
      }),
      RUNS,
    );
  });

  it('answers with something wrong', async () => {
    await fc.assert(
      fc.asyncProperty(answer, mutation, fc.nat(), async ({ text, isHead }, mutate, place) => {
        const wrong = mutate(text, place % text.length);
        fc.pre(isComparable(wrong, isHead));
        expect(ours(wrong, isHead)).toBe(await theirs(wrong, isHead));
      }),
      RUNS,
    );
  });
});
