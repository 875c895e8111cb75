import { OWN_VERSION } from '../../kernel/own-version.js';
import { joinHeaders, type Header } from './place-parameters.js';

const USER_AGENT = `openapi-bench/${OWN_VERSION}`;

/** What every request says, in the load and outside it, unless the user or the document has it say otherwise. */
export function defaultHeaders(accept: string): readonly Header[] {
  return [
    ['user-agent', USER_AGENT],
    ['accept', accept],
  ];
}

/** For a request that no operation describes: these headers, and what every request says. */
export function withDefaults(headers: Readonly<Record<string, string>>, accept = ANY_TYPE): string[] {
  return joinHeaders(Object.entries(headers), defaultHeaders(accept));
}

const ANY_TYPE = '*/*';
const MOST_TYPES = 10;

/**
 * Asks for the media types that an operation declares, JSON before others. Whatever else the server has is taken
 * too, so that a wrong document provokes no 406; yet not as a type of all types behind a comma, which Rails takes
 * for a browser's, and then answers with HTML (`BROWSER_LIKE_ACCEPTS` in actionpack's mime_negotiation.rb).
 */
export function acceptHeader(declared: readonly string[]): string {
  const before = known.get(declared);
  if (before !== undefined) return before;
  const header = writtenAccept(declared);
  known.set(declared, header);
  return header;
}

/** By the list of an operation, whose requests all ask for the same. */
const known = new WeakMap<readonly string[], string>();

function writtenAccept(declared: readonly string[]): string {
  const types = [...new Set(declared.flatMap(typeIn))];
  const [first, ...others] = [...types.filter(isJson), ...types.filter((type) => !isJson(type))];
  if (first === undefined) return ANY_TYPE;
  const further = others.slice(0, MOST_TYPES - 1).map((type) => `${type};q=0.9`);
  const rest = ['application/*', 'text/*'].filter((range) => !types.includes(range));
  return [first, ...further, ...rest.map((range) => `${range};q=0.5`)].join(', ');
}

/** As an answer may be asked for: servers say the character set, but few are asked for one. */
function typeIn(declared: string): string[] {
  const [type = '', ...parameters] = declared.split(';').map((part) => part.trim());
  if (!/^[!#$&^_.+\w-]+\/([!#$&^_.+\w-]+|\*)$/.test(type)) return [];
  const kept = parameters.filter(
    (one) => /^[\w-]+=("[^"\\,]*"|[!#$&^_.+\w-]+)$/.test(one) && !/^(charset|q)=/i.test(one),
  );
  return [[type.toLowerCase(), ...kept].join(';')];
}

function isJson(type: string): boolean {
  return /^[^/;]+\/([^;]+\+)?json(;|$)/.test(type);
}
