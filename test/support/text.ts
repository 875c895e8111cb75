import fc from 'fast-check';

/** Text of any code units, halves of characters among them. */
export function anyText({ minLength = 0, maxLength = 20 } = {}): fc.Arbitrary<string> {
  const unit = fc.oneof(fc.integer({ min: 0, max: 0x7f }), fc.integer({ min: 0, max: 0xffff }));
  return fc.array(unit, { minLength, maxLength }).map((units) => String.fromCharCode(...units));
}

/** The control characters of a text that could steer a terminal: all but the line feed. */
export function controlCharactersOf(text: string): string[] {
  return Array.from(text).filter((character) => character < ' ' && character !== '\n');
}
