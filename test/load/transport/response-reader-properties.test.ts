import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { READ, ResponseReader } from '../../../src/load/transport/response-reader.js';
import { answer, bytesOf, cutAt, readPieces } from '../../support/answers.js';

const cuts = fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), { maxLength: 12 });
const RUNS = { numRuns: 1000 };

describe('the reader of answers', () => {
  it('reads every valid answer as what it is', () => {
    fc.assert(
      fc.property(answer, ({ text, isHead, expected }) => {
        expect(readPieces(new ResponseReader(), [bytesOf(text)], isHead)).toEqual(expected);
      }),
      RUNS,
    );
  });

  it('reads the same from any pieces, one answer after another', () => {
    const several = fc.array(fc.tuple(answer, cuts), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(several, (answers) => {
        const reader = new ResponseReader();
        for (const [{ text, isHead, expected }, shares] of answers) {
          expect(readPieces(reader, cutAt(bytesOf(text), shares), isHead)).toEqual(expected);
        }
      }),
      RUNS,
    );
  });

  it('reads the same byte by byte', () => {
    const reader = new ResponseReader();
    fc.assert(
      fc.property(answer, ({ text, isHead, expected }) => {
        const bytes = [...bytesOf(text)].map((byte) => Uint8Array.of(byte));
        expect(readPieces(reader, bytes, isHead)).toEqual(expected);
      }),
    );
  });

  it('takes no answer that lacks its last byte', () => {
    fc.assert(
      fc.property(answer, cuts, ({ text, isHead, framing, expected }, shares) => {
        const pieces = cutAt(bytesOf(text).subarray(0, -1), shares);
        const { end } = readPieces(new ResponseReader(), pieces, isHead);
        // Where the connection's end is the body's, nothing can be missed.
        const cannotTell = framing === 'close' && expected.bodyBytes > 0;
        expect(end).toBe(cannotTell ? 'complete' : 'failed');
      }),
      RUNS,
    );
  });

  it('makes something of any bytes: never throws, ends, and keeps no more than 64 KiB', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc.tuple(answer, fc.uint8Array({ maxLength: 40 }), fc.nat()).map(([{ text }, noise, place]) => {
        const whole = bytesOf(text);
        const at = place % whole.length;
        return Buffer.concat([whole.subarray(0, at), noise, whole.subarray(at)]);
      }),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(bytes, cuts), { maxLength: 5 }), fc.boolean(), (answers, isHead) => {
        const reader = new ResponseReader();
        for (const [noise, shares] of answers) {
          const { bodyBytes } = readPieces(reader, cutAt(noise, shares), isHead);
          expect(bodyBytes).toBeLessThanOrEqual(noise.length);
        }
      }),
      RUNS,
    );
  });
});

/** How much of an endless answer is read, in pieces of this size, before the reader has had enough. */
function readUntilItFails(start: string, more: string, pieceBytes: number) {
  const reader = new ResponseReader();
  reader.begin(false);
  const endless = bytesOf(start + more.repeat(200_000 / more.length));
  const piece = Buffer.alloc(pieceBytes);
  for (let at = 0; at < endless.length; at += pieceBytes) {
    const length = endless.copy(piece, 0, at, at + pieceBytes);
    const result = reader.read(piece, length);
    if (result !== READ.more) return { result, bytes: at + length - start.length };
  }
  return { result: READ.more, bytes: endless.length };
}

const START = 'HTTP/1.1 200 OK\r\n';
const CHUNKED = `${START}Transfer-Encoding: chunked\r\n\r\n`;

describe.each([
  ['headers', START, 'a: b\r\n'],
  ['one header', `${START}a: `, 'b'],
  ['the name of a header', START, 'n'],
  ['continued headers', `${START}a: b\r\n`, ' b\r\n'],
  ['a reason', 'HTTP/1.1 200 ', 'OK'],
  ['empty lines', '', '\r\n'],
  ['informational answers', '', 'HTTP/1.1 100 Continue\r\n\r\n'],
  ['zeros before the size of a chunk', CHUNKED, '0'],
  ['a chunk extension', `${CHUNKED}5;`, 'x'],
  ['trailers', `${CHUNKED}0\r\n`, 'a: b\r\n'],
])('an answer of endless %s', (_, start, more) => {
  it.each([1, 7, 65_536])('ends after 64 KiB, from pieces of %i bytes', (pieceBytes) => {
    const { result, bytes } = readUntilItFails(start, more, pieceBytes);

    expect(result).toBe(READ.headersTooLarge);
    expect(bytes).toBeGreaterThan(65_536 - start.length);
    expect(bytes).toBeLessThanOrEqual(65_536 + pieceBytes);
  });

  it('costs little when it comes byte by byte', () => {
    const before = process.cpuUsage();
    readUntilItFails(start, more, 1);
    const { user, system } = process.cpuUsage(before);

    // About 10 ms; several seconds when each byte has all before it read again.
    expect((user + system) / 1e6).toBeLessThan(1);
  });
});

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

it('keeps of a head in pieces only the line that is not complete', () => {
  const readers = Array.from({ length: 200 }, () => new ResponseReader());
  const keptAfter = (head: string): number => {
    const bytes = bytesOf(head);
    // What others left behind must not be freed in between.
    collectGarbage();
    const before = process.memoryUsage().arrayBuffers;
    for (const reader of readers) {
      reader.begin(false);
      reader.read(bytes, bytes.length);
    }
    collectGarbage();
    return (process.memoryUsage().arrayBuffers - before) / readers.length;
  };

  expect(keptAfter(`${START}${'a: b\r\n'.repeat(8000)}a: `)).toBeLessThan(1000);
  const oneLine = keptAfter(`${START}a: ${'b'.repeat(50_000)}`);
  expect(oneLine).toBeGreaterThan(49_000);
  expect(oneLine).toBeLessThanOrEqual(65_536);
});
