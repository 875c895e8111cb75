import type { Clock } from '../../kernel/clock.js';
import { nameOfProcess } from '../processes/name-of-process.js';
import { ownershipOf, type Ownership } from './ownership.js';
import { nameOfPlace, socketTable, type Place } from './place.js';
import type { SocketTable } from './socket-table.js';

/** Reading the table of sockets takes up to 4 ms of a core that the load may need. */
const LOOK_PERIOD_US = 2_000_000;

/** The right to send requests to a place, which lasts as long as no other server listens there. */
export class Claim {
  private ownership: Ownership;
  private lookedUs = -Infinity;

  constructor(
    private readonly place: Place,
    private readonly ours: () => readonly number[],
    ownership: Ownership,
    private readonly clock: Pick<Clock, 'nowUs'>,
    private readonly table: SocketTable = socketTable,
  ) {
    this.ownership = ownership;
  }

  /**
   * In words, who has taken over the place or shares it; undefined while nobody does. That the target still listens is
   * looked at every time, which takes microseconds; who else does, every two seconds at most.
   */
  async intruder(): Promise<string | undefined> {
    const nowUs = this.clock.nowUs();
    const isFresh = nowUs - this.lookedUs < LOOK_PERIOD_US;
    if (isFresh && this.ownership.kind === 'ours' && this.ownership.isStill()) return undefined;
    this.lookedUs = nowUs;
    // An owner that cannot be seen cannot be seen to change either.
    if (this.ownership.kind === 'unreadable') return undefined;
    this.ownership = await this.look();
    // Again, since a process of the target's own may have been seen halfway through its start.
    if (this.ownership.kind === 'foreign') this.ownership = await this.look();
    return intruderIn(this.ownership, this.place);
  }

  private look(): Promise<Ownership> {
    return ownershipOf(this.place, this.ours, this.table);
  }
}

/** `127.0.0.1:8000 belongs to process 123 (node other.js), not to the target`; undefined when that is not so. */
export function intruderIn(ownership: Ownership, place: Place): string | undefined {
  if (ownership.kind !== 'foreign') return undefined;
  return `${nameOfPlace(place)} belongs to ${nameOfProcess(ownership.pid)}, not to the target`;
}
