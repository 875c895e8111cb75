import { Buffer } from 'node:buffer';
import type { Hole, RequestBlueprint } from './request.js';

/** A number of at most so many digits is exact, and so is what is calculated on the way to it. */
export const MOST_DIGITS = 15;

/** So many digits for a serial number, the first of them never zero: JSON allows no number that begins with it. */
export function serialDigits(serial: number, digits: number): string {
  return String(serialValue(serial, digits));
}

/** The number that a hole of so many digits holds: after 9 × 10^(digits − 1) serial numbers it begins again. */
export function serialValue(serial: number, digits: number): number {
  return 10 ** (digits - 1) + (serial % serialCount(digits));
}

/** How many numbers there are of so many digits. */
export function serialCount(digits: number): number {
  return 9 * 10 ** (digits - 1);
}

/** The request with the serial number in all its holes. */
export function fillHoles(request: RequestBlueprint, serial: number): RequestBlueprint {
  return request.holes === undefined
    ? request
    : writeHoles(request, (digits) => serialDigits(serial, digits));
}

/** The request as people may see it, with `{n}` for its holes. */
export function showHoles(request: RequestBlueprint): RequestBlueprint {
  return request.holes === undefined ? request : writeHoles(request, () => '{n}');
}

/** The request with one digit throughout its holes. */
export function repeatInHoles(request: RequestBlueprint, digit: string): RequestBlueprint {
  return writeHoles(request, (digits) => digit.repeat(digits));
}

function writeHoles(
  { holes = [], ...request }: RequestBlueprint,
  textOf: (digits: number) => string,
): RequestBlueprint {
  const written = { ...request, headers: [...request.headers] };
  // From the end, so that the places of those before stay right.
  for (const { place, at, digits } of holes.toReversed()) {
    const replace = (text: string): string => text.slice(0, at) + textOf(digits) + text.slice(at + digits);
    if (place === 'path') written.path = replace(written.path);
    else if (place !== 'body') written.headers[place] = replace(written.headers[place] as string);
    else if (typeof written.body === 'string') written.body = replace(written.body);
    else if (written.body !== null) written.body = replaceBytes(written.body, at, digits, textOf(digits));
  }
  return written;
}

function replaceBytes(bytes: Uint8Array, at: number, digits: number, text: string): Uint8Array<ArrayBuffer> {
  return Buffer.concat([bytes.subarray(0, at), Buffer.from(text, 'latin1'), bytes.subarray(at + digits)]);
}

/** The digits with which a request is built twice, so that it differs just in its holes. */
export const HOLE_DIGITS = ['1', '2'] as const;

/**
 * The request with its holes: where the first has 1 and the second, built alike, has 2. Throws where they differ
 * in anything else.
 */
export function withHoles(first: RequestBlueprint, second: RequestBlueprint): RequestBlueprint {
  const holes: Hole[] = [
    ...runsBetween(first.path, second.path, (run): Hole => ({ place: 'path', ...run })),
    ...first.headers.flatMap((text, place) =>
      runsBetween(text, second.headers[place] ?? '', (run): Hole => ({ place, ...run })),
    ),
    ...runsBetween(first.body ?? '', second.body ?? '', (run): Hole => ({ place: 'body', ...run })),
  ];
  return holes.length === 0 ? first : { ...first, holes };
}

/** Where two texts, or bytes, have the two digits in place of each other; no run has more of them than are exact. */
export function runsBetween<T>(
  first: string | Uint8Array,
  second: string | Uint8Array,
  make: (run: Pick<Hole, 'at' | 'digits'>) => T,
): T[] {
  if (first.length !== second.length) throw new Error('a request changes its length with its serial number');
  const [one, two] = HOLE_DIGITS.map((digit) => digit.charCodeAt(0));
  const runs: T[] = [];
  let digits = 0;
  for (let at = 0; at <= first.length; at += 1) {
    const isHole = unitAt(first, at) !== unitAt(second, at);
    if (digits > 0 && (!isHole || digits === MOST_DIGITS)) {
      runs.push(make({ at: at - digits, digits }));
      digits = 0;
    }
    if (isHole) {
      if (unitAt(first, at) !== one || unitAt(second, at) !== two)
        throw new Error('a request holds its serial number in another form than digits');
      digits += 1;
    }
  }
  return runs;
}

function unitAt(text: string | Uint8Array, at: number): number | undefined {
  return typeof text === 'string' ? text.charCodeAt(at) || undefined : text[at];
}
