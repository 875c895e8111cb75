import { describe, expect, test as plain } from 'vitest';
import { accountedFor, measureWithCli } from '../support/bench-run.js';
import type { CellRecord } from '../../src/model/run-record.js';
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

  test('come at random with Poisson arrivals, the same ones again for the same seed', async ({ server }) => {
    const run = (seed: string): Promise<CellRecord> =>
      measureWithCli(
        server.url,
        ...['--rates', '400', '--duration', '500ms', '--warmup', '0s'],
        ...['--arrivals', 'poisson', '--seed', seed, '--preflight', 'off'],
      );
    const [first, again, other] = [await run('1'), await run('1'), await run('2')];

    for (const cell of [first, again, other]) {
      expect(cell.load).toMatchObject({ kind: 'constant-rate', arrivals: 'poisson' });
      expect(cell.counts.sent).toBe(cell.counts.planned);
      expect(accountedFor(cell)).toBe(cell.counts.planned);
    }
    expect(again.counts.planned).toBe(first.counts.planned);
    expect(other.counts.planned).not.toBe(first.counts.planned);
    const sent = first.counts.sent + again.counts.sent + other.counts.sent;
    expect(await arrivals(server)).toBe(sent);
  });
});
