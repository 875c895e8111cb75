import pg from 'pg';
import { describe, expect } from 'vitest';
import { startPostgres } from '../support/postgres.js';
import { startRedis } from '../support/redis.js';
import { QUICK, serverCommand, type Sandbox } from '../support/sandbox.js';
import { sandboxTest as test } from '../support/sandbox-test.js';

function words(sandbox: Sandbox, seconds: number, ...more: string[]): string[] {
  const server = ['--command', serverCommand('tells-its-databases'), '--request', 'GET /'];
  return ['run', ...QUICK, '--duration', `${seconds}s`, ...server, '--out', sandbox.out, ...more];
}

async function connected(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  // The end of the server ends it, too.
  client.on('error', () => {});
  await client.connect();
  return client;
}

describe.concurrent('databases that are looked at while the load runs', () => {
  test('have their gauges in the record and in the report, and objectives hold them', async ({
    sandbox,
    skip,
    onTestFinished,
  }) => {
    const server = await startPostgres({ skip, onTestFinished });
    const url = await server.database('shop');
    const { url: redis } = await startRedis({ skip, onTestFinished });
    const held = await Promise.all(Array.from({ length: 8 }, () => connected(url)));
    await held[0]?.query('begin');
    const probes = ['--probe', `postgres=${url}`, `redis=${redis}`];
    const slo = ['--slo', 'postgres.connections <= 8', 'postgres.connections.max < 8%'];
    const { code, stdout, stderr } = await sandbox.bench(words(sandbox, 3, ...probes, ...slo));
    await Promise.all(held.map((client) => client.end()));

    const [cell] = sandbox.record().cells;
    expect(cell?.gauges).toMatchObject({
      'postgres.connections': { title: 'Connections', mean: 8, max: 8 },
      'postgres.connections.idle': { mean: 7, max: 7 },
      'postgres.connections.idleInTransaction': { mean: 1, max: 1 },
      'postgres.connections.limit': { mean: 100 },
      'redis.clients': { mean: 0, max: 0 },
    });
    expect(cell?.postgres?.statements).toBeNull();
    expect(stdout).toMatch(/PostgreSQL\nEndpoint +Load +Connections +Of the limit/);
    // 8 of 100; where the generator was the limit, they are not judged.
    expect(code, stderr).toBe(cell?.verdict.state === 'INVALID' ? 4 : 1);
    const states = sandbox.record().objectives?.map(({ outcomes }) => outcomes[0]?.value);
    expect(states).toEqual([8, 8]);
    expect(sandbox.text('results.json') + sandbox.text('report.html')).not.toContain('open-sesame');
  });

  test('may die in the middle: the cell is kept, and says what it has missed', async ({
    sandbox,
    skip,
    onTestFinished,
  }) => {
    const server = await startRedis({ skip, onTestFinished });
    const bench = sandbox.start(words(sandbox, 4, '--probe', `redis=${server.url}`, '--events'));
    await bench.untilSays(/"second":1/);
    await server.stop();
    const { code, stderr } = await bench.ended;
    expect([0, 4], stderr).toContain(code);
    const [cell] = sandbox.record().cells;
    expect(cell?.gauges['redis.clients']).toMatchObject({ max: 0 });
    expect(cell?.gaugesPartly?.['redis.clients']).toMatch(/^[1-9] of \d looks got no answer: /);
    expect(stderr).toMatch(/figures of Redis are known only in part in get_50: [1-9] of \d looks/);
  });

  test('are refused before the load where they do not answer, with a password that is told nobody', async ({
    sandbox,
    skip,
    onTestFinished,
  }) => {
    const { url } = await startRedis({ skip, onTestFinished });
    const wrong = `redis=${url.replace('open-sesame', 'open-barley')}`;
    const { code, stdout, stderr } = await sandbox.bench(words(sandbox, 1, '--probe', wrong));
    expect(code).toBe(3);
    expect(stderr).toMatch(/Redis at 127\.0\.0\.1:\d+ cannot be looked at: WRONGPASS/);
    expect(stderr).toContain('No load was sent.');
    expect(stdout + stderr + sandbox.text('results.json')).not.toContain('open-barley');
    expect(sandbox.record().cells).toEqual([]);
  });

  test('elsewhere are not asked unasked', async ({ sandbox }) => {
    const probe = ['--probe', 'postgres=postgresql://me:open-sesame@192.0.2.1/shop'];
    const { code, stderr } = await sandbox.bench(words(sandbox, 1, ...probe));
    expect(code).toBe(2);
    expect(stderr).toContain('The database on 192.0.2.1 is not on this machine');
    expect(stderr).toContain('--allow-remote 192.0.2.1');
    expect(stderr).not.toContain('open-sesame');
  });
});
