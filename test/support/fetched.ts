import type { Fetched } from '../../src/model/requests/fetch.js';

/** An answer outside the load: with this text, or with this value as JSON. */
export function fetched(content: unknown, status = 200, headers: readonly string[] = []): Fetched {
  const body = Buffer.from(typeof content === 'string' ? content : JSON.stringify(content));
  return { status, headers, body, bytesReceived: body.length };
}
