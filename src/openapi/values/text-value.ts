import { otherLengths } from './format-lengths.js';
import { FORMAT_TESTS } from './format-tests.js';
import { textOfFormat } from './formats.js';
import { fitsText, fitsWhole, textForPatterns, type Lengths } from './pattern-text.js';
import type { Shape } from './shape.js';
import { lettersFor, wordFor } from './words.js';
import type { Wish } from './wish.js';

/** Longer texts are not made; the check says that the value is too short. */
const LONGEST = 500_000;

/** A text for a schema: of its format, matching its patterns, as long as it must be, and never empty by itself. */
export function textValue(shape: Shape, wish: Wish): string {
  const lengths = lengthsOf(shape);
  if (lengths.most <= 0) return '';
  const { patterns } = shape;
  let ofFormat: string | undefined;
  for (const text of candidates(shape, lengths, wish)) {
    if (fitsWhole(text, patterns, lengths)) return text;
    if (FORMAT_TESTS.has(shape.format ?? '') && fitsText(text, patterns, lengths)) ofFormat ??= text;
  }
  const made = patterns.length > 0 ? textForPatterns(patterns, lengths, wish) : undefined;
  return ofFormat ?? made ?? ofLength(lengths, wish);
}

/** One after the other: most texts are the first of them. Where a format is tested, what only looks like it is none. */
function* candidates(shape: Shape, lengths: Lengths, wish: Wish): Iterable<string> {
  const { format = '', patterns } = shape;
  const isOfFormat = testOf(format);
  yield* formatted(shape, wish);
  for (const text of otherLengths(format, lengths, wish)) if (isOfFormat(text)) yield text;
  for (const text of otherLengths(shape.encoding ?? '', lengths, wish)) yield text;
  const others = [...named(wish), wordFor(wish), ...(patterns.length > 0 ? likely(wish) : [])];
  for (const text of others) if (isOfFormat(text)) yield text;
  if (patterns.length === 0 || !FORMAT_TESTS.has(format)) return;
  // Of format and pattern: the pattern's texts, of which some are of the format.
  for (let later = 0; later < MOST_OF_BOTH; later += 1) {
    const text = textForPatterns(patterns, lengths, { ...wish, step: wish.step + later });
    if (text !== undefined && isOfFormat(text)) yield text;
  }
}

const MOST_OF_BOTH = 10;

function testOf(format: string): (text: string) => boolean {
  const test = FORMAT_TESTS.get(format);
  return test?.type === 'string' ? test.isValid : () => true;
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
  [/(?:phone|mobile|fax)(?:_?n(?:umber|r|o))?$/i, 'phone'],
  [/(?:^|_|-)ur[il]$|[a-z]Ur[il]$|^(?:website|homepage|href)$/i, 'uri'],
  [/uuid$|guid$/i, 'uuid'],
  [/(?:^|_|-)(?:date|birthday|dob)$|[a-z]Date$|(?:_|-)on$|[a-z]On$/, 'date'],
  [/(?:^|_|-)at$|[a-z]At$|timestamp$|date_?time$/i, 'date-time'],
  [/(?:^|_|-)country(?:_?code)?$|[a-z]Country(?:Code)?$|^country(?:_?code)?$/i, 'country-code'],
  [/(?:^|_|-)currency(?:_?code)?$|[a-z]Currency(?:Code)?$|^currency(?:_?code)?$/i, 'currency'],
  [/^lang(?:uage)?(?:_?code)?$/i, 'language'],
  [/^(?:preferred_?)?locale$/i, 'locale'],
  [/time_?zone$/i, 'timezone'],
  [/^isbn(?:_?1[03])?$/i, 'isbn'],
  [/^iban$/i, 'iban'],
  [/^(?:ip|ip_?addr(?:ess)?)$/i, 'ipv4'],
  [/^(?:host_?name|domain(?:_?name)?)$/i, 'hostname'],
  [/(?:^|_)(?:zip|zip_?code|postal_?code|post_?code)$/i, 'postal-code'],
  [/passw(?:or)?d(?:[_-]?(?:confirm(?:ation)?|repeat(?:ed)?|again|2))?$/i, 'password'],
  [/colou?r$/i, 'color'],
];

function named(wish: Wish): string[] {
  if (wish.place === 'path' && /id$/i.test(wish.name)) return [`${wish.step + 1}`];
  const format = BY_NAME.find(([name]) => name.test(wish.name))?.[1];
  return format === undefined ? [] : [textOfFormat(format, wish) ?? ''].filter((text) => text !== '');
}

/** Texts that many patterns match, which look better than made ones. */
function likely(wish: Wish): string[] {
  const word = wordFor(wish);
  const number = `${wish.step + 1}`;
  const capital = word.charAt(0).toUpperCase() + word.slice(1);
  const formats = ['uuid', 'date', 'date-time', 'uri', 'email'].map(
    (format) => textOfFormat(format, wish) ?? '',
  );
  return [capital, number, `${word}-${number}`, ...formats];
}

/** A word, cut or continued to the length. */
function ofLength({ least, most }: Lengths, wish: Wish): string {
  const word = wordFor(wish);
  if (word.length > most) return lettersFor(wish, most);
  return word.padEnd(least, 'x');
}
