import { oneLine } from '../../kernel/text.js';

/** Text that is HTML already: only `html` makes it, so nothing foreign gets in unescaped. */
export interface Markup {
  readonly markup: string;
}

type Part = string | number | Markup | readonly Markup[] | null;

/** HTML from a template; every value is escaped for text and quoted attributes, other markup is kept. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  let markup = strings[0] ?? '';
  parts.forEach((part, at) => {
    markup += written(part) + (strings[at + 1] ?? '');
  });
  return { markup };
}

export const NOTHING: Markup = html``;

/** What our own build made, taken as it is. */
export function trusted(markup: string): Markup {
  return { markup };
}

export function escapeHtml(text: string): string {
  return /[&<>"']/.test(text) ? text.replace(/[&<>"']/g, entity) : text;
}

function written(part: Part): string {
  if (part === null) return '';
  if (typeof part === 'string') return escapeHtml(part);
  if (typeof part === 'number') return String(part);
  return 'markup' in part ? part.markup : part.map(({ markup }) => markup).join('\n');
}

function entity(character: string): string {
  return `&#${character.charCodeAt(0)};`;
}

const LONGEST_NAME = 200;

/** A name of foreign origin as people can read it: on one line, and cut where nobody reads on. */
export function shownName(name: string): string {
  const line = oneLine(name);
  return line.length > LONGEST_NAME ? `${line.slice(0, LONGEST_NAME)}…` : line;
}

const LONGEST_TEXT = 5000;

/** Other text of foreign origin: on one line, cut at 5,000 characters. */
export function shownText(text: string): string {
  const line = oneLine(text);
  return line.length > LONGEST_TEXT ? `${line.slice(0, LONGEST_TEXT)}…` : line;
}
