import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { accountedFor, measureWithCli } from '../support/bench-run.js';
import { fixtureServer, type FixtureServer } from '../support/fixture-server.js';

let server: FixtureServer;

beforeEach(async () => {
  server = await fixtureServer('stall-server');
});

afterEach(() => server.stop());

describe('a server that stalls for one second in five', () => {
  // With few connections the backlog takes longer to work off, how long depends on the machine.
  it.each([
    { connections: 10, threads: 1, mostShare: 0.8 },
    { connections: 2000, threads: 1, mostShare: 0.7 },
    { connections: 2000, threads: 4, mostShare: 0.7 },
  ])('shows with $connections connections of $threads threads', async (told) => {
    const { connections, threads, mostShare } = told;
    // The first request starts the server's clock: it is to be one of the load.
    const load = ['--rates', '1000', '--duration', '5s', '--warmup', '0s', '--preflight', 'off'];
    const limits = ['--threads', String(threads), '--max-connections', String(connections)];
    const cell = await measureWithCli(server.url, ...load, ...limits);
    const { response, service } = cell.latencyMs;

    expect(cell.counts).toMatchObject({ planned: 5000, sent: 5000, succeeded: 5000, dropped: 0 });
    expect(accountedFor(cell)).toBe(cell.counts.planned);
    expect(cell.generator.threads).toBe(threads);
    expect(response.p50).toBeGreaterThan(1.5);
    // Of a fifth the response time falls from the whole stall to nothing: p90 is its half.
    expect(response.p90).toBeGreaterThan(350);
    expect(response.p99).toBeGreaterThan(800);
    expect(response.p90! / response.p99!).toBeLessThan(mostShare);
    expect(response.p50! / response.p90!).toBeLessThan(0.1);
    expect(response.lowerBounds).toEqual([]);
    // Ten connections hide the stall from the service times: only ten requests were under way.
    if (connections === 10) expect(service.p95! / response.p90!).toBeLessThan(0.1);
    else expect(service.p90).toBeGreaterThan(350);
  });
});
