/*
 * Hot path: runs for every answer. Reads status line and headers in one pass over the bytes and keeps only
 * what says where the body ends. Grammar: RFC 9112.
 */

/** Instead of a position: the head is not complete yet, or is none. */
export const INCOMPLETE = -1;
export const INVALID = -2;

const CR = 13;
const LF = 10;
const SPACE = 32;
const TAB = 9;
const COLON = 58;
const ZERO = 48;
const LOWER_CASE = 0x20;

const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const HTTP_1 = bytesOf('HTTP/1.');
const CONTENT_LENGTH = bytesOf('content-length');
const TRANSFER_ENCODING = bytesOf('transfer-encoding');
const CONNECTION = bytesOf('connection');
const KEEP_ALIVE = bytesOf('keep-alive');
const CLOSE = bytesOf('close');
const CHUNKED = bytesOf('chunked');

/** More digits would not be a whole number any more. */
const MOST_DIGITS = 15;
const NOT_GIVEN = -1;

export class HeadParser {
  status = 0;
  /** -1 when the answer does not say. */
  contentLength = NOT_GIVEN;
  isChunked = false;
  /** Another encoding than chunked: the body lasts until the connection closes. */
  hasOtherEncoding = false;
  keepsAlive = true;

  /** Reads a head from `start` on; returns where its body starts, INCOMPLETE or INVALID. */
  parse(bytes: Uint8Array, start: number, end: number): number {
    this.contentLength = NOT_GIVEN;
    this.isChunked = false;
    this.hasOtherEncoding = false;
    let at = this.statusLine(bytes, start, end);
    while (at >= 0) {
      if (at >= end) return INCOMPLETE;
      const byte = bytes[at] as number;
      if (byte === LF) return at + 1;
      if (byte === CR) {
        if (at + 1 >= end) return INCOMPLETE;
        return bytes[at + 1] === LF ? at + 2 : INVALID;
      }
      at = this.header(bytes, at, end);
    }
    return at;
  }

  private statusLine(bytes: Uint8Array, start: number, end: number): number {
    for (let at = 0; at < HTTP_1.length; at += 1) {
      if (start + at >= end) return INCOMPLETE;
      if (bytes[start + at] !== HTTP_1[at]) return INVALID;
    }
    const line = endOfLine(bytes, start, end);
    if (line === INCOMPLETE) return INCOMPLETE;
    // Behind the status there may be a reason, or nothing.
    const minor = (bytes[start + 7] as number) - ZERO;
    const status = digitsAt(bytes, start + 9, 3);
    const behind = bytes[start + 12] as number;
    const isWell =
      (minor === 0 || minor === 1) &&
      bytes[start + 8] === SPACE &&
      status >= 100 &&
      (behind === SPACE || behind === CR || behind === LF);
    if (!isWell) return INVALID;
    this.status = status;
    this.keepsAlive = minor === 1;
    return line;
  }

  /** Reads one header line; returns where the next line starts. */
  private header(bytes: Uint8Array, start: number, end: number): number {
    const next = endOfLine(bytes, start, end);
    if (next === INCOMPLETE) return INCOMPLETE;
    const first = bytes[start] as number;
    // The continuation of the line before, an obsolete form.
    if (first === SPACE || first === TAB) return next;
    let colon = start;
    while ((bytes[colon] as number) > SPACE && bytes[colon] !== COLON) colon += 1;
    if (colon === start || bytes[colon] !== COLON) return INVALID;
    const letter = first | LOWER_CASE;
    if (letter !== 99 && letter !== 116) return next; // neither c nor t
    let from = colon + 1;
    let to = next - 1;
    while (from < to && isBlank(bytes[from] as number)) from += 1;
    while (to > from && isBlank(bytes[to - 1] as number)) to -= 1;
    if (equals(bytes, start, colon, CONTENT_LENGTH))
      return this.lengthHeader(bytes, from, to) ? next : INVALID;
    if (equals(bytes, start, colon, CONNECTION)) this.connectionHeader(bytes, from, to);
    else if (equals(bytes, start, colon, TRANSFER_ENCODING)) this.encodingHeader(bytes, from, to);
    return next;
  }

  private lengthHeader(bytes: Uint8Array, from: number, to: number): boolean {
    if (to === from || to - from > MOST_DIGITS) return false;
    const length = digitsAt(bytes, from, to - from);
    if (length < 0 || (this.contentLength !== NOT_GIVEN && this.contentLength !== length)) return false;
    this.contentLength = length;
    return true;
  }

  private connectionHeader(bytes: Uint8Array, from: number, to: number): void {
    if (equals(bytes, from, to, KEEP_ALIVE)) this.keepsAlive = true;
    else if (equals(bytes, from, to, CLOSE)) this.keepsAlive = false;
    else {
      const words = lowerCaseText(bytes, from, to).split(/[\s,]+/);
      if (words.includes('close')) this.keepsAlive = false;
      else if (words.includes('keep-alive')) this.keepsAlive = true;
    }
  }

  private encodingHeader(bytes: Uint8Array, from: number, to: number): void {
    const isChunked =
      equals(bytes, from, to, CHUNKED) || /(^|[\s,])chunked$/.test(lowerCaseText(bytes, from, to));
    this.isChunked = isChunked;
    this.hasOtherEncoding = !isChunked;
  }
}

/** Where the next line starts. */
function endOfLine(bytes: Uint8Array, start: number, end: number): number {
  for (let at = start; at < end; at += 1) if (bytes[at] === LF) return at + 1;
  return INCOMPLETE;
}

function isBlank(byte: number): boolean {
  return byte === SPACE || byte === TAB || byte === CR;
}

/** Whether these bytes are `word`, which is in lower case, in whatever case. */
function equals(bytes: Uint8Array, from: number, to: number, word: Uint8Array): boolean {
  if (to - from !== word.length) return false;
  for (let at = 0; at < word.length; at += 1) {
    const byte = bytes[from + at] as number;
    const lower = byte >= 65 && byte <= 90 ? byte | LOWER_CASE : byte;
    if (lower !== word[at]) return false;
  }
  return true;
}

/** A number of so many decimal digits; -1 when there are others among them. */
function digitsAt(bytes: Uint8Array, from: number, count: number): number {
  let value = 0;
  for (let at = from; at < from + count; at += 1) {
    const digit = (bytes[at] as number) - ZERO;
    if (!(digit >= 0 && digit <= 9)) return -1;
    value = value * 10 + digit;
  }
  return value;
}

function lowerCaseText(bytes: Uint8Array, from: number, to: number): string {
  return Buffer.from(bytes.subarray(from, to)).toString('latin1').toLowerCase();
}
