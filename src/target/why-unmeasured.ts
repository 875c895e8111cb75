import { nameOfProcess } from './processes/name-of-process.js';
import { runsAsUser } from './processes/process-users.js';
import type { Ownership } from './sockets/ownership.js';
import { nameOfPlace, type Place } from './sockets/place.js';

/** Why the processes that bench started do not stand for the target's CPU and memory; null when they do. */
export function whyUnmeasured(place: Place, ownership: Ownership, pids: readonly number[]): string | null {
  const name = nameOfPlace(place);
  switch (ownership.kind) {
    case 'ours':
      return null;
    case 'nobody':
      return `no visible process on this machine listens on ${name} (most likely it is in a container)`;
    case 'foreign':
      return `${name} belongs to ${nameOfProcess(ownership.pid)}, which bench did not start`;
    case 'unreadable': {
      const { userId } = ownership;
      if (userId === null || runsAsUser(pids, userId)) return null;
      return `${name} belongs to a process of another user (id ${userId}), which bench did not start`;
    }
  }
}
