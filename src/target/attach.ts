import type { Clock } from '../kernel/clock.js';
import { UserError } from '../kernel/errors.js';
import type { Fetch } from '../model/requests/fetch.js';
import { isForwarder } from './forwarders.js';
import { isLocalHost } from './is-local-host.js';
import { nameOfProcess } from './processes/name-of-process.js';
import { ProcessFamily } from './processes/process-family.js';
import { processTable } from './processes/process-table.js';
import { Claim } from './sockets/claim.js';
import { heldSocketsAt } from './sockets/held-sockets.js';
import { ownershipOf } from './sockets/ownership.js';
import { addressesOf, nameOfPlace, socketsAt, socketTable, type Place } from './sockets/place.js';
import type { Target } from './target.js';

/** A server that is already running, and its processes if they can be found. */
export async function attach(clock: Clock, url: string, place: Place, fetch: Fetch): Promise<Target> {
  const { family, unmeasured } = await processesAt(place);
  const claim = family && (await claimOf(clock, place, family));
  const pid = family?.pids()[0] ?? null;
  return {
    origin: url,
    fetch,
    pid,
    processes: family && (() => family.pids()),
    unmeasured,
    sockets: heldSocketsAt(place),
    // The user named the address, so what listened there at the start is the target, and nothing else is.
    intruder: async () => claim?.intruder(),
    get death() {
      return family?.lives() === false ? 'has ended' : undefined;
    },
    died: new Promise(() => {}),
    lastOutput: () => Promise.resolve([]),
  };
}

async function claimOf(clock: Clock, place: Place, family: ProcessFamily): Promise<Claim> {
  const ours = (): number[] => family.pidsLookedAtAnew();
  return new Claim(place, ours, await ownershipOf(place, ours), clock);
}

type Known =
  | { readonly family: ProcessFamily; readonly unmeasured: null }
  | { readonly family: null; readonly unmeasured: string };

/** Every process that holds a socket at this address, and its descendants. */
async function processesAt(place: Place): Promise<Known> {
  if (place.kind === 'tcp' && !(await isLocalHost(place.host))) return unknown('it runs on another machine');
  if (place.kind === 'tcp') await refuseAmbiguous(place, await addressesOf(place.host));
  const name = nameOfPlace(place);
  const sockets = await socketsAt(place);
  if (sockets === undefined) return unknown('this system does not say which process listens on which port');
  if (sockets.length === 0)
    return unknown(
      `no visible process on this machine listens on ${name} (most likely it is in a container)`,
    );
  const holders = await socketTable.holders(new Set(sockets.map(({ id }) => id)));
  const hidden = sockets.find(({ id }) => !holders.some(({ socketId }) => socketId === id));
  if (hidden)
    return unknown(
      `the process that listens on ${name} belongs to another user${hidden.userId === null ? '' : ` (id ${hidden.userId})`} and may not be inspected`,
    );
  const pids = [...new Set(holders.map(({ pid }) => pid))].sort((a, b) => a - b);
  const servers = pids.filter((pid) => !isForwarder(processTable.commandOf(pid) ?? '', pid));
  const [first = 0] = pids;
  if (servers.length === 0)
    return unknown(
      `${nameOfProcess(first)} listens on ${name}, but only forwards connections to another process`,
    );
  const signs = { roots: servers, leader: null, mark: null, adopter: null, helpers: [] };
  return { family: new ProcessFamily(signs), unmeasured: null };
}

function unknown(unmeasured: string): Known {
  return { family: null, unmeasured };
}

/** A name such as localhost may stand for several addresses: refused when different servers listen there. */
export async function refuseAmbiguous(
  place: Extract<Place, { kind: 'tcp' }>,
  addresses: readonly string[],
): Promise<void> {
  const found = await Promise.all(
    addresses.map(async (address) => {
      const sockets = (await socketsAt({ ...place, host: address })) ?? [];
      const holders = await socketTable.holders(new Set(sockets.map(({ id }) => id)));
      return { address, pids: holders.map(({ pid }) => pid) };
    }),
  );
  const taken = found.filter(({ pids }) => pids.length > 0);
  const [first, ...others] = taken;
  const other = others.find(({ pids }) => !pids.some((pid) => first?.pids.includes(pid)));
  if (!first || !other) return;
  const name = (address: string): string => nameOfPlace({ ...place, host: address });
  throw new UserError(
    'usage',
    `${place.host} leads to two different servers: ${[first, other].map(({ address, pids }) => `${name(address)} is process ${pids[0]}`).join(', ')}.`,
    `Name the address: --url http://${name(first.address)} or --url http://${name(other.address)}`,
  );
}
