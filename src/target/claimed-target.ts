import type { Clock } from '../kernel/clock.js';
import type { Fetch } from '../model/requests/fetch.js';
import type { LaunchedProgram } from './launch.js';
import { Claim } from './sockets/claim.js';
import { heldSocketsAt } from './sockets/held-sockets.js';
import type { Ownership } from './sockets/ownership.js';
import type { Place } from './sockets/place.js';
import type { Target } from './target.js';
import { whyUnmeasured } from './why-unmeasured.js';

interface Found {
  readonly place: Place;
  readonly ownership: Ownership;
  readonly origin: string;
  readonly fetch: Fetch;
  readonly clock: Clock;
}

/** A started program that is ready. Requests fail as soon as another server takes over its address. */
export function claimedTarget(
  program: LaunchedProgram,
  { place, ownership, origin, fetch, clock }: Found,
): Target {
  const { family } = program;
  const isOurs = ownership.kind === 'ours';
  // An owner that cannot be seen cannot be watched either.
  const claim = isOurs ? new Claim(place, () => family.pidsLookedAtAnew(), ownership, clock) : undefined;
  const intruder = async (): Promise<string | undefined> => claim?.intruder();
  const unmeasured = whyUnmeasured(place, ownership, family.pids());
  return {
    origin,
    fetch: async (url, options) => {
      const message = await intruder();
      if (message !== undefined) throw new Error(message);
      return fetch(url, options);
    },
    pid: program.pid,
    processes: unmeasured === null ? () => family.pids() : null,
    unmeasured,
    sockets: heldSocketsAt(place),
    intruder,
    get death() {
      return program.death;
    },
    died: program.died,
    lastOutput: (lines) => program.lastOutput(lines),
  };
}
