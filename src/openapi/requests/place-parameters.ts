import type { Credential } from '../../model/requests/request.js';
import type { Parameter, Place } from '../document/described-operation.js';
import { contentText, fillPath, type Note } from './fill-path.js';
import { encode, encodeForbidden, encodeUnreserved } from '../../kernel/percent-encoding.js';
import { asText, serializeInline, serializePairs } from './serialize-value.js';

/** Name and value as they go on the wire. */
export type Header = readonly [name: string, value: string];

export interface PlacedParameters {
  /** With the query. */
  readonly path: string;
  /** Those of parameters, one for all cookies, and credentials, which go first. */
  readonly headers: readonly Header[];
}

/** Writes each parameter in its place. Credentials replace parameters of the same name. */
export function placeParameters(
  template: string,
  values: ReadonlyMap<Parameter, unknown>,
  credentials: readonly Credential[],
  note: Note,
): PlacedParameters {
  const taken = new Set(credentials.map(({ place, name }) => lookupKey(`${place}.${name}`)));
  const at = (place: Place): [Parameter, unknown][] =>
    [...values].filter(([one]) => one.place === place && !taken.has(lookupKey(`${place}.${one.name}`)));
  const secretsAt = (place: Place): Credential[] => credentials.filter((one) => one.place === place);
  const path = encodeForbidden(fillPath(template, new Map(at('path')), note));
  const query = [
    ...at('query').flatMap(([parameter, value]) => pairsOf(parameter, value)),
    ...secretsAt('query').map(({ name, value }) => `${encode(name)}=${encode(value)}`),
  ].join('&');
  const cookies = [
    ...at('cookie').flatMap(([parameter, value]) => pairsOf(parameter, value)),
    ...secretsAt('cookie').map(({ name, value }) => `${name}=${value}`),
  ].join('; ');
  return {
    path: query === '' ? path : `${path}${path.includes('?') ? '&' : '?'}${query}`,
    headers: [
      ...secretsAt('header').map(({ name, value }): Header => [name, value]),
      ...at('header').map(([parameter, value]): Header => [
        parameter.name,
        headerText(parameter, value, note),
      ]),
      ...(cookies === '' ? [] : [['cookie', cookies] as const]),
    ],
  };
}

/** A key under which two spellings of a header are one. */
export function lookupKey(key: string): string {
  return key.startsWith('header.') ? key.toLowerCase() : key;
}

function pairsOf(parameter: Parameter, value: unknown): string[] {
  const { name, contentType, required } = parameter;
  if (contentType !== null) return [`${encode(name)}=${encode(contentText(value, contentType))}`];
  const pairs = serializePairs(name, value, parameter, parameter.allowReserved ? encodeUnreserved : encode);
  // An empty list says nothing, which is no way to send what must be sent.
  return pairs.length === 0 && required ? [`${encode(name)}=`] : pairs;
}

function headerText(parameter: Parameter, value: unknown, note: Note): string {
  const { name, contentType } = parameter;
  const text =
    contentType === null
      ? serializeInline(name, value, { ...parameter, style: 'simple' }, asText)
      : contentText(value, contentType);
  if (/^[^\u0100-\u{10ffff}]*$/u.test(text)) return text;
  note(`header.${name}`, 'the value has characters that no header can hold: it is percent-encoded');
  return encode(text);
}

/** The connection sets these itself. */
const NOT_FROM_PARAMETERS = new Set([
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'transfer-encoding',
  'upgrade',
]);

/** Name, value, name, value …: the first of each name, and none that would break the request; cookies go together. */
export function joinHeaders(own: readonly Header[], ofDocument: readonly Header[]): string[] {
  const byName = new Map<string, Header>();
  const allowed = ofDocument.filter(([name]) => !NOT_FROM_PARAMETERS.has(name.toLowerCase()));
  for (const [at, [name, value]] of [...own, ...allowed].entries()) {
    const key = name.toLowerCase();
    const before = byName.get(key);
    const isAdded = key === 'cookie' && at >= own.length;
    if ((before && !isAdded) || !/^[!#$%&'*+.^_`|~0-9a-z-]+$/.test(key)) continue;
    const whole = before ? joinCookies(before[1], value) : value;
    byName.set(key, [before?.[0] ?? name, whole.replace(/[^\t\x20-\x7e\x80-\xff]+/g, ' ').trim()]);
  }
  return [...byName.values()].flat();
}

/** Both, as far as the first ones do not name them: a list may well be several cookies of one name. */
function joinCookies(first: string, more: string): string {
  const taken = new Set(pairsIn(first).map(cookieName));
  return [...pairsIn(first), ...pairsIn(more).filter((pair) => !taken.has(cookieName(pair)))].join('; ');
}

function pairsIn(cookies: string): string[] {
  return cookies
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair !== '');
}

function cookieName(pair: string): string {
  return (pair.split('=')[0] as string).trim();
}
