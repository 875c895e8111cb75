/*
 * Hot path: runs over every answer. What an answer holds is counted and not kept, unless it is to be
 * checked or shown. Grammar: RFC 9112; an answer that breaks it is invalid, never guessed at.
 */
import { ChunkReader, TOO_LONG } from './chunk-reader.js';
import type { Keeping } from './keeping.js';
import { CR, endOfLine, HeadParser, INCOMPLETE, INVALID, LF } from './head-parser.js';

/** What the bytes read so far come to. */
export const READ = { more: 0, complete: 1, invalid: 2, headersTooLarge: 3, excess: 4 } as const;
export type ReadResult = (typeof READ)[keyof typeof READ];

/** Status line and headers, those of informational answers before it too. */
export const HEAD_LIMIT_BYTES = 64 * 1024;
/** Up to here a line that is not complete is looked at again: it may be no HTTP at all. */
const SHORT_LINE_BYTES = 16;

const PHASE = { head: 0, length: 1, chunks: 2, untilClose: 3 } as const;
type Phase = (typeof PHASE)[keyof typeof PHASE];

/** Reads one answer after another from the pieces in which a connection delivers them. */
export class ResponseReader {
  /** Whether a byte of the answer has come. */
  hasBegun = false;
  private readonly head: HeadParser;
  private readonly chunks: ChunkReader;
  private phase: Phase = PHASE.head;
  private isBodiless = false;
  private bytesTaken = 0;
  /** Bytes of the body that are still to come, where its length was told. */
  private rest = 0;
  private headBytes = 0;
  /** The start of a line of the head that came in pieces. */
  private line = Buffer.alloc(0);
  private lineLength = 0;

  /** `keeping` takes what is to be kept of the answers. */
  constructor(private readonly keeping?: Keeping) {
    this.head = new HeadParser(keeping);
    this.chunks = new ChunkReader(HEAD_LIMIT_BYTES, keeping);
  }

  get status(): number {
    return this.head.status;
  }

  get bodyBytes(): number {
    return this.phase === PHASE.chunks ? this.chunks.dataBytes : this.bytesTaken;
  }

  /** Whether the connection may carry another request; after a 101 it speaks another protocol. */
  get keepsAlive(): boolean {
    return this.head.keepsAlive && this.phase !== PHASE.untilClose && this.head.status !== 101;
  }

  /** How long the server keeps an idle connection, in seconds; -1 when it does not say. */
  get keepAliveSeconds(): number {
    return this.head.keepAliveSeconds;
  }

  /** The connection has ended as announced, so the server thinks that it has sent all that it promised. */
  get isMiscounted(): boolean {
    return this.phase === PHASE.length && !this.head.keepsAlive;
  }

  /** The connection has ended: complete only if that is how the body's end is told. */
  get isCompleteAtEnd(): boolean {
    return this.phase === PHASE.untilClose;
  }

  /** Prepares for the next answer; `isHead` for a request whose answer has no body. */
  begin(isHead: boolean): void {
    this.hasBegun = false;
    this.bytesTaken = 0;
    this.phase = PHASE.head;
    this.isBodiless = isHead;
    this.headBytes = 0;
    this.lineLength = 0;
    this.head.begin();
  }

  read(bytes: Uint8Array, length: number): ReadResult {
    this.hasBegun = true;
    if (this.phase !== PHASE.head) return this.body(bytes, 0, length);
    return this.lineLength === 0 ? this.headIn(bytes, 0, length) : this.headInPieces(bytes, length);
  }

  private headIn(bytes: Uint8Array, from: number, length: number): ReadResult {
    let start = from;
    for (;;) {
      const after = this.head.parse(bytes, start, length);
      if (after === INVALID) return READ.invalid;
      this.headBytes += (after === INCOMPLETE ? length : after) - start;
      if (this.headBytes > HEAD_LIMIT_BYTES) return READ.headersTooLarge;
      if (after === INCOMPLETE) {
        this.keepLine(bytes, this.head.stoppedAt, length);
        return READ.more;
      }
      if (this.isFinal()) return this.startBody(bytes, after, length);
      start = after;
    }
  }

  /** Reads on in a head of which a line has come in part: all before that line has been read already. */
  private headInPieces(bytes: Uint8Array, length: number): ReadResult {
    const next = endOfLine(bytes, 0, length);
    if (next === INVALID) return READ.invalid;
    const taken = next === INCOMPLETE ? length : next;
    this.headBytes += taken;
    if (this.headBytes > HEAD_LIMIT_BYTES) return READ.headersTooLarge;
    this.keepLine(bytes, 0, taken);
    if (next === INCOMPLETE && this.lineLength > SHORT_LINE_BYTES) return READ.more;
    const after = this.head.parse(this.line, 0, this.lineLength);
    if (after === INVALID) return READ.invalid;
    if (next === INCOMPLETE) return READ.more;
    this.lineLength = 0;
    if (after !== INCOMPLETE && this.isFinal()) return this.startBody(bytes, next, length);
    return this.headIn(bytes, next, length);
  }

  /** An informational answer comes before the real one; 101 leaves HTTP for good. */
  private isFinal(): boolean {
    if (this.head.status >= 200 || this.head.status === 101) return true;
    this.head.begin();
    return false;
  }

  private keepLine(bytes: Uint8Array, from: number, to: number): void {
    const needed = this.lineLength + to - from;
    if (needed > this.line.length) {
      const larger = Buffer.allocUnsafe(Math.max(2 * this.line.length, needed, SHORT_LINE_BYTES));
      larger.set(this.line.subarray(0, this.lineLength));
      this.line = larger;
    }
    this.line.set(bytes.subarray(from, to), this.lineLength);
    this.lineLength = needed;
  }

  private startBody(bytes: Uint8Array, at: number, length: number): ReadResult {
    const { status, isChunked, hasOtherEncoding, contentLength } = this.head;
    // Both together is how requests are smuggled past a proxy: RFC 9112, 6.3.
    if (contentLength >= 0 && (isChunked || hasOtherEncoding)) return READ.invalid;
    if (this.isBodiless || status === 101 || status === 204 || status === 304) {
      this.phase = PHASE.length;
      this.rest = 0;
      // What follows is no HTTP any more.
      if (status === 101) return READ.complete;
    } else if (isChunked) {
      this.phase = PHASE.chunks;
      this.chunks.begin();
    } else if (contentLength >= 0) {
      this.phase = PHASE.length;
      this.rest = contentLength;
    } else {
      this.phase = PHASE.untilClose;
    }
    return this.body(bytes, at, length);
  }

  private body(bytes: Uint8Array, from: number, length: number): ReadResult {
    const kept = this.keeping?.answer;
    if (this.phase === PHASE.length) {
      const taken = Math.min(this.rest, length - from);
      this.rest -= taken;
      this.bytesTaken += taken;
      if (kept !== undefined) kept.addBody(bytes.subarray(from, from + taken));
      return this.rest > 0 ? READ.more : end(bytes, from + taken, length);
    }
    if (this.phase === PHASE.untilClose) {
      this.bytesTaken += length - from;
      if (kept !== undefined) kept.addBody(bytes.subarray(from, length));
      return READ.more;
    }
    const at = this.chunks.read(bytes, from, length);
    if (at >= 0) return end(bytes, at, length);
    if (at === INCOMPLETE) return READ.more;
    return at === TOO_LONG ? READ.headersTooLarge : READ.invalid;
  }
}

/** The answer is complete; what follows it was not asked for, blank lines aside. */
function end(bytes: Uint8Array, at: number, length: number): ReadResult {
  for (let rest = at; rest < length; rest += 1) {
    if (bytes[rest] !== CR && bytes[rest] !== LF) return READ.excess;
  }
  return READ.complete;
}
