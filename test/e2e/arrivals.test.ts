import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { accountedFor, measureWithCli } from '../support/bench-run.js';
import { fixtureServer, type FixtureServer } from '../support/fixture-server.js';

let server: FixtureServer;

beforeEach(async () => {
  server = await fixtureServer('counting-server');
});

afterEach(() => server.stop());

describe('the requests that arrive', () => {
  it('are exactly those that were sent, when there is no warm-up', async () => {
    const cell = await measureWithCli(server.url, '--rates', '500', '--duration', '2s', '--warmup', '0s');
    const arrivals = Number(await (await fetch(`${server.url}/count`)).text());

    expect(cell.counts).toMatchObject({ planned: 1000, succeeded: 1000 });
    expect(accountedFor(cell)).toBe(1000);
    expect(arrivals).toBe(cell.counts.sent);
  });
});
