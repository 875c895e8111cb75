import { distance } from 'fastest-levenshtein';

/** The known words nearest to a misspelt one, best first; none when all are too far away to be meant. */
export function nearest(word: string, known: readonly string[], count = 1): string[] {
  const limit = Math.max(2, Math.ceil(word.length * 0.4));
  return known
    .filter((candidate) => Math.abs(candidate.length - word.length) <= limit)
    .map((candidate) => ({ candidate, edits: distance(word.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ edits }) => edits <= limit)
    .sort((a, b) => a.edits - b.edits)
    .slice(0, count)
    .map(({ candidate }) => candidate);
}

/** Whether a word is a misspelling of another: letters in another order or case, or one of them wrong (two in a long word). */
export function isSlipOf(word: string, meant: string): boolean {
  const [a, b] = [word.toLowerCase(), meant.toLowerCase()];
  const sorted = (text: string): string => Array.from(text).sort().join('');
  return sorted(a) === sorted(b) || distance(a, b) <= (meant.length > 5 ? 2 : 1);
}

/** A name that is safe in every file system and cannot leave its folder, whatever the document says. */
export function safeFileName(name: string): string {
  const safe = name
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9._-]+/g, '_')
    .replace(/^[._-]+/, '')
    .slice(0, 100)
    .replace(/[._-]+$/, '');
  return safe === '' ? 'unnamed' : safe;
}

// All control characters but tab and line feed.
const CONTROL_CHARACTERS = /(?![\t\n])\p{Cc}/gu;

/** Text of foreign origin without control characters, so that it cannot steer a terminal. */
export function printable(text: string): string {
  return text.replace(CONTROL_CHARACTERS, '');
}

// Line breaks and tabs, and what turns the direction of the text around it.
const LAYOUT_CHARACTERS = /[\t\n\u061c\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu;

/** As `printable`, on one line: a name of foreign origin cannot add rows to a table. */
export function oneLine(text: string): string {
  return printable(text).replace(LAYOUT_CHARACTERS, ' ');
}

// Control characters that lay nothing out, and those that turn the direction of text.
const STEERING = /(?![\t\n\r])\p{Cc}|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** Text that keeps its lines, with `\ufffd` for each character that steers a terminal, a log or a reader's eye. */
export function withoutSteering(text: string): string {
  return text.replace(STEERING, '\ufffd');
}

/** A value as JSON that can be shown as it is: what would steer a terminal is escaped. */
export function jsonText(value: unknown, indent?: number): string {
  return JSON.stringify(value, null, indent).replace(
    STEERING,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** The last lines of a longer text. */
export function lastLines(text: string, count: number): string[] {
  return text
    .trimEnd()
    .split('\n')
    .slice(-count)
    .filter((line) => line.trim() !== '');
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text as XML 1.0 takes it in elements and attributes; what XML cannot hold at all is left out. */
export function escapeXml(text: string): string {
  return text
    .replace(/(?![\t\n\r])\p{Cc}|\p{Surrogate}|[\ufffe\uffff]/gu, '')
    .replace(/[&<>"]/g, (character) => ENTITIES[character] as string);
}

/** Whether a value is the text of a UUID, of any version. */
export function isUuid(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value);
}
