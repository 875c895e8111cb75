import fc from 'fast-check';

// What some format takes for its own, what steers terminals, and what is no ASCII.
const CHARACTERS = [
  ...['\\', '"', "'", '\n', '\r', '\t', '\0', '\x1b', '\x7f', '\x9b', '\u2028', '\u202e', '\ufeff'],
  ...['{', '}', '=', ',', ';', '#', '|', '<', '>', '&', '/', '%', ' ', 'a', 'é', '語', '😀', '\u0301'],
];

/** Text that a careless renderer would stumble over. */
export function anyText(): fc.Arbitrary<string> {
  return fc.string({ unit: fc.constantFrom(...CHARACTERS), maxLength: 30 });
}
