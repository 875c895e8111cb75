import type { Dispatcher } from 'undici';
import type { RequestBlueprint } from '../../model/requests/request.js';

/** A request as undici takes it for HTTP/2. */
export interface Http2Request extends Dispatcher.DispatchOptions {
  readonly method: string;
}

/** Said of a connection, which HTTP/2 does not allow in a request: RFC 9113, 8.2.2. Node throws, and undici then hangs. */
const OF_CONNECTIONS: ReadonlySet<string> = new Set([
  'connection',
  'http2-settings',
  'keep-alive',
  'proxy-connection',
  'te',
  'transfer-encoding',
  'upgrade',
]);
/** undici 7 asserts a length that it does not give for other methods, unless the body is a list. */
const METHODS_WITH_LENGTH: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH']);
/** undici 7 ends the stream of these before their body. */
const METHODS_WITHOUT_BODY: ReadonlySet<string> = new Set(['GET', 'HEAD']);

/** Whether undici can send it over HTTP/2 as it is. */
export function canGoOverHttp2({ method, body }: Pick<RequestBlueprint, 'method' | 'body'>): boolean {
  return body === null || !METHODS_WITHOUT_BODY.has(method);
}

export function setUpHttp2({ method, path, headers, body }: RequestBlueprint): Http2Request {
  const kept: string[] = [];
  for (let at = 0; at < headers.length; at += 2) {
    const name = (headers[at] as string).toLowerCase();
    if (!OF_CONNECTIONS.has(name)) kept.push(name, headers[at + 1] as string);
  }
  // With a request under way, undici holds back those that it takes for unfit to be repeated; nothing is repeated here.
  const request = { method, path, headers: kept, idempotent: true };
  if (body === null) return { ...request, body: null };
  const bytes = Buffer.from(body);
  if (METHODS_WITH_LENGTH.has(method) || bytes.length === 0) return { ...request, body: bytes };
  return { ...request, body: [bytes] as unknown as Buffer };
}
