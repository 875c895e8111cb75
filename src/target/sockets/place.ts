import { lookup } from 'node:dns/promises';
import { connect, isIPv6 } from 'node:net';
import { listeningAt } from './listening-at.js';
import { lsofSockets } from './lsof-sockets.js';
import { procSockets } from './proc-sockets.js';
import type { ListeningSocket, SocketTable } from './socket-table.js';

export const socketTables = { proc: procSockets, lsof: lsofSockets } as const;
export const socketTable: SocketTable = process.platform === 'linux' ? procSockets : lsofSockets;

/** Where connections go to. */
export type Place =
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number }
  | { readonly kind: 'unix'; readonly path: string };

/** For messages: `127.0.0.1:8000`. */
export function nameOfPlace(place: Place): string {
  if (place.kind === 'unix') return place.path;
  return `${isIPv6(place.host) ? `[${place.host}]` : place.host}:${place.port}`;
}

/** The addresses of a host; empty when its name cannot be resolved. */
export async function addressesOf(host: string): Promise<string[]> {
  const found = await lookup(host.replace(/^\[|\]$/g, ''), { all: true }).catch(() => []);
  return found.map(({ address }) => address);
}

/** The sockets that a connection to this place may reach; undefined when the system does not say. */
export async function socketsAt(
  place: Place,
  table: SocketTable = socketTable,
): Promise<Pick<ListeningSocket, 'id' | 'userId'>[] | undefined> {
  if (place.kind === 'unix') return (await table.unix(place.path)).map((id) => ({ id, userId: null }));
  const sockets = await table.tcp();
  const addresses = await addressesOf(place.host);
  return sockets && [...new Set(addresses.flatMap((address) => listeningAt(sockets, address, place.port)))];
}

const CONNECT_LIMIT_MS = 1000;

/** Whether something accepts a connection there; no data is sent. */
export function takesConnections(place: Place): Promise<boolean> {
  return new Promise((resolve) => {
    const where = place.kind === 'unix' ? { path: place.path } : { host: place.host, port: place.port };
    const socket = connect({ ...where, timeout: CONNECT_LIMIT_MS });
    const settle = (isTaken: boolean) => (): void => {
      socket.destroy();
      resolve(isTaken);
    };
    socket.once('connect', settle(true)).once('error', settle(false)).once('timeout', settle(false));
  });
}
