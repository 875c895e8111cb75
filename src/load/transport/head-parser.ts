/*
 * Hot path: runs for every answer. Reads status line and headers in one pass over the bytes and keeps only
 * what says where the body ends. Grammar: RFC 9112; where it lets a reader choose, line feeds alone end a
 * line, and what would have to be guessed at is invalid.
 */

import { bytesOf, digitsAt, equals, LOWER_CASE, lowerCaseText, ZERO } from './head-bytes.js';
import type { Keeping } from './keeping.js';

/** Instead of a position: the head is not complete yet, or is none. */
export const INCOMPLETE = -1;
export const INVALID = -2;

export const CR = 13;
export const LF = 10;
const SPACE = 32;
const TAB = 9;
const COMMA = 44;
const COLON = 58;

const HTTP_1 = bytesOf('HTTP/1.');
const CONTENT_LENGTH = bytesOf('content-length');
const TRANSFER_ENCODING = bytesOf('transfer-encoding');
const CONNECTION = bytesOf('connection');
const KEEP_ALIVE = bytesOf('keep-alive');
const TIMEOUT = bytesOf('timeout=');
const CLOSE = bytesOf('close');
const CHUNKED = bytesOf('chunked');

/** What the name of a header may consist of: `token` of RFC 9110, 5.6.2. */
const IS_TOKEN = new Uint8Array(256);
for (const byte of bytesOf("!#$%&'*+-.^_`|~0123456789")) IS_TOKEN[byte] = 1;
for (let letter = 65; letter <= 90; letter += 1) IS_TOKEN[letter] = IS_TOKEN[letter | LOWER_CASE] = 1;

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
  /** How long the server keeps an idle connection, as it says with its first answer; -1 when it does not say. */
  keepAliveSeconds = NOT_GIVEN;
  /** After INCOMPLETE: where the line starts that is not complete; all before it has been read. */
  stoppedAt = 0;
  private expectsStatusLine = true;
  private isOld = false;
  private saysClose = false;
  /** Whether the last header may not go on in another line: it says where the body ends. */
  private isFraming = false;

  constructor(private readonly keeping?: Keeping) {}

  begin(): void {
    if (this.keeping !== undefined) this.keeping.begin();
    this.contentLength = NOT_GIVEN;
    this.isChunked = false;
    this.hasOtherEncoding = false;
    this.expectsStatusLine = true;
    this.saysClose = false;
    this.isFraming = false;
  }

  /**
   * Reads on from `start`, where a line begins; returns where the body starts, INVALID, or INCOMPLETE: then
   * the next call brings the line at `stoppedAt` again, with more of it.
   */
  parse(bytes: Uint8Array, start: number, end: number): number {
    let at = start;
    while (at < end) {
      let next: number;
      const first = bytes[at] as number;
      if (first === CR || first === LF) {
        next = endOfLine(bytes, at, end);
        // Empty lines before an answer are left over from the one before it.
        if (next >= 0 && !this.expectsStatusLine) return next;
      } else if (this.expectsStatusLine) next = this.statusLine(bytes, at, end);
      else next = this.header(bytes, at, end);
      if (next < 0) {
        this.stoppedAt = at;
        return next;
      }
      at = next;
    }
    this.stoppedAt = at;
    return INCOMPLETE;
  }

  /** Returns where the next line starts. */
  private statusLine(bytes: Uint8Array, start: number, end: number): number {
    for (let at = 0; at < HTTP_1.length; at += 1) {
      if (start + at >= end) return INCOMPLETE;
      if (bytes[start + at] !== HTTP_1[at]) return INVALID;
    }
    const next = endOfLine(bytes, start, end);
    if (next < 0) return next;
    // Behind the status there may be a reason, or nothing.
    const minor = (bytes[start + 7] as number) - ZERO;
    const status = digitsAt(bytes, start + 9, start + 12);
    const behind = bytes[start + 12] as number;
    this.status = status;
    this.isOld = minor === 0;
    this.keepsAlive = !this.isOld;
    this.expectsStatusLine = false;
    const isWell =
      (minor === 0 || minor === 1) &&
      bytes[start + 8] === SPACE &&
      status >= 100 &&
      (behind === SPACE || behind === CR || behind === LF);
    if (!isWell) return INVALID;
    if (this.keeping !== undefined) this.keeping.noteStatus(status);
    return next;
  }

  /** Reads one header line; returns where the next line starts. */
  private header(bytes: Uint8Array, start: number, end: number): number {
    let colon = start;
    while (colon < end && IS_TOKEN[bytes[colon] as number] === 1) colon += 1;
    if (colon === end) return INCOMPLETE;
    if (bytes[colon] !== COLON || colon === start) return this.continuation(bytes, start, end);
    const next = endOfLine(bytes, colon, end);
    if (next < 0) return next;
    this.isFraming = false;
    const kept = this.keeping?.answer;
    if (kept !== undefined) kept.addHeader(bytes.subarray(start, colon), bytes.subarray(colon + 1, next));
    const letter = (bytes[start] as number) | LOWER_CASE;
    if (letter !== 99 && letter !== 116 && letter !== 107) return next; // none of c, t and k
    let from = colon + 1;
    let to = next - 1;
    while (from < to && isBlank(bytes[from] as number)) from += 1;
    while (to > from && isBlank(bytes[to - 1] as number)) to -= 1;
    if (equals(bytes, start, colon, CONTENT_LENGTH))
      return this.lengthHeader(bytes, from, to) ? next : INVALID;
    if (equals(bytes, start, colon, CONNECTION)) this.connectionHeader(bytes, from, to);
    else if (equals(bytes, start, colon, TRANSFER_ENCODING)) this.encodingHeader(bytes, from, to);
    else if (this.keepAliveSeconds === NOT_GIVEN && equals(bytes, start, colon, KEEP_ALIVE))
      this.keepAliveHeader(bytes, from, to);
    return next;
  }

  /** The second line of a header, an obsolete form. */
  private continuation(bytes: Uint8Array, start: number, end: number): number {
    const first = bytes[start];
    return (first === SPACE || first === TAB) && !this.isFraming ? endOfLine(bytes, start, end) : INVALID;
  }

  /** One length, or a list of the same ones: RFC 9112, 6.3. */
  private lengthHeader(bytes: Uint8Array, from: number, to: number): boolean {
    this.isFraming = true;
    let start = from;
    for (let at = from; at < to; at += 1) {
      if (bytes[at] !== COMMA) continue;
      if (!this.lengthIn(bytes, start, at)) return false;
      start = at + 1;
    }
    return this.lengthIn(bytes, start, to);
  }

  private lengthIn(bytes: Uint8Array, from: number, to: number): boolean {
    let first = from;
    let last = to;
    while (first < last && isBlank(bytes[first] as number)) first += 1;
    while (last > first && isBlank(bytes[last - 1] as number)) last -= 1;
    if (last === first) return false;
    while (first < last - 1 && bytes[first] === ZERO) first += 1;
    if (last - first > MOST_DIGITS) return false;
    const length = digitsAt(bytes, first, last);
    if (length < 0 || (this.contentLength !== NOT_GIVEN && this.contentLength !== length)) return false;
    this.contentLength = length;
    return true;
  }

  private connectionHeader(bytes: Uint8Array, from: number, to: number): void {
    this.isFraming = true;
    if (this.saysClose) return;
    if (equals(bytes, from, to, KEEP_ALIVE)) this.keepsAlive = true;
    else if (equals(bytes, from, to, CLOSE)) this.close();
    else {
      const words = lowerCaseText(bytes, from, to).split(/[\s,]+/);
      if (words.includes('close')) this.close();
      else if (words.includes('keep-alive')) this.keepsAlive = true;
    }
  }

  /** `timeout=5, max=100`; read once for each connection. */
  private keepAliveHeader(bytes: Uint8Array, from: number, to: number): void {
    for (let at = from; at + TIMEOUT.length < to; at += 1) {
      if (!equals(bytes, at, at + TIMEOUT.length, TIMEOUT)) continue;
      const start = at + TIMEOUT.length;
      let end = start;
      while (end < to && (bytes[end] as number) >= ZERO && (bytes[end] as number) < ZERO + 10) end += 1;
      if (end > start && end - start <= MOST_DIGITS) this.keepAliveSeconds = digitsAt(bytes, start, end);
      return;
    }
  }

  /** For good, whatever another header of the same head says. */
  private close(): void {
    this.saysClose = true;
    this.keepsAlive = false;
  }

  /** Of several encodings the last one counts: it was applied last. */
  private encodingHeader(bytes: Uint8Array, from: number, to: number): void {
    this.isFraming = true;
    // HTTP/1.0 has no encodings: its sender may mean something else by it. RFC 9112, 6.1.
    if (this.isOld) this.close();
    let last = to;
    // Empty elements of a list mean nothing: RFC 9110, 5.6.1.
    while (last > from && (isBlank(bytes[last - 1] as number) || bytes[last - 1] === COMMA)) last -= 1;
    const isChunked =
      equals(bytes, from, last, CHUNKED) || /(^|,)[ \t]*chunked$/.test(lowerCaseText(bytes, from, last));
    this.isChunked = isChunked;
    this.hasOtherEncoding = !isChunked;
  }
}

/**
 * Where the next line starts; INVALID when this one holds a control character. A carriage return belongs
 * to the end of a line only.
 */
export function endOfLine(bytes: Uint8Array, start: number, end: number): number {
  for (let at = start; at < end; at += 1) {
    const byte = bytes[at] as number;
    if (byte >= SPACE || byte === TAB) continue;
    if (byte === LF) return at + 1;
    if (byte !== CR) return INVALID;
    if (at + 1 === end) return INCOMPLETE;
    return bytes[at + 1] === LF ? at + 2 : INVALID;
  }
  return INCOMPLETE;
}

/** Whether a byte may stand in the name of a header. */
export function isNameByte(byte: number): boolean {
  return IS_TOKEN[byte] === 1;
}

function isBlank(byte: number): boolean {
  return byte === SPACE || byte === TAB || byte === CR;
}
