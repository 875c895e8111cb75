import { HOLE_DIGITS, repeatInHoles, runsBetween, serialValue } from '../../model/requests/holes.js';
import type { Hole, RequestBlueprint } from '../../model/requests/request.js';

/** Said by us, so a request must not say them again. */
const OWN_HEADERS: ReadonlySet<string> = new Set(['connection', 'content-length', 'transfer-encoding']);
const METHODS_WITH_BODY: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH']);

/** The bytes of a request as they go on an HTTP/1.1 connection (RFC 9112). */
export function encodeRequest(request: RequestBlueprint, host: string, keepAlive: boolean): Buffer {
  const { method, path, headers, body } = request;
  const lines = [`${method} ${path} HTTP/1.1`];
  let hasHost = false;
  const others: string[] = [];
  for (let at = 0; at < headers.length; at += 2) {
    const name = headers[at] as string;
    if (OWN_HEADERS.has(name.toLowerCase())) continue;
    if (name.toLowerCase() === 'host') hasHost = true;
    others.push(`${name}: ${headers[at + 1] as string}`);
  }
  if (!hasHost) lines.push(`host: ${host}`);
  lines.push(`connection: ${keepAlive ? 'keep-alive' : 'close'}`, ...others);
  if (body !== null) lines.push(`content-length: ${Buffer.byteLength(body)}`);
  else if (METHODS_WITH_BODY.has(method)) lines.push('content-length: 0');
  for (const line of lines) {
    // Anything else would let a value end its line and write the next.
    if (/[\r\n\0]/.test(line))
      throw new Error(`a request of ${method} has a line break in ${JSON.stringify(line)}`);
  }
  const head = Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');
  return body === null ? head : Buffer.concat([head, Buffer.from(body)]);
}

/** The bytes of a request, with those of them that hold its serial number. */
export interface EncodedRequest {
  readonly bytes: Buffer;
  readonly holes: readonly Pick<Hole, 'at' | 'digits'>[];
}

export function encodeWithHoles(request: RequestBlueprint, host: string, keepAlive: boolean): EncodedRequest {
  if (request.holes === undefined) return { bytes: encodeRequest(request, host, keepAlive), holes: [] };
  const [first, second] = HOLE_DIGITS.map((digit) =>
    encodeRequest(repeatInHoles(request, digit), host, keepAlive),
  ) as [Buffer, Buffer];
  return { bytes: first, holes: runsBetween(first, second, (run) => run) };
}

const ZERO = 0x30;

/** A copy, since a socket may not have written the last one yet. */
export function fillBytes({ bytes, holes }: EncodedRequest, serial: number): Buffer {
  const filled = Buffer.allocUnsafe(bytes.length);
  bytes.copy(filled);
  for (const { at, digits } of holes) {
    let rest = serialValue(serial, digits);
    for (let place = at + digits - 1; place >= at; place -= 1) {
      const left = Math.floor(rest / 10);
      filled[place] = ZERO + rest - left * 10;
      rest = left;
    }
  }
  return filled;
}
