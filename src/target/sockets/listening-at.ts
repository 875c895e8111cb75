import { isIPv4 } from 'node:net';
import type { ListeningSocket } from './socket-table.js';

/**
 * Those of some sockets that a connection to an address may reach, by the rule of the kernel: an exact address goes before
 * every address, one of IPv4 alone before one of both families. Several where they share the port (`SO_REUSEPORT`).
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

/** `0.0.0.0` as a destination is this machine's loopback address. */
function placesOf(address: string): string[] {
  if (!isIPv4(address)) return [address === '::' ? '::1' : address, '::'];
  return [address === '0.0.0.0' ? '127.0.0.1' : address, '0.0.0.0', '::'];
}
