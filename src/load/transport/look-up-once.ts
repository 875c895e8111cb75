import { lookup, type LookupAddress, type LookupOptions } from 'node:dns';
import type { LookupFunction } from 'node:net';

type Found = { readonly error: NodeJS.ErrnoException | null; readonly addresses: readonly LookupAddress[] };

/** Of this process, which lives for one run. */
const known = new Map<string, Promise<Found>>();

/** Looks the addresses of a host up for the first connection only: each look-up takes a thread of the pool. */
export const lookUpOnce: LookupFunction = (host, { all }: LookupOptions, done) => {
  const found = known.get(host) ?? lookUp(host);
  known.set(host, found);
  void found.then(({ error, addresses }) => {
    const [first] = addresses;
    if (error || !first) {
      // Not for good: the name server may have been away for a moment.
      known.delete(host);
      done(error, []);
    } else if (all === true) done(null, [...addresses]);
    else done(null, first.address, first.family);
  });
};

function lookUp(host: string): Promise<Found> {
  return new Promise((resolve) => {
    lookup(host, { all: true }, (error, addresses) => resolve({ error, addresses: error ? [] : addresses }));
  });
}
