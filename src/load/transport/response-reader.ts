/*
 * Hot path: runs over every answer. What an answer holds is counted and not kept, unless it is to be
 * checked. Grammar: RFC 9112; an answer that breaks it is invalid, never guessed at.
 */
import { unreachable } from '../../kernel/errors.js';
import { HeadParser, INCOMPLETE, INVALID } from './head-parser.js';

/** What the bytes read so far come to. */
export const READ = { more: 0, complete: 1, invalid: 2, headersTooLarge: 3, excess: 4 } as const;
export type ReadResult = (typeof READ)[keyof typeof READ];

const HEAD_LIMIT_BYTES = 64 * 1024;
/** A chunk's size is at most so many hexadecimal digits: more would not be a whole number any more. */
const MOST_SIZE_DIGITS = 12;

const CR = 13;
const LF = 10;

const PHASE = {
  head: 0,
  length: 1,
  untilClose: 2,
  chunkSize: 3,
  chunkExtension: 4,
  chunkData: 5,
  chunkEnd: 6,
  trailer: 7,
  trailerLine: 8,
} as const;
type Phase = (typeof PHASE)[keyof typeof PHASE];

const NOTHING = new Uint8Array(0);

/** Reads one answer after another from the pieces in which a connection delivers them. */
export class ResponseReader {
  /** Whether a byte of the answer has come. */
  hasBegun = false;
  bodyBytes = 0;
  private readonly head = new HeadParser();
  private phase: Phase = PHASE.head;
  private isBodiless = false;
  /** Bytes of the body, or of its chunk, that are still to come. */
  private rest = 0;
  private sizeDigits = 0;
  /** The start of a head that came in pieces. */
  private unread = NOTHING;

  get status(): number {
    return this.head.status;
  }

  /** Whether the connection may carry another request; after a 101 it speaks another protocol. */
  get keepsAlive(): boolean {
    return this.head.keepsAlive && this.phase !== PHASE.untilClose && this.head.status !== 101;
  }

  /** The connection has ended as announced, so the server thinks that it has sent all that it promised. */
  get isMiscounted(): boolean {
    return this.phase === PHASE.length && !this.head.keepsAlive;
  }

  /** Prepares for the next answer; `isHead` for a request whose answer has no body. */
  begin(isHead: boolean): void {
    this.hasBegun = false;
    this.bodyBytes = 0;
    this.phase = PHASE.head;
    this.isBodiless = isHead;
    this.unread = NOTHING;
  }

  read(bytes: Uint8Array, length: number): ReadResult {
    this.hasBegun = true;
    if (this.phase !== PHASE.head) return this.body(bytes, 0, length);
    if (this.unread.length === 0) return this.headIn(bytes, length);
    // A head in pieces is rare, so it may be copied.
    const joined = Buffer.concat([this.unread, bytes.subarray(0, length)]);
    this.unread = NOTHING;
    return this.headIn(joined, joined.length);
  }

  /** The connection has ended: complete only if that is how the body's end is told. */
  get isCompleteAtEnd(): boolean {
    return this.phase === PHASE.untilClose;
  }

  private headIn(bytes: Uint8Array, length: number): ReadResult {
    let start = 0;
    for (;;) {
      const after = this.head.parse(bytes, start, length);
      if (after === INVALID) return READ.invalid;
      if (after === INCOMPLETE) {
        if (length - start > HEAD_LIMIT_BYTES) return READ.headersTooLarge;
        this.unread = Buffer.from(bytes.subarray(start, length));
        return READ.more;
      }
      // An informational answer comes before the real one; 101 leaves HTTP for good.
      if (this.head.status >= 200 || this.head.status === 101) return this.startBody(bytes, after, length);
      start = after;
    }
  }

  private startBody(bytes: Uint8Array, at: number, length: number): ReadResult {
    const { status, isChunked, hasOtherEncoding, contentLength } = this.head;
    // Both together is how requests are smuggled past a proxy: RFC 9112, 6.3.
    if (contentLength >= 0 && (isChunked || hasOtherEncoding)) return READ.invalid;
    if (this.isBodiless || status === 101 || status === 204 || status === 304) {
      this.phase = PHASE.length;
      this.rest = 0;
    } else if (isChunked) {
      this.phase = PHASE.chunkSize;
      this.rest = 0;
      this.sizeDigits = 0;
    } else if (contentLength >= 0) {
      this.phase = PHASE.length;
      this.rest = contentLength;
    } else {
      this.phase = PHASE.untilClose;
    }
    return this.body(bytes, at, length);
  }

  private body(bytes: Uint8Array, from: number, length: number): ReadResult {
    if (this.phase === PHASE.untilClose) {
      this.bodyBytes += length - from;
      return READ.more;
    }
    if (this.phase === PHASE.length) {
      const at = this.takeData(from, length);
      return this.rest > 0 ? READ.more : this.end(bytes, at, length);
    }
    let at = from;
    while (at < length) {
      if (this.phase === PHASE.chunkData) {
        at = this.takeData(at, length);
        if (this.rest === 0) this.phase = PHASE.chunkEnd;
        continue;
      }
      const step = this.chunkStep(bytes[at] as number);
      at += 1;
      if (step === READ.complete) return this.end(bytes, at, length);
      if (step !== READ.more) return step;
    }
    return READ.more;
  }

  /** Counts what belongs to the body or its chunk; returns where that ends. */
  private takeData(at: number, length: number): number {
    const taken = Math.min(this.rest, length - at);
    this.rest -= taken;
    this.bodyBytes += taken;
    return at + taken;
  }

  /** One byte of a chunked body that is no data. */
  private chunkStep(byte: number): ReadResult {
    switch (this.phase) {
      case PHASE.chunkSize:
        return this.sizeStep(byte);
      case PHASE.chunkExtension:
        if (byte === LF) this.phase = this.rest === 0 ? PHASE.trailer : PHASE.chunkData;
        return READ.more;
      case PHASE.chunkEnd:
        if (byte === CR) return READ.more;
        if (byte !== LF) return READ.invalid;
        this.phase = PHASE.chunkSize;
        this.sizeDigits = 0;
        return READ.more;
      case PHASE.trailer:
        if (byte === LF) return READ.complete;
        if (byte !== CR) this.phase = PHASE.trailerLine;
        return READ.more;
      case PHASE.trailerLine:
        if (byte === LF) this.phase = PHASE.trailer;
        return READ.more;
      case PHASE.head:
      case PHASE.length:
      case PHASE.untilClose:
      case PHASE.chunkData:
        throw new Error('not a byte between chunks');
      default:
        return unreachable(this.phase);
    }
  }

  private sizeStep(byte: number): ReadResult {
    const digit = hexDigit(byte);
    if (digit >= 0) {
      this.sizeDigits += 1;
      this.rest = this.rest * 16 + digit;
      return this.sizeDigits > MOST_SIZE_DIGITS ? READ.invalid : READ.more;
    }
    if (this.sizeDigits === 0) return READ.invalid;
    if (byte !== CR && byte !== LF && byte !== 59 /* ; */ && byte !== 32 && byte !== 9) return READ.invalid;
    this.phase = PHASE.chunkExtension;
    return byte === LF ? this.chunkStep(byte) : READ.more;
  }

  /** The answer is complete; what follows it was not asked for, blank lines aside. */
  private end(bytes: Uint8Array, at: number, length: number): ReadResult {
    for (let rest = at; rest < length; rest += 1) {
      if (bytes[rest] !== CR && bytes[rest] !== LF) return READ.excess;
    }
    return READ.complete;
  }
}

/** The value of a hexadecimal digit; -1 for anything else. */
function hexDigit(byte: number): number {
  if (byte >= 48 && byte <= 57) return byte - 48;
  const lower = byte | 0x20;
  return lower >= 97 && lower <= 102 ? lower - 87 : -1;
}
