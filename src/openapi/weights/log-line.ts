/** What a line of an access log says was asked: the path as it was sent, without its query. */
export interface LoggedRequest {
  readonly method: string;
  readonly path: string;
}

/** Host, two names and the time, the request in quotes, its status and size; whatever follows. */
const LINE = /^\S[^"[]* \[[^\]"]+\] "((?:[^"\\]|\\.)*)" \d{3} (?:\d+|-)(?:\s|$)/;
const REQUEST = /^([A-Z]+) (\S+) HTTP\/\d/;

/**
 * Reads a line in the common log format, or in one that begins so, as the combined format does. Null = a line of that
 * format which holds no HTTP request; undefined = a line of another format.
 */
export function readLogLine(line: string): LoggedRequest | null | undefined {
  const [, quoted] = LINE.exec(line) ?? [];
  if (quoted === undefined) return undefined;
  const [, method, target] = REQUEST.exec(quoted) ?? [];
  if (method === undefined || target === undefined) return null;
  // Requests to a proxy name the whole URL.
  const path = target.replace(/^https?:\/\/[^/?#]*/i, '').replace(/[?#].*$/s, '');
  return { method, path: path === '' ? '/' : path };
}
