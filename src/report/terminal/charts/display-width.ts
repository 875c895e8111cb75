import stringWidth from 'string-width';

/** Printable ASCII and the marks that we write ourselves: most of what is measured, and measured fast. */
const NARROW = /^[\x20-\x7e…≥–·×]*$/;
const ELLIPSIS = '…';

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Columns of a terminal that the text takes: two for a wide character, none for a combining mark. */
export function columnsOf(text: string): number {
  return NARROW.test(text) ? text.length : stringWidth(text);
}

/** Exactly so many columns: what is too long loses its middle, since names differ at their ends. */
export function fitted(text: string, columns: number): string {
  const shown = shortened(text, columns);
  return shown + ' '.repeat(Math.max(0, columns - columnsOf(shown)));
}

/** As `fitted`, with the text at the right. */
export function fittedRight(text: string, columns: number): string {
  const shown = shortened(text, columns);
  return ' '.repeat(Math.max(0, columns - columnsOf(shown))) + shown;
}

/** At most so many columns. */
export function shortened(text: string, columns: number): string {
  if (columnsOf(text) <= columns) return text;
  if (columns < 1) return '';
  const parts = Array.from(graphemes.segment(text), ({ segment }) => segment);
  const tail = taken(parts.toReversed(), Math.floor((columns - 1) / 2)).toReversed();
  const head = taken(parts, columns - 1 - columnsOf(tail.join('')));
  return head.join('') + ELLIPSIS + tail.join('');
}

/** The first parts that take at most so many columns together. */
function taken(parts: readonly string[], columns: number): string[] {
  let used = 0;
  const end = parts.findIndex((part) => (used += columnsOf(part)) > columns);
  return end < 0 ? [...parts] : parts.slice(0, end);
}

/** A sentence as lines of at most so many columns, broken at its spaces and where a word is too long itself. */
export function wrapped(text: string, columns: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ').flatMap((one) => pieces(one, columns))) {
    const last = lines.at(-1);
    if (last !== undefined && columnsOf(`${last} ${word}`) <= columns)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

function pieces(word: string, columns: number): string[] {
  if (columnsOf(word) <= columns) return [word];
  const all: string[] = [];
  let rest = Array.from(graphemes.segment(word), ({ segment }) => segment);
  while (rest.length > 0) {
    // At least one: a character wider than the line would never end.
    const piece = taken(rest, columns);
    const length = Math.max(1, piece.length);
    all.push(rest.slice(0, length).join(''));
    rest = rest.slice(length);
  }
  return all;
}
