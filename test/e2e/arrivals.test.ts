import { describe, expect, test as plain } from 'vitest';
import { accountedFor, measureWithCli } from '../support/bench-run.js';
import { seedFor } from '../../src/kernel/random.js';
import { poissonArrivals } from '../../src/model/loads/poisson-arrivals.js';
import { duesOf } from '../support/schedules.js';
import { fixtureServer, type FixtureServer } from '../support/fixture-server.js';

/** Each test counts on a server of its own. */
const test = plain.extend<{ server: FixtureServer }>({
  server: async ({ task: _ }, use) => {
    const server = await fixtureServer('counting-server');
    await use(server);
    server.stop();
  },
});

const arrivals = async ({ url }: FixtureServer): Promise<number> =>
  Number(await (await fetch(`${url}/count`)).text());

describe.concurrent('the requests that arrive', () => {
  test('are exactly those that were sent, when there is no warm-up, and the one of the pre-flight', async ({
    server,
  }) => {
    const cell = await measureWithCli(server.url, '--rates', '1000', '--duration', '1s', '--warmup', '0s');

    expect(cell.counts).toMatchObject({ planned: 1000, succeeded: 1000 });
    expect(accountedFor(cell)).toBe(1000);
    expect(await arrivals(server)).toBe(cell.counts.sent + 1);
  });

  test('come at random with Poisson arrivals, as the seed has them', async ({ server }) => {
    const [ratePerSecond, durationMs, seed] = [400, 500, 2];
    const planned = (ofSeed: number): number =>
      duesOf(poissonArrivals(ratePerSecond, durationMs, seedFor(ofSeed, 'arrivals'))).length;
    // So that neither another seed nor constant arrivals would pass.
    for (const other of [planned(1), planned(3), (ratePerSecond * durationMs) / 1000])
      expect(planned(seed)).not.toBe(other);

    const cell = await measureWithCli(
      server.url,
      ...['--rates', String(ratePerSecond), '--duration', `${durationMs}ms`, '--warmup', '0s'],
      ...['--arrivals', 'poisson', '--seed', String(seed), '--preflight', 'off'],
    );
    expect(cell.load).toMatchObject({ kind: 'constant-rate', arrivals: 'poisson' });
    expect(cell.counts).toMatchObject({ planned: planned(seed), sent: planned(seed) });
    expect(accountedFor(cell)).toBe(planned(seed));
    expect(await arrivals(server)).toBe(planned(seed));
  });
});
