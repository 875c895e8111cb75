import type { GeneratorShare } from '../../model/generation/generator.js';
import { highestRateOf, populationOf, type Load } from '../../model/loads/index.js';
import type { RunConfig } from '../../model/config/run-config.js';

type Client = GeneratorShare['client'];
export type ClientChoice = Pick<RunConfig, 'client' | 'threads' | 'http2'>;

/** What one thread can be trusted to send while others need its core too; `bench doctor` measures it. */
const MOST_PER_THREAD: Readonly<Record<Client, number>> = { wire: 30_000, undici: 5000 };
const MOST_OVER_HTTP2 = 2000;

/** Requests per second. */
export function mostPerThread(choice: ClientChoice, highestRatePerSecond: number): number {
  return choice.http2 ? MOST_OVER_HTTP2 : MOST_PER_THREAD[clientFor(choice, highestRatePerSecond)];
}

/** undici, written and tested by others, as far as it keeps up, and our own client beyond. */
export function clientFor({ client, threads }: ClientChoice, highestRatePerSecond: number): Client {
  if (client !== 'auto') return client;
  // More threads take cores from the target, so they are no reason to stay with the slower client.
  const ratePerThread = highestRatePerSecond / (threads === 'auto' ? 1 : threads);
  return ratePerThread <= MOST_PER_THREAD.undici ? 'undici' : 'wire';
}

/** The highest rate that is asked for; Infinity where users go on without a think time, as fast as they can. */
export function paceOf(loads: readonly Load[]): number {
  return Math.max(
    ...loads.map((load) => (populationOf(load)?.think === null ? Infinity : highestRateOf(load))),
  );
}

/**
 * The client of a whole run, for the load and all requests outside it: cells that were sent differently would not
 * compare.
 */
export function clientOf(config: RunConfig): Client {
  return clientFor(config, paceOf(config.loads));
}
