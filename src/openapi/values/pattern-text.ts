import { generateSync } from 'json-schema-faker';
import { patternEngine } from './pattern-engine.js';
import { hashFor, type Wish } from './wish.js';

export interface Lengths {
  readonly least: number;
  readonly most: number;
}

const TRIES = 20;
const LONGEST_PATTERN = 2000;
/** A pattern that asks for more characters is left alone: writing them would take the memory of the machine. */
const MOST_REPEATS = 20_000;

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
  const readable = patterns.filter(({ length }) => length <= LONGEST_PATTERN);
  for (const pattern of readable.flatMap((one) => [one, ...withLengths(one, lengths)])) {
    if (repeatsOf(pattern) > MOST_REPEATS) continue;
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      const text = written(pattern, hashFor(wish, `${attempt}`));
      if (text === undefined) break;
      if (fitsText(text, patterns, lengths)) return text;
    }
  }
  return undefined;
}

/** Whether a text matches the patterns (those that are regular expressions) and is as long as it must be. */
export function fitsText(text: string, patterns: readonly string[], { least, most }: Lengths): boolean {
  if (text.length < least || text.length > most) return false;
  return patterns.every((pattern) => patternEngine(pattern)?.test(text) ?? true);
}

function written(pattern: string, seed: number): string | undefined {
  try {
    const text = generateSync({ type: 'string', pattern }, { seed });
    return typeof text === 'string' ? text : undefined;
  } catch {
    return undefined; // a pattern that the library cannot read, which the check reports in the end
  }
}

/** The pattern with its open repeats, `+` and `*`, made as long as the text must be: all of them, or the last. */
function withLengths(pattern: string, { least, most }: Lengths): string[] {
  const [shortest, longest] = [Math.max(1, least), Math.min(most, Math.max(1, least) + 8)];
  if (longest > 1000 || longest < shortest) return [];
  const open = /(?<![\\(])(?:[+*]\??|\{\d+,\})(?=[^+*?{]*$)/;
  const last = pattern.replace(open, `{${shortest},${longest}}`);
  const rest = Math.max(0, shortest - 4);
  const nearly = pattern.replace(open, `{${rest},${shortest}}`);
  return [last, nearly].filter((one) => one !== pattern);
}

/** How many characters a pattern asks for at the least, roughly: nested counts multiply. */
function repeatsOf(pattern: string): number {
  const counts = [...pattern.matchAll(/\{(\d+)(?:,(\d*))?\}/g)];
  return counts.reduce((product, [, least, most]) => {
    return product * Math.max(1, Number(least), Number(most === '' || most === undefined ? 1 : most));
  }, 1);
}
