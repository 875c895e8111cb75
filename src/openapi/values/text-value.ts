import { textOfFormat } from './formats.js';
import { fitsText, textForPatterns, type Lengths } from './pattern-text.js';
import type { Shape } from './shape.js';
import { lettersFor, wordFor } from './words.js';
import type { Wish } from './wish.js';

/** Longer texts are not made; the check says that the value is too short. */
const LONGEST = 1_000_000;

/** A text for a schema: of its format, matching its patterns, as long as it must be, and never empty by itself. */
export function textValue(shape: Shape, wish: Wish): string {
  const lengths = lengthsOf(shape);
  if (lengths.most <= 0) return '';
  for (const text of candidates(shape, wish)) if (fitsText(text, shape.patterns, lengths)) return text;
  return shape.patterns.length > 0
    ? (matching(shape, lengths, wish) ?? ofLength(lengths, wish))
    : (longer(shape, lengths, wish) ?? ofLength(lengths, wish));
}

/** One after the other: most texts are the first of them. */
function* candidates(shape: Shape, wish: Wish): Iterable<string> {
  yield* formatted(shape, wish);
  yield* named(wish);
  yield wordFor(wish);
}

function lengthsOf({ limits: { minLength = 1, maxLength = LONGEST } }: Shape): Lengths {
  return { least: Math.min(Math.max(1, minLength), LONGEST), most: Math.min(maxLength, LONGEST) };
}

function formatted({ format, encoding, mediaType }: Shape, wish: Wish): string[] {
  const content = /json\b/.test(mediaType ?? '') ? 'json' : undefined;
  const names = [format, encoding?.toLowerCase().startsWith('base64') ? encoding : undefined, content];
  return names.flatMap((name) => (name === undefined ? [] : (textOfFormat(name, wish) ?? [])));
}

/** What a name promises, for servers that look closer than their document says. */
const BY_NAME: readonly (readonly [RegExp, string])[] = [
  [/e-?mail(?:_?address)?$/i, 'email'],
  [/phone(?:_?number)?$/i, 'phone'],
  [/(?:^|_|-)ur[il]$|[a-z]Ur[il]$/, 'uri'],
  [/uuid$|guid$/i, 'uuid'],
  [/(?:^|_|-)date$|[a-z]Date$/, 'date'],
  [/(?:^|_|-)at$|[a-z]At$|timestamp$/i, 'date-time'],
  [/^country(?:_?code)?$/i, 'country-code'],
  [/^currency(?:_?code)?$/i, 'currency'],
  [/^lang(?:uage)?(?:_?code)?$/i, 'language'],
  [/password$/i, 'password'],
  [/colou?r$/i, 'color'],
];

function named(wish: Wish): string[] {
  if (wish.place === 'path' && /id$/i.test(wish.name)) return [`${wish.step + 1}`];
  const format = BY_NAME.find(([name]) => name.test(wish.name))?.[1];
  return format === undefined ? [] : [textOfFormat(format, wish) ?? ''].filter((text) => text !== '');
}

/** Texts that many patterns match, which look better than made ones; then made ones. */
function matching(shape: Shape, lengths: Lengths, wish: Wish): string | undefined {
  const word = wordFor(wish);
  const number = `${wish.step + 1}`;
  const capital = word.charAt(0).toUpperCase() + word.slice(1);
  const natural = [capital, number, `${word}-${number}`].find((text) =>
    fitsText(text, shape.patterns, lengths),
  );
  if (natural !== undefined) return natural;
  for (const format of ['uuid', 'date', 'date-time', 'uri', 'email']) {
    const text = textOfFormat(format, wish);
    if (text !== undefined && fitsText(text, shape.patterns, lengths)) return text;
  }
  return textForPatterns(shape.patterns, lengths, wish);
}

/** A format's text that was too short, made longer where its kind allows that. */
function longer({ format, encoding }: Shape, { least, most }: Lengths, wish: Wish): string | undefined {
  const room = lettersFor(wish, Math.max(1, least));
  const texts: Readonly<Record<string, string>> = {
    email: `${room.slice(0, 60)}@${'x.'.repeat(Math.ceil(least / 2))}example.com`,
    uri: `https://example.com/${room}`,
    url: `https://example.com/${room}`,
    hostname: `${'x.'.repeat(Math.ceil(least / 2))}com`,
    byte: Buffer.from(room).toString('base64'),
    base64: Buffer.from(room).toString('base64'),
  };
  const name = format ?? encoding ?? '';
  const text = Object.hasOwn(texts, name) ? texts[name] : undefined;
  const shortest: Readonly<Record<string, string>> = { email: 'a@b.co', uri: 'a:b', byte: 'YQ==' };
  const short = Object.hasOwn(shortest, name) ? shortest[name] : undefined;
  return [text, short].find((one) => one !== undefined && one.length >= least && one.length <= most);
}

/** A word, cut or continued to the length. */
function ofLength({ least, most }: Lengths, wish: Wish): string {
  const word = wordFor(wish);
  if (word.length > most) return lettersFor(wish, most);
  return word.padEnd(least, 'x');
}
