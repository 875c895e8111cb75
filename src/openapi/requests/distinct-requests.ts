import { Buffer } from 'node:buffer';
import type { RequestBlueprint } from '../../model/requests/request.js';

export interface Amount {
  /** How many distinct requests are wanted, if there are so many. */
  readonly wanted: number;
  /** How many the user's own lists make; their repetitions are meant and stay. */
  readonly least: number;
}

/** All requests of an operation take no more than this, whatever their number. */
const MOST_BYTES = 64 * 1024 * 1024;
/** Tries for each request that is wanted: other values need not make another request. */
const TRIES = 2;

/** The first requests of an operation that differ from one another; at least one. */
export function distinctRequests(
  { wanted, least }: Amount,
  build: (variant: number) => RequestBlueprint,
): RequestBlueprint[] {
  const requests: RequestBlueprint[] = [];
  const seen = new Set<string>();
  const enough = Math.max(least, wanted);
  let bytes = 0;
  for (let variant = 0; variant < Math.max(least, enough * TRIES); variant += 1) {
    if (requests.length >= enough || bytes > MOST_BYTES) break;
    const request = build(variant);
    const identity = identityOf(request);
    if (variant >= least && seen.has(identity)) continue;
    seen.add(identity);
    requests.push(request);
    bytes += identity.length;
  }
  return requests;
}

function identityOf({ path, headers, body }: RequestBlueprint): string {
  const content = typeof body === 'string' || body === null ? body : Buffer.from(body).toString('latin1');
  return JSON.stringify([path, headers, content]);
}
