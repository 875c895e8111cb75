import type { Clock } from '../../kernel/clock.js';
import { UserError } from '../../kernel/errors.js';
import { detectHttp2 } from '../../load/transport/detect-http2.js';
import type { Address, GeneratorShare } from '../../model/generation/generator.js';

const LIMIT_MS = 5000;
/** HTTP/2's largest number of streams: RFC 9113, 5.1.1. */
const MOST_STREAMS = 2 ** 31 - 1;

/** How many requests at once a target that speaks HTTP/2, as its readiness has shown, allows on a connection. */
export async function askForStreams(
  clock: Clock,
  address: Address,
): Promise<NonNullable<GeneratorShare['http2']>> {
  const { origin } = address;
  const offer = await detectHttp2(address, LIMIT_MS, clock);
  if (offer.kind !== 'spoken')
    throw new UserError('run', `${origin} did not say how it speaks HTTP/2.`, 'Start the run again.');
  if (offer.maxConcurrentStreams === 0)
    throw new UserError(
      'run',
      `${origin} allows no requests over HTTP/2 (SETTINGS_MAX_CONCURRENT_STREAMS is 0).`,
      'Raise that limit in the server, or leave --http2 out.',
    );
  return { mostStreams: Math.min(offer.maxConcurrentStreams, MOST_STREAMS) };
}
