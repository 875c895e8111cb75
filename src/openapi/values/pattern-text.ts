import { patternEngine } from './pattern-engine.js';
import { PatternWriter } from './pattern-writer.js';
import { wholePattern } from './portable-pattern.js';
import { hashFor, type Wish } from './wish.js';

export interface Lengths {
  readonly least: number;
  readonly most: number;
}

const TRIES = 40;
const LONGEST_PATTERN = 2000;
/** Characters more than the least of a text, so that several differ. */
const MORE = 3;

/** Found texts: the same property of many operations asks for the same. */
const known = new Map<string, string | null>();
const MOST_KNOWN = 10_000;

/** A text that all patterns match, within the lengths; undefined when none was found. */
export function textForPatterns(
  patterns: readonly string[],
  lengths: Lengths,
  wish: Wish,
): string | undefined {
  const key = JSON.stringify([patterns, lengths.least, lengths.most, wish.seed, wish.step]);
  const before = known.get(key);
  if (before !== undefined) return before ?? undefined;
  const text = foundFor(patterns, lengths, wish);
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(key, text ?? null);
  return text;
}

function foundFor(patterns: readonly string[], lengths: Lengths, wish: Wish): string | undefined {
  let partly: string | undefined;
  for (const pattern of patterns.filter(({ length }) => length <= LONGEST_PATTERN)) {
    const writer = PatternWriter.read(pattern);
    let more = MORE;
    for (let attempt = 0; writer && attempt < TRIES; attempt += 1) {
      const text = writer.write({ next: numbersFor(wish, attempt), more, isWide: attempt % 2 === 1 });
      if (text === undefined) continue;
      if (fitsWhole(text, patterns, lengths)) return text;
      // Where the pattern leaves the end open, and the text is too short.
      partly ??= [text, text.padEnd(lengths.least, 'x')].find((one) => fitsText(one, patterns, lengths));
      more = Math.max(0, more + towards(text.length, lengths));
    }
  }
  return partly;
}

/** How many characters more, or fewer, the next text is to have. */
function towards(length: number, { least, most }: Lengths): number {
  if (length < least) return least - length;
  return length > most ? most - length : 0;
}

function numbersFor(wish: Wish, attempt: number): () => number {
  let count = 0;
  return () => hashFor(wish, `${attempt}.${(count += 1)}`);
}

/** Whether a text matches the patterns (those that are regular expressions) and is as long as it must be. */
export function fitsText(text: string, patterns: readonly string[], { least, most }: Lengths): boolean {
  if (text.length < least || text.length > most) return false;
  return patterns.every((pattern) => patternEngine(pattern)?.test(text) ?? true);
}

/** As `fitsText`, and each pattern matches all of it: some servers look for a match inside, some for the whole. */
export function fitsWhole(text: string, patterns: readonly string[], lengths: Lengths): boolean {
  return (
    fitsText(text, patterns, lengths) &&
    patterns.every((pattern) => patternEngine(wholePattern(pattern))?.test(text) ?? true)
  );
}
