import type { PreparedOperation, RequestBlueprint } from '../model/request.js';

const REDACTED = '<redacted>';

/** A request as people may see it: no secrets, and of bytes only how many and of what. */
export interface ShownRequest {
  readonly method: string;
  readonly path: string;
  /** Name, value, name, value … */
  readonly headers: readonly string[];
  readonly body: string | null;
}

/** The first request of an operation, as it may be shown; undefined when there is none. */
export function shownRequest({ blueprints, secrets = [] }: PreparedOperation): ShownRequest | undefined {
  const [first] = blueprints;
  if (!first) return undefined;
  const headers = first.headers.map((text, at) =>
    at % 2 === 0 ? text : shownHeader(first.headers[at - 1] as string, text, secrets),
  );
  return { method: first.method, path: shownPath(first.path, secrets), headers, body: shownBody(first) };
}

function shownHeader(name: string, value: string, secrets: readonly string[]): string {
  const key = name.toLowerCase();
  if (secrets.includes(`header.${key}`)) return REDACTED;
  if (key !== 'cookie') return value;
  return value
    .split('; ')
    .map((pair) => shownPair(pair, 'cookie', secrets))
    .join('; ');
}

function shownPath(path: string, secrets: readonly string[]): string {
  const at = path.indexOf('?');
  if (at < 0) return path;
  const pairs = path.slice(at + 1).split('&');
  return `${path.slice(0, at)}?${pairs.map((pair) => shownPair(pair, 'query', secrets)).join('&')}`;
}

function shownPair(pair: string, place: 'cookie' | 'query', secrets: readonly string[]): string {
  const [name = ''] = pair.split('=');
  return secrets.includes(`${place}.${decoded(name)}`) ? `${name}=${REDACTED}` : pair;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function shownBody({ body, headers }: RequestBlueprint): string | null {
  if (typeof body === 'string' || body === null) return body;
  const at = headers.findIndex((text, index) => index % 2 === 0 && text.toLowerCase() === 'content-type');
  const type = (headers[at + 1] ?? '').split(';')[0] ?? '';
  return `<${bytesInWords(body.byteLength)} ${type}>`;
}

function bytesInWords(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
