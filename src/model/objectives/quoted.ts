import { oneLine } from '../../kernel/text.js';

const MOST_CHARACTERS = 120;

/** An objective as messages name it: it may be of any length, and from anywhere. */
export function quoted(text: string): string {
  const line = oneLine(text);
  return `“${line.length > MOST_CHARACTERS ? `${line.slice(0, MOST_CHARACTERS)}…` : line}”`;
}
