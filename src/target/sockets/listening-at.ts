import { isIPv4 } from 'node:net';
import type { ListeningSocket } from './socket-table.js';

/**
 * The sockets that a connection to an address may reach. As in the kernel, an exact address takes precedence over a
 * wildcard, and an IPv4 wildcard over one for both families. There are several when they share a port (`SO_REUSEPORT`).
 */
export function listeningAt(
  sockets: readonly ListeningSocket[],
  address: string,
  port: number,
): readonly ListeningSocket[] {
  const here = sockets.filter((socket) => socket.port === port);
  for (const place of placesOf(address)) {
    const found = here.filter((socket) => socket.address === place);
    if (found.length > 0) return found;
  }
  return [];
}

/** As a destination, `0.0.0.0` means the loopback address. */
function placesOf(address: string): string[] {
  if (!isIPv4(address)) return [address === '::' ? '::1' : address, '::'];
  return [address === '0.0.0.0' ? '127.0.0.1' : address, '0.0.0.0', '::'];
}
