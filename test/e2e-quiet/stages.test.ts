import { expect, it } from 'vitest';
import { measureWithCli } from '../support/bench-run.js';
import { fixtureServer } from '../support/fixture-server.js';

it('stages send what they say in each second: a ramp, a rest, a spike', async () => {
  const server = await fixtureServer('counting-server');
  try {
    const stages = '0:400@1s, 0:0@500ms, 600:600@500ms';
    const cell = await measureWithCli(server.url, '--stages', stages, '--warmup', '200ms');

    expect(cell.id).toBe('list_items_stages');
    expect(cell.load).toMatchObject({ kind: 'stages', stages: { length: 3 } });
    expect(cell.counts).toMatchObject({ planned: 500, sent: 500, succeeded: 500 });
    // By when they were sent, which on a busy machine is a little after they were due.
    expect(Math.abs(cell.series[0]!.sent - 200)).toBeLessThan(40);
    expect(Math.abs(cell.series[1]!.sent - 300)).toBeLessThan(40);
    expect(cell.achievedRps).toBeGreaterThan(200);
    // The warm-up came before.
    const arrivals = await (await fetch(`${server.url}/count`)).text();
    expect(Number(arrivals)).toBeGreaterThan(500);
  } finally {
    server.stop();
  }
});
