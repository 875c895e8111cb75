/*
 * Hot path: runs for every answer.
 */

/** `HTTP/1.1 200` */
const STATUS_AT = 9;
const STATUS_END = 12;
const START = 'HTTP/1.';
const ZERO = 48;
const CONTINUE = '100';
const WITHOUT_BODY: ReadonlySet<string> = new Set(['204', '304']);
const NONE = Buffer.alloc(0);

/**
 * Makes answers that HTTP allows readable to undici 7.30, which takes the interim answer 100 for a fault, and so the
 * length that a 204 or 304 gives of a body that it does not send (RFC 9110, 8.6 and 15.2.1).
 */
export class UndiciReader {
  /** The beginning of a head that has to be seen whole. */
  private held: Buffer = NONE;

  /** A new answer is awaited. */
  begin(): void {
    this.held = NONE;
  }

  /** What undici is to read of the first bytes of an answer; may be empty. */
  firstOf(piece: Buffer): Buffer {
    let rest = this.held.length === 0 ? piece : Buffer.concat([this.held, piece]);
    this.held = NONE;
    for (;;) {
      const status = rest.toString('latin1', STATUS_AT, STATUS_END);
      const isInterim = status === CONTINUE;
      if (!isInterim && !WITHOUT_BODY.has(status) && !isCutInStart(rest)) return rest;
      const end = rest.indexOf('\r\n\r\n');
      if (end < 0) {
        this.held = rest;
        return NONE;
      }
      if (!isInterim) return withoutLength(rest, end);
      rest = rest.subarray(end + 4);
    }
  }
}

/** Whether the status is still to come. */
function isCutInStart(piece: Buffer): boolean {
  if (piece.length >= STATUS_END) return false;
  return START.startsWith(piece.toString('latin1', 0, START.length));
}

/** Sets the digits of the length to zero, since undici expects so many bytes. */
function withoutLength(piece: Buffer, headEnd: number): Buffer {
  const found = /\r\ncontent-length:[ \t]*(\d+)/i.exec(piece.toString('latin1', 0, headEnd));
  const digits = found?.[1];
  if (!found || digits === undefined) return piece;
  const end = found.index + found[0].length;
  return piece.fill(ZERO, end - digits.length, end);
}
