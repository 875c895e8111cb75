import { shownName } from '../shown-text.js';

/** Text that is HTML already: only `html` makes it, so nothing foreign gets in unescaped. */
export interface Markup {
  readonly markup: string;
}

type Part = string | number | Markup | readonly Markup[] | null;

/** HTML from a template; every value is escaped for text and quoted attributes, other markup is kept. */
export function html(template: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  const strings = withoutIndent(template);
  let markup = strings[0] ?? '';
  parts.forEach((part, at) => {
    markup += written(part) + (strings[at + 1] ?? '');
  });
  return { markup };
}

const unindented = new WeakMap<TemplateStringsArray, readonly string[]>();

/** The indent of the source is none of the page's: of a thousand rows it would be a tenth. */
function withoutIndent(template: TemplateStringsArray): readonly string[] {
  const known = unindented.get(template) ?? template.map((text) => text.replace(/\s*\n\s*/g, '\n'));
  unindented.set(template, known);
  return known;
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

/** The fragment of an address that leads to a cell. */
export function anchorOf(cellId: string): string {
  // Half of a surrogate pair has no encoding.
  return `cell-${encodeURIComponent(cellId.replace(/\p{Surrogate}/gu, '\ufffd'))}`;
}

/** A name as `shownName`, which may break after the marks between its words. */
export function breakableName(name: string): Markup {
  const parts = shownName(name).split(/(?<=[_/.-])(?=[^_/.-])/);
  return { markup: parts.map(escapeHtml).join('<wbr>') };
}
