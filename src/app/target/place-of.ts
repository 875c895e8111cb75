import type { Place } from '../../target/sockets/place.js';

/** Where a server that runs already listens. */
export function placeOf(url: string, socketPath: string | null): Place {
  if (socketPath !== null) return { kind: 'unix', path: socketPath };
  const { hostname, port, protocol } = new URL(url);
  const number = Number(port || (protocol === 'https:' ? 443 : 80));
  return { kind: 'tcp', host: hostname.replace(/^\[|\]$/g, ''), port: number };
}
