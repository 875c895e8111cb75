import { nameOfProcess } from './processes/name-of-process.js';
import { runsAsUser } from './processes/process-users.js';
import type { Ownership } from './sockets/ownership.js';
import { nameOfPlace, type Place } from './sockets/place.js';

/** Why the CPU and memory of a started target are not those of the processes that bench started; null when they are. */
export function whyUnmeasured(place: Place, ownership: Ownership, pids: readonly number[]): string | null {
  const name = nameOfPlace(place);
  switch (ownership.kind) {
    case 'ours':
      return null;
    case 'nobody':
      return `no process of this machine is seen to listen at ${name}: a container, most likely`;
    case 'foreign':
      return `${name} belongs to ${nameOfProcess(ownership.pid)}, which bench did not start`;
    case 'unreadable': {
      const { userId } = ownership;
      if (userId === null || runsAsUser(pids, userId)) return null;
      return `${name} belongs to a process of another user (id ${userId}), which bench did not start`;
    }
  }
}
