import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { createClient } from '@redis/client';
import { expect, onTestFinished, test, type TestContext } from 'vitest';
import { checkDatabase, databaseProbe } from '../../../../src/observe/probes/databases/index.js';
import { Looks } from '../../../support/looks.js';
import { requireProgram } from '../../../support/optional-programs.js';
import { startRedis } from '../../../support/redis.js';

const execute = promisify(execFile);

/** Redis' own client, the independent witness: a field of INFO. */
async function told({ skip }: TestContext, url: string, field: string): Promise<number> {
  const cli = requireProgram('redis-cli', skip);
  const { stdout } = await execute(cli, ['--no-auth-warning', '-u', url, 'INFO']);
  return Number(new RegExp(`^${field}:(\\S+)`, 'm').exec(stdout)?.[1]);
}

async function connected(url: string) {
  const client = createClient({ url });
  // The end of the server ends it, too.
  client.on('error', () => {});
  await client.connect();
  onTestFinished(() => client.destroy());
  return client;
}

test('counts hits and misses of the window, clients without its own, and those that are blocked', async (context) => {
  const { url } = await startRedis(context);
  const client = await connected(url);
  await client.set('here', '1');
  // Before the window.
  await client.get('here');
  await client.get('gone');
  const looks = new Looks(databaseProbe('redis', url));
  expect(await looks.look()).toMatchObject({ 'redis.clients': 1, 'redis.hits': 0, 'redis.misses': 0 });

  for (let at = 0; at < 300; at += 1) await client.get('here');
  for (let at = 0; at < 100; at += 1) await client.get('gone');
  const waiting = (await connected(url)).blPop('queue', 60).catch(() => null);
  const values = await looks.until((seen) => seen['redis.clients.blocked'] === 1);
  expect(values).toMatchObject({
    ...{ 'redis.clients': 2, 'redis.hits': 300, 'redis.misses': 100, 'redis.hitRatio': 75 },
    'redis.evictions': 0,
  });
  expect(await told(context, url, 'keyspace_hits')).toBe(301);
  expect(await told(context, url, 'keyspace_misses')).toBe(101);
  // The two, the probe, and redis-cli itself.
  expect(await told(context, url, 'connected_clients')).toBe(4);
  const bytes = await told(context, url, 'used_memory');
  expect(values['redis.memory']! / bytes).toBeCloseTo(1, 0);
  await client.rPush('queue', 'end');
  await waiting;
  expect(looks.end().outcomes['redis.hits']).toMatchObject({ mean: 300, max: 300 });
});

test('counts evictions', async (context) => {
  const { url } = await startRedis(context, ['--maxmemory', '3mb', '--maxmemory-policy', 'allkeys-lru']);
  const looks = new Looks(databaseProbe('redis', url));
  await looks.look();
  const client = await connected(url);
  for (let at = 0; at < 30; at += 1) await client.set(`key ${at}`, 'x'.repeat(200_000));
  // Each client that asks needs memory itself, for which another key may have to go.
  const before = await told(context, url, 'evicted_keys');
  expect(before).toBeGreaterThan(0);
  await looks.look();
  const after = await told(context, url, 'evicted_keys');
  const { mean } = looks.end().outcomes['redis.evictions'] as { mean: number };
  expect(mean).toBeGreaterThanOrEqual(before);
  expect(mean).toBeLessThanOrEqual(after);
});

test('looks again after it has died and come back, and counts on from nothing', async (context) => {
  const server = await startRedis(context);
  const looks = new Looks(databaseProbe('redis', server.url));
  await looks.look();
  const before = await connected(server.url);
  for (let at = 0; at < 5; at += 1) await before.get('gone');
  await looks.look();
  before.destroy();
  await server.stop();
  expect(await looks.look()).toBeUndefined();
  await server.start();
  const after = await connected(server.url);
  for (let at = 0; at < 3; at += 1) await after.get('gone');
  await looks.until(() => true);
  const { outcomes } = looks.end();
  expect(outcomes['redis.misses']).toMatchObject({ mean: 8 });
  expect(outcomes['redis.misses']).toHaveProperty(
    'partly',
    expect.stringMatching(/^\d+ of \d+ looks got no/),
  );
});

test('is refused with the words of the server, and never with its password', async (context) => {
  const { url } = await startRedis(context);
  const wrong = url.replace('open-sesame', 'open-barley');
  const error = await checkDatabase('redis', wrong).catch((thrown: unknown) => thrown);
  expect(String(error)).toMatch(/WRONGPASS/);
  expect(String(error)).not.toContain('open-barley');
  await expect(checkDatabase('redis', 'redis://127.0.0.1:1')).rejects.toThrow(/ECONNREFUSED/);
});
