import { nameOfProcess } from '../processes/name-of-process.js';
import { ownershipOf, type Ownership } from './ownership.js';
import { nameOfPlace, socketTable, type Place } from './place.js';
import type { SocketTable } from './socket-table.js';

/** The right to send requests to a place, which lasts as long as no other server listens there. */
export class Claim {
  private ownership: Ownership;

  constructor(
    private readonly place: Place,
    private readonly ours: () => readonly number[],
    ownership: Ownership,
    private readonly table: SocketTable = socketTable,
  ) {
    this.ownership = ownership;
  }

  /**
   * In words, who has taken over the place; undefined while nobody has. Takes microseconds while the target holds it, so
   * it can be asked before every single request and many times a second during the load.
   */
  async intruder(): Promise<string | undefined> {
    if (this.ownership.kind === 'ours' && this.ownership.isStill()) return undefined;
    // An owner that cannot be seen cannot be seen to change either.
    if (this.ownership.kind === 'unreadable') return undefined;
    this.ownership = await ownershipOf(this.place, this.ours, this.table);
    return intruderIn(this.ownership, this.place);
  }
}

/** `127.0.0.1:8000 belongs to process 123 (node other.js), not to the target`; undefined when that is not so. */
export function intruderIn(ownership: Ownership, place: Place): string | undefined {
  if (ownership.kind !== 'foreign') return undefined;
  return `${nameOfPlace(place)} belongs to ${nameOfProcess(ownership.pid)}, not to the target`;
}
