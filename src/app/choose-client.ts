import type { GeneratorShare } from '../model/generator.js';
import { highestRateOf } from '../model/plan-figures.js';
import type { RunConfig } from '../model/run-config.js';

type Client = GeneratorShare['client'];

/** What one thread can be trusted to send while others need its core too; `bench doctor` measures it. */
const MOST_PER_THREAD: Readonly<Record<Client, number>> = { wire: 30_000, undici: 5000 };
const MOST_OVER_HTTP2 = 2000;

/**
 * The client of a whole run, for the load and all requests outside it: cells that were sent differently would not
 * compare. undici, written and tested by others, as far as it keeps up, and our own client beyond.
 */
export function clientOf({
  client,
  threads,
  plans,
}: Pick<RunConfig, 'client' | 'threads' | 'plans'>): Client {
  if (client !== 'auto') return client;
  const highestRate = Math.max(...plans.map(highestRateOf));
  // More threads take cores from the target, so they are no reason to stay with the slower client.
  return highestRate / (threads === 'auto' ? 1 : threads) <= MOST_PER_THREAD.undici ? 'undici' : 'wire';
}

/** Requests per second. */
export function mostPerThread(config: Pick<RunConfig, 'client' | 'threads' | 'plans' | 'http2'>): number {
  return config.http2 ? MOST_OVER_HTTP2 : MOST_PER_THREAD[clientOf(config)];
}
