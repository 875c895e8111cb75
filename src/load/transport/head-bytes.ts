/*
 * Hot path: runs for every line of every head. Text as bytes: nothing is made of them but numbers and a word now and then.
 */

export const ZERO = 48;
/** Set in a letter's lower case. */
export const LOWER_CASE = 0x20;

export function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

/** Whether these bytes are `word`, which is in lower case, in whatever case. */
export function equals(bytes: Uint8Array, from: number, to: number, word: Uint8Array): boolean {
  if (to - from !== word.length) return false;
  for (let at = 0; at < word.length; at += 1) {
    const byte = bytes[from + at] as number;
    const lower = byte >= 65 && byte <= 90 ? byte | LOWER_CASE : byte;
    if (lower !== word[at]) return false;
  }
  return true;
}

/** The number of these decimal digits; -1 when there are others among them. */
export function digitsAt(bytes: Uint8Array, from: number, to: number): number {
  let value = 0;
  for (let at = from; at < to; at += 1) {
    const digit = (bytes[at] as number) - ZERO;
    if (!(digit >= 0 && digit <= 9)) return -1;
    value = value * 10 + digit;
  }
  return value;
}

export function lowerCaseText(bytes: Uint8Array, from: number, to: number): string {
  return Buffer.from(bytes.subarray(from, to)).toString('latin1').toLowerCase();
}
