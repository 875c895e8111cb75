import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { expect, onTestFinished, test, type TestContext } from 'vitest';
import { checkDatabase, databaseProbe } from '../../../../src/observe/probes/databases/index.js';
import { Looks } from '../../../support/looks.js';
import { requireProgram } from '../../../support/optional-programs.js';
import { startPostgres } from '../../../support/postgres.js';

const execute = promisify(execFile);

/** PostgreSQL's own client, the independent witness. */
async function ask(context: TestContext, url: string, sql: string): Promise<string> {
  const words = ['--no-psqlrc', '--tuples-only', '--no-align', '--command', sql, url];
  const { stdout } = await execute(requireProgram('psql', context.skip), words);
  return stdout.trim();
}

/** Connections of a server under load, closed with the test. */
async function connections(url: string, count: number): Promise<pg.Client[]> {
  return Promise.all(
    Array.from({ length: count }, async () => {
      const client = new pg.Client({ connectionString: url });
      // The end of the server ends it, too.
      client.on('error', () => {});
      await client.connect();
      onTestFinished(() => client.end());
      return client;
    }),
  );
}

const BY_PSQL = `
select count(*) filter (where state = 'idle'), count(*) filter (where state = 'active'),
  count(*) filter (where state = 'idle in transaction'), count(*),
  (select count(*) from pg_locks where not granted)
from pg_stat_activity
where backend_type = 'client backend' and pid <> pg_backend_pid() and application_name <> 'openapi-bench'`;

test('counts the connections by state, and the waiting locks, that psql counts', async (context) => {
  const server = await startPostgres(context);
  const url = await server.database('shop');
  const looks = new Looks(databaseProbe('postgres', url));
  expect(await looks.look()).toMatchObject({ 'postgres.connections': 0, 'postgres.connections.limit': 100 });

  await ask(context, url, 'create table stock (id int primary key, n int); insert into stock values (1, 0)');
  await connections(url, 7);
  const sleeping = (await connections(url, 3)).map((one) => one.query('select pg_sleep(60)').catch(() => {}));
  const [holder, waiter] = (await connections(url, 2)) as [pg.Client, pg.Client];
  await holder.query('begin');
  await holder.query('update stock set n = 1 where id = 1');
  const waits = waiter.query('update stock set n = 2 where id = 1').catch(() => {});

  // A psql that has ended may be seen a moment longer.
  const values = await looks.until(
    (seen) => seen['postgres.locks.waiting'] === 1 && seen['postgres.connections'] === 12,
  );
  // The three that sleep, and the one that waits.
  expect(await ask(context, url, BY_PSQL)).toBe('7|4|1|12|1');
  expect(values).toMatchObject({
    'postgres.connections': 12,
    'postgres.connections.share': 12,
    'postgres.connections.idle': 7,
    'postgres.connections.active': 4,
    'postgres.connections.idleInTransaction': 1,
    'postgres.locks.waiting': 1,
    'postgres.deadlocks': 0,
  });
  await holder.query('rollback');
  await waits;
  await looks.until((seen) => seen['postgres.locks.waiting'] === 0);
  const { outcomes } = looks.end();
  expect(outcomes['postgres.connections.limit']).toMatchObject({ mean: 100, max: 100 });
  await ask(
    context,
    url,
    "select pg_terminate_backend(pid) from pg_stat_activity where query ~ '^select pg_sleep'",
  );
  await Promise.all(sleeping);
});

test('counts a deadlock once, and only those of the window', async (context) => {
  const server = await startPostgres(context, ['deadlock_timeout=10ms']);
  const url = await server.database('shop');
  await ask(
    context,
    url,
    'create table stock (id int primary key, n int); insert into stock values (1, 0), (2, 0)',
  );
  const deadlock = async (): Promise<void> => {
    const [one, other] = (await connections(url, 2)) as [pg.Client, pg.Client];
    const update = (client: pg.Client, id: number) =>
      client.query('update stock set n = n + 1 where id = $1', [id]);
    await Promise.all([one.query('begin'), other.query('begin')]);
    await Promise.all([update(one, 1), update(other, 2)]);
    const ended = await Promise.allSettled([update(one, 2), update(other, 1)]);
    expect(ended.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    // With its end a session reports what it has counted.
    await Promise.all([one.end(), other.end()]);
  };
  const counted = (): Promise<string> =>
    ask(context, url, "select deadlocks from pg_stat_database where datname = 'shop'");
  await deadlock();
  await expect.poll(counted).toBe('1');
  const looks = new Looks(databaseProbe('postgres', url));
  expect(await looks.look()).toMatchObject({ 'postgres.deadlocks': 0 });
  await deadlock();
  await looks.until((seen) => seen['postgres.deadlocks'] === 1);
  expect(await counted()).toBe('2');
  expect(looks.end().outcomes['postgres.deadlocks']).toMatchObject({ mean: 1, max: 1 });
});

test('counts the transactions that pgbench makes, without its own', async (context) => {
  const server = await startPostgres(context);
  const url = await server.database('shop');
  const looks = new Looks(databaseProbe('postgres', url));
  for (let at = 0; at < 5; at += 1) await looks.look();
  const pgbench = requireProgram('pgbench', context.skip);
  const script = join(mkdtempSync(join(tmpdir(), 'bench-pgbench-')), 'script.sql');
  onTestFinished(() => rmSync(dirname(script), { recursive: true }));
  writeFileSync(script, 'select 1;');
  const words = ['--no-vacuum', '--client=4', '--transactions=1000', `--file=${script}`, url];
  const { stdout } = await execute(pgbench, words);
  expect(stdout).toContain('transactions actually processed: 4000/4000');
  // A session reports what it has done before it is gone.
  await looks.until(
    (seen) => seen['postgres.connections'] === 0 && (looks.samples.at(-1)?.elapsedMs ?? 0) > 1000,
  );
  await looks.look(true);

  const { mean = 0 } = looks.end().outcomes['postgres.transactions'] as { mean?: number };
  const [first, last] = [looks.samples[0]!, looks.samples.at(-1)!];
  const transactions = Math.round((mean * (last.elapsedMs - first.elapsedMs)) / 1000);
  // It connects four times for its clients and once before, and each connecting is one.
  expect(transactions).toBe(4005);
});

test('tells of scans and statements of the window', async (context) => {
  const server = await startPostgres(context, ['shared_preload_libraries=pg_stat_statements']);
  const url = await server.database('shop');
  const shared = url.replace(/shop$/, 'postgres');
  await ask(context, shared, 'create extension pg_stat_statements');
  await ask(context, url, 'create table stock as select generate_series(1, 1000) as id; analyze stock');
  const looks = new Looks(databaseProbe('postgres', url));
  await looks.look();
  const [client] = (await connections(url, 1)) as [pg.Client];
  // The probe has a second session for statements, in the database that has the extension.
  expect(await looks.look()).toMatchObject({ 'postgres.connections': 1 });
  for (let id = 1; id <= 100; id += 1) await client.query('select id from stock where id = $1', [id]);
  await client.query("select 'open-sesame' as password, count(*) from stock");
  // Which PostgreSQL 15 keeps as it is.
  await client.query("create role guest password 'open-sesame'");
  await client.end();
  const counted = "select seq_scan from pg_stat_user_tables where relname = 'stock'";
  await expect.poll(() => ask(context, url, counted)).toMatch(/^10[1-9]$/);
  await looks.until(() => (looks.samples.at(-1)?.elapsedMs ?? 0) > 1000);
  await looks.look(true);

  const { facts: details } = looks.end();
  expect(details?.postgres?.sequentialScans).toMatchObject([
    { table: 'stock', sequentialScans: 101, rowsRead: 101_000, rows: 1000 },
  ]);
  const statements = details?.postgres?.statements ?? [];
  expect(statements.find(({ text }) => text === 'select id from stock where id = $1')).toMatchObject({
    ...{ calls: 100, rows: 100 },
  });
  expect(JSON.stringify(statements)).not.toMatch(/open-sesame|probe of openapi-bench/);
});

test('looks again after the server has died and come back, and says what it has missed', async (context) => {
  const server = await startPostgres(context);
  const url = await server.database('shop');
  const looks = new Looks(databaseProbe('postgres', url));
  await looks.look();
  await server.stop();
  expect(await looks.look()).toBeUndefined();
  await server.start();
  await looks.until(() => true);
  const { outcomes } = looks.end();
  expect(outcomes['postgres.connections']).toMatchObject({ mean: 0, max: 0 });
  expect(outcomes['postgres.connections']).toHaveProperty(
    'partly',
    expect.stringMatching(/^\d+ of \d+ looks got no answer: .*(terminat|ECONNREFUSED)/),
  );
});

test('of which nothing answers, it says why, with no password', async () => {
  const looks = new Looks(databaseProbe('postgres', 'postgresql://me:open-sesame@127.0.0.1:1/shop'));
  expect(await looks.look()).toBeUndefined();
  const { outcomes, facts: details } = looks.end();
  expect(outcomes['postgres.connections']).toEqual({ why: 'connect ECONNREFUSED 127.0.0.1:1' });
  expect(outcomes['postgres.transactions']).toEqual({ why: 'connect ECONNREFUSED 127.0.0.1:1' });
  expect(details).toBeUndefined();
});

test('of a role that may not see the sessions of others, it counts them and says what it lacks', async (context) => {
  const server = await startPostgres(context);
  const url = await server.database('shop');
  await ask(context, url, 'create role guest login');
  await connections(url, 2);
  const looks = new Looks(databaseProbe('postgres', url.replace('bench@', 'guest@')));
  const values = await looks.look(true);
  expect(values).toMatchObject({ 'postgres.connections': 2 });
  expect(values).not.toHaveProperty(['postgres.connections.idle']);
  const { outcomes, facts: details } = looks.end();
  expect(outcomes['postgres.connections.idle']).toHaveProperty('why', expect.stringContaining('pg_monitor'));
  expect(details?.postgres?.statements).toBeNull();
});

test('is refused with the words of the server', async (context) => {
  const server = await startPostgres(context);
  const url = await server.database('shop');
  await expect(checkDatabase('postgres', url.replace(/shop$/, 'shoe'))).rejects.toThrow(
    /database "shoe" does not exist/,
  );
  await checkDatabase('postgres', url.replace('postgresql:', 'postgresql+asyncpg:'));
});
