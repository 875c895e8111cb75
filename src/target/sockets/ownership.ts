import { nameOfProcess } from '../processes/name-of-process.js';
import { socketsAt, socketTable, type Place } from './place.js';
import type { SocketHolder, SocketTable } from './socket-table.js';

/** Who owns what listens at a place. */
export type Ownership =
  | { readonly kind: 'nobody' }
  /** All of it belongs to our processes, for as long as `isStill` says so. */
  | { readonly kind: 'ours'; readonly isStill: () => boolean }
  | { readonly kind: 'foreign'; readonly pid: number }
  /** It belongs to another user, whose processes may not be inspected; null = the system says nothing at all. */
  | { readonly kind: 'unreadable'; readonly userId: number | null };

/** Who owns what listens at `place`; `ours` returns the ids of our processes as they are now. */
export async function ownershipOf(
  place: Place,
  ours: () => readonly number[],
  table: SocketTable = socketTable,
): Promise<Ownership> {
  const sockets = await socketsAt(place, table);
  if (sockets === undefined) return { kind: 'unreadable', userId: null };
  if (sockets.length === 0) return { kind: 'nobody' };
  // Our processes after the sockets, or one that started in between would look like a stranger.
  const own = await table.holders(new Set(sockets.map(({ id }) => id)), ours());
  const rest = sockets.filter(({ id }) => !own.some(({ socketId }) => socketId === id));
  if (rest.length === 0) return { kind: 'ours', isStill: () => areAllHeld(sockets, own) };
  const others = await table.holders(new Set(rest.map(({ id }) => id)));
  // Workers inherit the listening socket; the lowest id is usually their parent.
  const pid = others.map((holder) => holder.pid).sort((a, b) => a - b)[0];
  if (pid !== undefined) return { kind: 'foreign', pid };
  return { kind: 'unreadable', userId: rest[0]?.userId ?? null };
}

function areAllHeld(sockets: readonly { id: string }[], holders: readonly SocketHolder[]): boolean {
  return sockets.every(({ id }) => holders.some((holder) => holder.socketId === id && holder.stillHolds()));
}

/** The process that listens at a place, for messages. */
export async function nameOfOwner(place: Place): Promise<string> {
  const ownership = await ownershipOf(place, () => []);
  return ownership.kind === 'foreign' ? nameOfProcess(ownership.pid) : 'another program';
}
