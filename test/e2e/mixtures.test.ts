import { expect } from 'vitest';
import { fixtureServer } from '../support/fixture-server.js';
import { sandboxTest as test } from '../support/sandbox-test.js';

test('a mixture asks each operation as often as its record says, by weight', async ({ sandbox }) => {
  const server = await fixtureServer('counts-by-operation');
  try {
    const load = [
      '--rates',
      '300',
      '--duration',
      '2s',
      '--warmup',
      '0s',
      '--preflight',
      'off',
      '--no-chains',
    ];
    const weights = ['--mix', '--weights', 'get_item=7', 'create_item=2'];
    const { code, stdout, stderr } = await sandbox.bench([
      ...['run', '--url', server.url, ...load, ...weights, '--format', 'locust', '--out', sandbox.out],
    ]);
    const [cell, ...others] = sandbox.record().cells;
    const { id, subject, counts, byOperation } = cell!;

    expect([0, 4]).toContain(code);
    expect(others).toEqual([]);
    expect(id).toBe('mixture_300');
    const names = subject.operations.map((one) => one.id);
    const asked: Record<string, number> = Object.fromEntries(
      byOperation!.map((one, at) => [names[at]!, one.counts.sent]),
    );
    expect(await (await fetch(`${server.url}/counts`)).json()).toMatchObject(asked);
    expect(counts).toMatchObject({ planned: 600, sent: 600, succeeded: 600 - asked['get_broken']! });
    // Five standard deviations; the seed is the same each time.
    for (const { id: name, weight } of subject.operations) {
      const share = weight / 10;
      expect(Math.abs(asked[name]! - 600 * share)).toBeLessThan(5 * Math.sqrt(600 * share * (1 - share)));
    }
    expect(stderr).toContain(
      'The mixture of 3 operations: GET /items/{id} 70.0 %, POST /items 20.0 %, GET /broken 10.0 %.',
    );
    expect(stdout).toMatch(/^Aggregated /m);
    expect(sandbox.text('locust_stats.csv').trim().split('\r\n')).toHaveLength(5);
  } finally {
    server.stop();
  }
});
