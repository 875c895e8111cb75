import { HOLE_DIGITS, MOST_DIGITS } from '../../model/requests/holes.js';

/** Enough for numbers that begin with the time, so that a later run sends others. */
export const USUAL_DIGITS = 14;

const HOLE = /\{n(?::([1-9]\d?))?\}/g;

/** Whether a text of the user's holds the place of a serial number: `user{n}@example.com`, `{n:8}`. */
export function hasSerial(value: unknown): value is string {
  return typeof value === 'string' && value.search(HOLE) >= 0;
}

/**
 * Writes one digit into all places of serial numbers. A request is built with each of two digits, and its holes
 * are where it then differs: whatever an encoding does to a text, it leaves digits as they are.
 */
export class SerialMarks {
  private digit: string = HOLE_DIGITS[0];
  private hasAny = false;

  /** Builds once where nothing holds a serial number. */
  twice<T, R>(build: () => T, join: (first: T, second: T) => R): R | T {
    const first = build();
    if (!this.hasAny) return first;
    this.digit = HOLE_DIGITS[1];
    const second = build();
    this.digit = HOLE_DIGITS[0];
    return join(first, second);
  }

  /** The text with its places filled; what holds none, as it is. */
  fill(text: string): string {
    if (!hasSerial(text)) return text;
    this.hasAny = true;
    return text.replace(HOLE, (_, digits: string | undefined) =>
      this.digit.repeat(Math.min(MOST_DIGITS, digits === undefined ? USUAL_DIGITS : Number(digits))),
    );
  }

  /** All texts inside a value; the bytes of a file are none. */
  fillAll(value: unknown): unknown {
    if (typeof value === 'string') return this.fill(value);
    if (Array.isArray(value)) return value.map((one) => this.fillAll(one));
    if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, this.fillAll(inner)]));
  }
}
