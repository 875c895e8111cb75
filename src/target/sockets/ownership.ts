import { nameOfProcess } from '../processes/name-of-process.js';
import { socketsAt, socketTable, type Place } from './place.js';
import type { SocketHolder, SocketTable } from './socket-table.js';

/** Whose is what listens at a place. */
export type Ownership =
  | { readonly kind: 'nobody' }
  /** All of it is ours, as long as `isStill` says so. */
  | { readonly kind: 'ours'; readonly isStill: () => boolean }
  | { readonly kind: 'foreign'; readonly pid: number }
  /** Of another user, into whose processes this one may not look; null = the system tells nothing at all. */
  | { readonly kind: 'unreadable'; readonly userId: number | null };

/** Whose is what listens at `place`; `ours` gives our processes as they are now. */
export async function ownershipOf(
  place: Place,
  ours: () => readonly number[],
  table: SocketTable = socketTable,
): Promise<Ownership> {
  const sockets = await socketsAt(place, table);
  if (sockets === undefined) return { kind: 'unreadable', userId: null };
  if (sockets.length === 0) return { kind: 'nobody' };
  // Our processes after the sockets: one that was started in between would be a stranger.
  const own = await table.holders(new Set(sockets.map(({ id }) => id)), ours());
  const rest = sockets.filter(({ id }) => !own.some(({ socketId }) => socketId === id));
  if (rest.length === 0) return { kind: 'ours', isStill: () => areAllHeld(sockets, own) };
  const others = await table.holders(new Set(rest.map(({ id }) => id)));
  // What listens somewhere is inherited: the parent of them all comes first.
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
