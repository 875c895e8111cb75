/*
 * Hot path: runs over every chunked body. Data is counted, a piece at a time; the lines between it are read
 * byte by byte. Grammar: RFC 9112, 7.1. A line feed alone ends no line here, as it does in a head: a chunk
 * that is one byte shorter than its size would pass.
 */
import { unreachable } from '../../kernel/errors.js';
import type { Keeping } from './keeping.js';
import { CR, INCOMPLETE, INVALID, isNameByte, LF } from './head-parser.js';

/** Instead of a position: chunk extensions or trailers without end. */
export const TOO_LONG = -3;

/** More hexadecimal digits, leading zeros aside, would not be a whole number any more. */
const MOST_SIZE_DIGITS = 12;

const TAB = 9;
const SPACE = 32;
const COLON = 58;
const SEMICOLON = 59;

const PHASE = {
  firstDigit: 0,
  size: 1,
  blanks: 2,
  extension: 3,
  sizeLineFeed: 4,
  data: 5,
  dataEnd: 6,
  dataLineFeed: 7,
  trailer: 8,
  trailerName: 9,
  trailerValue: 10,
  trailerLineFeed: 11,
  lastLineFeed: 12,
  complete: 13,
  invalid: 14,
} as const;
type Phase = (typeof PHASE)[keyof typeof PHASE];

export class ChunkReader {
  dataBytes = 0;
  private phase: Phase = PHASE.firstDigit;
  /** Bytes of the chunk that are still to come. */
  private rest = 0;
  private sizeDigits = 0;
  /** Bytes since the last data. */
  private lineBytes = 0;

  /** `limitBytes`: how long what stands between two chunks, or after the last one, may become. */
  constructor(
    private readonly limitBytes: number,
    private readonly keeping?: Keeping,
  ) {}

  begin(): void {
    this.dataBytes = 0;
    this.lineBytes = 0;
    this.phase = PHASE.firstDigit;
  }

  /** Reads on from `from`; returns where the body ends, INCOMPLETE, INVALID or TOO_LONG. */
  read(bytes: Uint8Array, from: number, to: number): number {
    let at = from;
    while (at < to) {
      if (this.phase === PHASE.data) {
        at = this.takeData(bytes, at, to);
        continue;
      }
      this.phase = this.step(bytes[at] as number);
      at += 1;
      if (this.phase === PHASE.complete) return at;
      if (this.phase === PHASE.invalid) return INVALID;
      this.lineBytes += 1;
      if (this.lineBytes > this.limitBytes) return TOO_LONG;
    }
    return INCOMPLETE;
  }

  private takeData(bytes: Uint8Array, at: number, to: number): number {
    const taken = Math.min(this.rest, to - at);
    this.rest -= taken;
    this.dataBytes += taken;
    const kept = this.keeping?.answer;
    if (kept !== undefined) kept.addBody(bytes.subarray(at, at + taken));
    if (this.rest === 0) {
      this.phase = PHASE.dataEnd;
      this.lineBytes = 0;
    }
    return at + taken;
  }

  /** What is expected after this byte, which is no data. */
  private step(byte: number): Phase {
    switch (this.phase) {
      case PHASE.firstDigit:
        this.rest = 0;
        this.sizeDigits = 0;
        return hexDigit(byte) < 0 ? PHASE.invalid : this.sizeStep(byte);
      case PHASE.size:
        return this.sizeStep(byte);
      case PHASE.blanks:
        return afterSize(byte);
      case PHASE.extension:
        return textStep(byte, PHASE.extension, PHASE.sizeLineFeed);
      case PHASE.sizeLineFeed:
        if (byte !== LF) return PHASE.invalid;
        return this.rest === 0 ? PHASE.trailer : PHASE.data;
      case PHASE.dataEnd:
        return byte === CR ? PHASE.dataLineFeed : PHASE.invalid;
      case PHASE.dataLineFeed:
        return byte === LF ? PHASE.firstDigit : PHASE.invalid;
      case PHASE.trailer:
        if (byte === CR) return PHASE.lastLineFeed;
        return isNameByte(byte) ? PHASE.trailerName : PHASE.invalid;
      case PHASE.trailerName:
        if (byte === COLON) return PHASE.trailerValue;
        return isNameByte(byte) ? PHASE.trailerName : PHASE.invalid;
      case PHASE.trailerValue:
        return textStep(byte, PHASE.trailerValue, PHASE.trailerLineFeed);
      case PHASE.trailerLineFeed:
        return byte === LF ? PHASE.trailer : PHASE.invalid;
      case PHASE.lastLineFeed:
        return byte === LF ? PHASE.complete : PHASE.invalid;
      case PHASE.data:
      case PHASE.complete:
      case PHASE.invalid:
        throw new Error('not a byte between chunks');
      default:
        return unreachable(this.phase);
    }
  }

  private sizeStep(byte: number): Phase {
    const digit = hexDigit(byte);
    if (digit < 0) return afterSize(byte);
    if (digit > 0 || this.sizeDigits > 0) this.sizeDigits += 1;
    this.rest = this.rest * 16 + digit;
    return this.sizeDigits > MOST_SIZE_DIGITS ? PHASE.invalid : PHASE.size;
  }
}

function afterSize(byte: number): Phase {
  if (byte === CR) return PHASE.sizeLineFeed;
  if (byte === SEMICOLON) return PHASE.extension;
  return byte === SPACE || byte === TAB ? PHASE.blanks : PHASE.invalid;
}

/** In text that is not looked at, up to the line's end. */
function textStep(byte: number, here: Phase, lineFeed: Phase): Phase {
  if (byte === CR) return lineFeed;
  return byte < SPACE && byte !== TAB ? PHASE.invalid : here;
}

/** The value of a hexadecimal digit; -1 for anything else. */
function hexDigit(byte: number): number {
  if (byte >= 48 && byte <= 57) return byte - 48;
  const lower = byte | 0x20;
  return lower >= 97 && lower <= 102 ? lower - 87 : -1;
}
