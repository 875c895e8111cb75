import { socketTable } from './place.js';
import type { ListeningSocket, SocketTable } from './socket-table.js';

/** The TCP sockets on which some processes listen. */
export async function findListening(
  pids: readonly number[],
  table: SocketTable = socketTable,
): Promise<ListeningSocket[]> {
  const sockets = (await table.tcp()) ?? [];
  const held = await table.holders(new Set(sockets.map(({ id }) => id)), pids);
  return sockets.filter(({ id }) => held.some(({ socketId }) => socketId === id));
}
