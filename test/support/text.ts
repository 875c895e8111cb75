import fc from 'fast-check';

// What some format takes for its own, what steers terminals, and what is no ASCII.
const CHARACTERS = [
  ...['\\', '"', "'", '\n', '\r', '\t', '\0', '\x1b', '\x7f', '\x9b', '\u2028', '\u202e', '\ufeff'],
  ...['{', '}', '=', ',', ';', '#', '|', '<', '>', '&', '/', '%', ' ', 'a', 'é', '語', '😀', '\u0301'],
];

/** Text of whole characters that a careless renderer would stumble over. */
export function trickyText(): fc.Arbitrary<string> {
  return fc.string({ unit: fc.constantFrom(...CHARACTERS), maxLength: 30 });
}

/** Text of any code units, halves of characters among them. */
export function anyText({ minLength = 0, maxLength = 20 } = {}): fc.Arbitrary<string> {
  const unit = fc.oneof(fc.integer({ min: 0, max: 0x7f }), fc.integer({ min: 0, max: 0xffff }));
  return fc.array(unit, { minLength, maxLength }).map((units) => String.fromCharCode(...units));
}

/** The control characters of a text that could steer a terminal: all but the line feed. */
export function controlCharactersOf(text: string): string[] {
  return Array.from(text).filter((character) => character < ' ' && character !== '\n');
}
