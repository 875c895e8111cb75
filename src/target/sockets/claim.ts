import { nameOfProcess } from '../processes/name-of-process.js';
import { ownershipOf, type Ownership } from './ownership.js';
import { nameOfPlace, socketTable, type Place } from './place.js';
import type { SocketTable } from './socket-table.js';

/** The right to send to a place: as long as no other server than the target listens there. */
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
   * In words, who has taken the place; undefined while nobody has. Costs microseconds while the target holds it, so it can be asked
   * before every request outside the load and many times a second during it.
   */
  async intruder(): Promise<string | undefined> {
    if (this.ownership.kind === 'ours' && this.ownership.isStill()) return undefined;
    // Nobody could see a change of what cannot be seen.
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
