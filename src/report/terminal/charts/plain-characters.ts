import { columnsOf } from './display-width.js';

/** What stands for a character of ours where only ASCII can be shown; one column each. */
const PLAIN: Readonly<Record<string, string>> = {
  ...pairs('▏▎▍▌▋▊▉█', '   #####'),
  ...pairs('▁▂▃▄▅▆▇', '_.-=+*%'),
  ...pairs('·–…→×÷', '.-~>x/'),
  ...pairs('─│┼┤└┘●▶', '-|+|++o>'),
};

// Colours stay. Made of parts, since a control character in a pattern looks like a mistake.
const COLOR = new RegExp(`(${String.fromCharCode(27)}\\[[0-9;]*m)`);
const BRAILLE = 0x2800;
const UPPER_DOTS = 0b0001_1011;

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** The same text in ASCII, as wide as before; foreign characters become question marks. */
export function plainCharacters(text: string): string {
  return text
    .split(COLOR)
    .map((part, at) => (at % 2 === 1 ? part : plain(part)))
    .join('');
}

function plain(text: string): string {
  if (/^[\n\x20-\x7e]*$/.test(text)) return text;
  return Array.from(graphemes.segment(text), ({ segment }) => plainGrapheme(segment)).join('');
}

function plainGrapheme(grapheme: string): string {
  if (/^[\n\x20-\x7e]$/.test(grapheme)) return grapheme;
  const dots = (grapheme.codePointAt(0) ?? 0) - BRAILLE;
  if (dots >= 0 && dots < 256) return plainDots(dots);
  return PLAIN[grapheme] ?? '?'.repeat(columnsOf(grapheme));
}

function plainDots(dots: number): string {
  const isUpper = (dots & UPPER_DOTS) !== 0;
  const isLower = (dots & ~UPPER_DOTS) !== 0;
  if (isUpper && isLower) return ':';
  if (isUpper) return "'";
  return isLower ? '.' : ' ';
}

function pairs(characters: string, plainOnes: string): Record<string, string> {
  return Object.fromEntries(Array.from(characters, (character, at) => [character, plainOnes[at] ?? '?']));
}
