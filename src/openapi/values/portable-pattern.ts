/** A pattern as JavaScript reads it. */
export interface PortablePattern {
  readonly source: string;
  readonly flags: string;
}

const LEADING_FLAGS = /^\(\?([imsux]+)\)/;

/** What Java, Python, Go and PCRE write otherwise, outside of classes. */
const OTHERWISE: readonly (readonly [RegExp, string])[] = [
  [/^\(\?P</, '(?<'],
  [/^\(\?P=(\w+)\)/, '\\k<$1>'],
  [/^\(\?>/, '(?:'],
  [/^\\A/, '^'],
  [/^\\[zZ]/, '$'],
  [/^\\h/, '[ \\t]'],
  [/^\\p\{(Is|In)(?=[A-Z])/, '\\p{Script='],
  // Possessive: what they match, greedy ones match too.
  [/^([+*?]|\{\d+(?:,\d*)?\})\+/, '$1'],
];

const POSIX: Readonly<Record<string, string>> = {
  alpha: 'A-Za-z',
  digit: '0-9',
  alnum: 'A-Za-z0-9',
  upper: 'A-Z',
  lower: 'a-z',
  xdigit: '0-9A-Fa-f',
  word: '\\w',
  space: '\\s',
};

/** The same expression in JavaScript's words; patterns that are none stay so. */
export function portablePattern(pattern: string): PortablePattern {
  const leading = LEADING_FLAGS.exec(pattern)?.[1] ?? '';
  let rest = pattern.replace(LEADING_FLAGS, '');
  let source = '';
  let isInClass = false;
  while (rest !== '') {
    const [piece, written] = isInClass ? inClass(rest) : outside(rest);
    source += written;
    if (piece === '[') isInClass = true;
    else if (piece === ']') isInClass = false;
    rest = rest.slice(piece.length);
  }
  const isUnicode = /\\p\{|\\u\{|[\u{10000}-\u{10ffff}]/u.test(source);
  const flags = [...new Set(leading)].filter((flag) => 'ims'.includes(flag)).join('');
  return { source, flags: isUnicode && isExpression(source, 'u') ? `${flags}u` : flags };
}

function outside(rest: string): readonly [piece: string, written: string] {
  for (const [word, replacement] of OTHERWISE) {
    const [piece] = word.exec(rest) ?? [];
    if (piece !== undefined) return [piece, piece.replace(word, replacement)];
  }
  return plain(rest);
}

function inClass(rest: string): readonly [piece: string, written: string] {
  const [piece = '', name = ''] = /^\[:(\w+):\]/.exec(rest) ?? [];
  const ranges = Object.hasOwn(POSIX, name) ? POSIX[name] : undefined;
  return ranges === undefined ? plain(rest) : [piece, ranges];
}

function plain(rest: string): readonly [piece: string, written: string] {
  const [piece] = /^(?:\\.|.)/su.exec(rest) ?? [rest];
  return [piece, piece];
}

function isExpression(source: string, flags: string): boolean {
  try {
    new RegExp(source, flags);
    return true;
  } catch {
    return false; // which is what is asked
  }
}

/** The pattern that matches whole texts alone, as Java's `matches` has it. */
export function wholePattern(pattern: string): string {
  const flags = LEADING_FLAGS.exec(pattern)?.[0] ?? '';
  return `${flags}^(?:${pattern.slice(flags.length)})$`;
}
