import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { accountedFor, measureWithCli } from '../support/bench-run.js';
import type { CellRecord } from '../../src/model/run-record.js';
import { fixtureServer, type FixtureServer } from '../support/fixture-server.js';

let server: FixtureServer;

beforeEach(async () => {
  server = await fixtureServer('counting-server');
});

afterEach(() => server.stop());

const arrivals = async (): Promise<number> => Number(await (await fetch(`${server.url}/count`)).text());

describe('the requests that arrive', () => {
  it('are exactly those that were sent, when there is no warm-up, and the one of the pre-flight', async () => {
    const cell = await measureWithCli(server.url, '--rates', '1000', '--duration', '1s', '--warmup', '0s');

    expect(cell.counts).toMatchObject({ planned: 1000, succeeded: 1000 });
    expect(accountedFor(cell)).toBe(1000);
    expect(await arrivals()).toBe(cell.counts.sent + 1);
  });

  it('are those of the stages: a ramp, a rest, a spike', async () => {
    const cell = await measureWithCli(server.url, '--stages', '0:400@1s, 0:0@500ms, 600:600@500ms');

    expect(cell.id).toBe('list_items_stages');
    expect(cell.load).toMatchObject({ kind: 'stages', stages: { length: 3 } });
    expect(cell.counts).toMatchObject({ planned: 500, sent: 500, succeeded: 500 });
    // By when they were sent, which on a busy machine is a little after they were due.
    expect(Math.abs(cell.series[0]!.sent - 200)).toBeLessThan(40);
    expect(Math.abs(cell.series[1]!.sent - 300)).toBeLessThan(40);
    expect(cell.achievedRps).toBeGreaterThan(200);
    // The warm-up came before.
    expect(await arrivals()).toBeGreaterThan(500);
  });

  it('come at random with Poisson arrivals, the same ones again for the same seed', async () => {
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
    expect(await arrivals()).toBe(sent);
  });
});
