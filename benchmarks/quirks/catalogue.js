/*
 * Ways to answer a request, most of them odd or wrong, and what has to come of each by RFC 9110 and 9112. Where these
 * or the timing of TCP leave a choice, several outcomes stand there. An outcome is `STATUS BYTES` of a complete
 * answer, the kind of a failure, or `timed-out`.
 */
import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises';

/** @typedef {import('node:net').Socket} Socket */

/**
 * @typedef {object} Quirk
 * @property {string} name also its path and its operationId
 * @property {(socket: Socket) => unknown} answer
 * @property {readonly string[]} comes the outcomes that are right
 * @property {boolean} [keeps] whether the connection has to be used again; not looked at where it is left out
 * @property {string} [method] GET where it is left out
 * @property {{ comes: readonly string[], keeps?: boolean, why: string }} [undici] what `--client undici` is meant to do instead
 */

const END = '\r\n';
const OK = 'HTTP/1.1 200 OK';
const LENGTH = 'Content-Length: 5';
const CHUNKED = 'Transfer-Encoding: chunked';
const HINTS = ['HTTP/1.1 103 Early Hints', 'Link: </a>'];
const BODY = 'hello';
/** Long enough for what was written before to be read by itself. */
const LATER_MS = 20;

const INVALID = ['invalid-response'];
const CUT = ['response-cut-short'];
const MISCOUNTED = ['content-length-mismatch'];
const STRICTER = 'its parser refuses it';

/** A head of these lines, and what follows it. @param {readonly string[]} lines @param {string} [rest] */
function message(lines, rest = '') {
  return [...lines, '', rest].join(END);
}

/** @param {readonly string[]} lines @param {string} [rest] */
function says(lines, rest) {
  return (/** @type {Socket} */ socket) => socket.write(message(lines, rest), 'latin1');
}

/** Says it and ends the connection once it has been read. @param {readonly string[]} lines @param {string} [rest] */
function saysAndEnds(lines, rest) {
  return async (/** @type {Socket} */ socket) => {
    socket.write(message(lines, rest));
    await sleep(LATER_MS);
    socket.end();
  };
}

/** The same, with a reset. @param {readonly string[]} lines @param {string} [rest] */
function saysAndResets(lines, rest) {
  return async (/** @type {Socket} */ socket) => {
    socket.write(message(lines, rest));
    await sleep(LATER_MS);
    socket.resetAndDestroy();
  };
}

/** @param {string} text */
function byBytes(text) {
  return async (/** @type {Socket} */ socket) => {
    for (const byte of text) {
      socket.write(byte);
      await turn();
    }
  };
}

/** Chunks, as they stand on the wire. @param {...string} lines */
function chunks(...lines) {
  return [...lines, ''].join(END);
}

/** A name, how to answer, what comes of it, whether the connection is kept. @typedef {[string, Quirk['answer'], readonly string[], boolean?]} Row */

/** @param {readonly Row[]} rows @param {Partial<Quirk>} [more] @returns {Quirk[]} */
function quirks(rows, more = {}) {
  return rows.map(([name, answer, comes, keeps]) => ({
    name,
    answer,
    comes,
    ...(keeps === undefined ? {} : { keeps }),
    ...more,
  }));
}

const FIVE = ['200 5'];
/** The next request may be on its way already when the connection ends. */
const FIVE_OR_MET = [...FIVE, 'reused-connection-closed'];

/** Who ends the connection, and where the body ends with it. */
const endings = quirks([
  ['plain', says([OK, LENGTH], BODY), FIVE, true],
  ['old-ends', saysAndEnds(['HTTP/1.0 200 OK', LENGTH], BODY), FIVE, false],
  ['old-stays-open', says(['HTTP/1.0 200 OK', LENGTH], BODY), FIVE, false],
  ['old-keeps', says(['HTTP/1.0 200 OK', 'Connection: keep-alive', LENGTH], BODY), FIVE, true],
  ['old-until-close', saysAndEnds(['HTTP/1.0 200 OK'], BODY), FIVE, false],
  ['says-close', saysAndEnds([OK, 'Connection: close', LENGTH], BODY), FIVE, false],
  ['says-close-stays-open', says([OK, 'connection: Close', LENGTH], BODY), FIVE, false],
  ['says-close-in-a-list', says([OK, 'Connection: te , close', LENGTH], BODY), FIVE, false],
  ['until-close', saysAndEnds([OK], BODY), FIVE, false],
  ['until-close-nothing', saysAndEnds([OK]), ['200 0'], false],
  [
    'failing-and-closing',
    saysAndEnds(['HTTP/1.1 500 No', 'Connection: close', LENGTH], BODY),
    ['500 5'],
    false,
  ],
  ['ends-afterwards', saysAndEnds([OK, LENGTH], BODY), FIVE_OR_MET],
  ['resets-afterwards', saysAndResets([OK, LENGTH], BODY), FIVE_OR_MET],
]);

/** Answers that have no body, whatever their headers say. */
const bodiless = [
  ...quirks([
    ['204', says(['HTTP/1.1 204 No Content']), ['204 0'], true],
    ['204-with-length', says(['HTTP/1.1 204 No Content', LENGTH]), ['204 0'], true],
    ['304', says(['HTTP/1.1 304 Not Modified']), ['304 0'], true],
    ['304-with-length', says(['HTTP/1.1 304 Not Modified', 'Content-Length: 100']), ['304 0'], true],
    ['304-chunked', says(['HTTP/1.1 304 Not Modified', CHUNKED]), ['304 0'], true],
    ['205', says(['HTTP/1.1 205 Reset Content', 'Content-Length: 0']), ['205 0'], true],
    ['redirect', says(['HTTP/1.1 302 Found', 'Location: /plain', 'Content-Length: 0']), ['302 0'], true],
  ]),
  ...quirks([
    ['204-with-body', says(['HTTP/1.1 204 No Content'], BODY), MISCOUNTED, false],
    ['204-with-chunks', says(['HTTP/1.1 204 No Content', CHUNKED], chunks('0', '')), MISCOUNTED, false],
  ]),
  ...quirks(
    [
      ['head-with-length', says([OK, 'Content-Length: 100']), ['200 0'], true],
      ['head-chunked', says([OK, CHUNKED]), ['200 0'], true],
    ],
    { method: 'HEAD' },
  ),
  ...quirks([['head-without-length', says([OK]), ['200 0'], true]], {
    method: 'HEAD',
    undici: {
      comes: ['200 0'],
      keeps: false,
      why: 'its parser takes the missing length for a body until the end',
    },
  }),
  ...quirks([['head-with-body', says([OK, LENGTH], BODY), MISCOUNTED, false]], {
    method: 'HEAD',
  }),
];

const chunked = [
  ...quirks([
    ['chunks', says([OK, CHUNKED], chunks('5', BODY, '0', '')), FIVE, true],
    ['chunks-none', says([OK, CHUNKED], chunks('0', '')), ['200 0'], true],
    ['chunk-extensions', says([OK, CHUNKED], chunks('5;a=b;c="d e"', BODY, '0;z', '')), FIVE, true],
    ['trailer', says([OK, CHUNKED, 'Trailer: X'], chunks('5', BODY, '0', 'X: y', '')), FIVE, true],
    [
      'chunk-size-in-upper-case',
      says([OK, 'TRANSFER-ENCODING: Chunked'], chunks('A', '0123456789', '0', '')),
      ['200 10'],
      true,
    ],
    ['chunk-size-with-zeros', says([OK, CHUNKED], chunks('0005', BODY, '000', '')), FIVE, true],
    [
      'chunks-of-gzip',
      says([OK, 'Transfer-Encoding: gzip, chunked'], chunks('5', BODY, '0', '')),
      FIVE,
      true,
    ],
    [
      'chunks-of-old',
      says(['HTTP/1.0 200 OK', CHUNKED], chunks('5', BODY, '0', '')),
      [...FIVE, ...INVALID],
      false,
    ],
    ['chunks-byte-by-byte', byBytes(message([OK, CHUNKED], chunks('5', BODY, '0', ''))), FIVE, true],
    [
      'last-chunk-late',
      async (socket) => {
        socket.write(message([OK, CHUNKED], chunks('5', BODY)));
        await sleep(100);
        socket.write(chunks('0', ''));
      },
      FIVE,
      true,
    ],
    ['chunks-cut', saysAndEnds([OK, CHUNKED], chunks('5', BODY)), CUT, false],
    ['chunk-cut', saysAndEnds([OK, CHUNKED], '9\r\nhel'), CUT, false],
    ['chunk-longer-than-its-size', says([OK, CHUNKED], chunks('5', `${BODY}XX`, '0', '')), INVALID, false],
    ['chunk-size-with-sign', says([OK, CHUNKED], chunks('+5', BODY, '0', '')), INVALID, false],
    ['chunk-size-with-0x', says([OK, CHUNKED], chunks('0x5', BODY, '0', '')), INVALID, false],
    ['chunk-size-huge', says([OK, CHUNKED], chunks('fffffffffffffffff', BODY)), INVALID, false],
    ['chunk-lines-without-return', says([OK, CHUNKED], '5\nhello\n0\n\n'), INVALID, false],
  ]),
  ...quirks(
    [['length-in-trailer', says([OK, CHUNKED], chunks('5', BODY, '0', 'Content-Length: 9', '')), FIVE, true]],
    {
      undici: { comes: INVALID, keeps: false, why: STRICTER },
    },
  ),
];

const lengths = [
  ...quirks([
    ['length-with-blanks', says([OK, 'Content-Length:    5   '], BODY), FIVE, true],
    ['length-with-zeros', says([OK, 'Content-Length: 005'], BODY), FIVE, true],
    ['lengths-that-differ', says([OK, LENGTH, 'Content-Length: 6'], BODY), INVALID, false],
    ['length-list-that-differs', says([OK, 'Content-Length: 5, 6'], BODY), INVALID, false],
    ['length-negative', says([OK, 'Content-Length: -5'], BODY), INVALID, false],
    ['length-with-sign', says([OK, 'Content-Length: +5'], BODY), INVALID, false],
    ['length-empty', says([OK, 'Content-Length:'], BODY), INVALID, false],
    ['length-huge', says([OK, 'Content-Length: 99999999999999999999'], BODY), INVALID, false],
    ['length-before-blank-colon', says([OK, 'Content-Length : 5'], BODY), INVALID, false],
    // RFC 9112, 5.2, would have a client join the lines; both refuse to guess where a body ends.
    ['length-in-second-line', says([OK, 'Content-Length:', ' 5'], BODY), [...INVALID, ...FIVE], false],
    ['length-and-chunks', says([OK, LENGTH, CHUNKED], chunks('5', BODY, '0', '')), INVALID, false],
    ['length-and-identity', says([OK, 'Transfer-Encoding: identity', LENGTH], BODY), INVALID, false],
    ['shorter-than-said', saysAndEnds([OK, 'Content-Length: 9'], BODY), CUT, false],
    [
      'shorter-than-said-and-closing',
      saysAndEnds([OK, 'Connection: close', 'Content-Length: 9'], BODY),
      MISCOUNTED,
      false,
    ],
  ]),
  ...quirks(
    [
      ['length-twice', says([OK, LENGTH, LENGTH], BODY), [...FIVE, ...INVALID]],
      ['length-list', says([OK, 'Content-Length: 5, 5'], BODY), FIVE, true],
    ],
    { undici: { comes: INVALID, keeps: false, why: STRICTER } },
  ),
  ...quirks([
    ['longer-than-said', says([OK, LENGTH], `${BODY}, more`), MISCOUNTED, false],
    ['answers-twice', says([OK, LENGTH], BODY + message([OK, LENGTH], BODY)), MISCOUNTED, false],
  ]),
  ...quirks([
    ['blank-lines-afterwards', says([OK, LENGTH], `${BODY}\r\n\r\n`), FIVE, true],
    [
      'speaks-unasked-afterwards',
      async (socket) => {
        socket.write(message([OK, LENGTH], BODY));
        await sleep(LATER_MS);
        socket.write('more');
      },
      [...FIVE_OR_MET, ...INVALID],
    ],
    ['megabyte', says([OK, 'Content-Length: 1000000'], 'x'.repeat(1_000_000)), ['200 1000000'], true],
    ['gzip-that-is-none', says([OK, 'Content-Encoding: gzip', LENGTH], BODY), FIVE, true],
  ]),
];

const heads = [
  ...quirks([
    ['head-of-60-kB', says([OK, `X: ${'a'.repeat(60_000)}`, LENGTH], BODY), FIVE, true],
    ['head-of-100-kB', says([OK, `X: ${'a'.repeat(100_000)}`, LENGTH], BODY), ['headers-too-large'], false],
    [
      'thousand-headers',
      says([OK, ...Array.from({ length: 1000 }, (_, at) => `x-${at}: ${at}`), LENGTH], BODY),
      FIVE,
      true,
    ],
    ['no-reason', says(['HTTP/1.1 200', LENGTH], BODY), FIVE, true],
    ['empty-reason', says(['HTTP/1.1 200 ', LENGTH], BODY), FIVE, true],
    ['byte-by-byte', byBytes(message([OK, LENGTH], BODY)), FIVE, true],
    ['blank-line-first', says(['', OK, LENGTH], BODY), FIVE, true],
    ['eight-bit-header', says([OK, 'X: \u00e9\u00ff', LENGTH], BODY), FIVE, true],
    ['status-unknown', says(['HTTP/1.1 599 Odd', LENGTH], BODY), ['599 5'], true],
    ['status-999', says(['HTTP/1.1 999 Odd', LENGTH], BODY), ['999 5', ...INVALID]],
    ['status-of-two-digits', says(['HTTP/1.1 99 X', LENGTH], BODY), INVALID, false],
    ['status-of-four-digits', says(['HTTP/1.1 1000 X', LENGTH], BODY), INVALID, false],
    ['protocol-in-lower-case', says(['http/1.1 200 ok', LENGTH], BODY), INVALID, false],
    ['zero-byte-in-header', says([OK, 'X: a\0b', LENGTH], BODY), INVALID, false],
    ['header-without-name', says([OK, ': x', LENGTH], BODY), INVALID, false],
    ['header-without-colon', says([OK, 'no header', LENGTH], BODY), INVALID, false],
    ['old-http-0.9', saysAndEnds(['<html>hello</html>']), INVALID, false],
    ['other-protocol', says(['SSH-2.0-OpenSSH_9.6']), INVALID, false],
    [
      'head-cut',
      async (socket) => {
        socket.write(`${OK}\r\nCont`);
        await sleep(LATER_MS);
        socket.end();
      },
      CUT,
      false,
    ],
  ]),
  ...quirks(
    [
      ['header-in-two-lines', says([OK, 'X: 1', '  2', LENGTH], BODY), FIVE, true],
      // RFC 9112, 2.2, leaves it to the client.
      [
        'lines-without-return',
        (socket) => socket.write(`${OK}\n${LENGTH}\n\n${BODY}`),
        [...FIVE, ...INVALID],
      ],
    ],
    { undici: { comes: INVALID, keeps: false, why: STRICTER } },
  ),
  ...quirks([['status-line-of-http-2', says(['HTTP/2.0 200 OK', LENGTH], BODY), INVALID, false]], {
    undici: {
      comes: FIVE,
      keeps: false,
      why: 'its parser knows this version, and does not say which it has read',
    },
  }),
];

const interim = quirks([
  ['continue-first', says(['HTTP/1.1 100 Continue'], message([OK, LENGTH], BODY)), FIVE, true],
  ['processing-first', says(['HTTP/1.1 102 Processing'], message([OK, LENGTH], BODY)), FIVE, true],
  [
    'hints-twenty-times',
    (socket) => socket.write(message(HINTS).repeat(20) + message([OK, LENGTH], BODY)),
    FIVE,
    true,
  ],
  [
    'hints-long-before',
    async (socket) => {
      socket.write(message(HINTS));
      await sleep(LATER_MS);
      socket.write(message([OK, LENGTH], BODY));
    },
    FIVE,
    true,
  ],
  ['hints-only', says(HINTS), ['timed-out'], false],
  [
    'switches-protocols',
    says(['HTTP/1.1 101 Switching Protocols', 'Connection: upgrade', 'Upgrade: x'], 'raw'),
    ['101 0'],
    false,
  ],
]);

const silences = quirks([
  ['never-answers', () => {}, ['timed-out'], false],
  [
    'endless-chunks',
    async (socket) => {
      socket.write(message([OK, CHUNKED]));
      for (let left = 100; left > 0 && !socket.destroyed; left -= 1) {
        socket.write(chunks('5', BODY));
        await sleep(50);
      }
    },
    ['timed-out'],
    false,
  ],
  [
    'dribbles',
    async (socket) => {
      socket.write(message([OK, 'Content-Length: 100']));
      for (let left = 100; left > 0 && !socket.destroyed; left -= 1) {
        socket.write('x');
        await sleep(50);
      }
    },
    ['timed-out'],
    false,
  ],
  ['closes-without-answer', (socket) => socket.end(), ['connection-closed'], false],
  ['resets-without-answer', (socket) => socket.resetAndDestroy(), ['connection-reset'], false],
  ['resets-in-body', saysAndResets([OK, 'Content-Length: 9'], BODY), CUT, false],
  // RFC 9112, 8: complete at the end of the connection, "unless an error was indicated" by it.
  ['resets-until-close', saysAndResets([OK], BODY), CUT, false],
  // What was sent before a reset may be lost with it.
  [
    'resets-at-once',
    (socket) => socket.write(message([OK, LENGTH], BODY), () => socket.resetAndDestroy()),
    [...FIVE_OR_MET, ...CUT, 'connection-reset'],
  ],
]);

/** All of them; names are unique. @type {readonly Quirk[]} */
export const catalogue = [...endings, ...bodiless, ...chunked, ...lengths, ...heads, ...interim, ...silences];
