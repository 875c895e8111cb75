import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { describe, expect, type TestContext } from 'vitest';
import { markedProcesses } from '../support/marked-processes.js';
import { requireProgram } from '../support/optional-programs.js';
import { QUICK, scenarioFile, serverCommand, type RunningBench, type Sandbox } from '../support/sandbox.js';
import { sandboxTest as test } from '../support/sandbox-test.js';

const execute = promisify(execFile);
/** Whatever the machine has in its environment: each test says what is there. */
const NONE = { DATABASE_URL: '', REDIS_URL: '' };

function withServices(sandbox: Sandbox, services: string): string {
  return scenarioFile(sandbox, 'tells-its-databases', { keys: `services: [${services}]` });
}

/** The URLs that the server of a `bench serve` was given. */
async function urlsOf(bench: RunningBench): Promise<{ DATABASE_URL: string; REDIS_URL: string }> {
  await bench.untilSays(/http:\S+/);
  const [origin = ''] = /http:\S+/.exec(bench.stdout) ?? [];
  const response = await fetch(`${origin}/first`);
  return (await response.json()) as { DATABASE_URL: string; REDIS_URL: string };
}

/** PostgreSQL's own client, the independent witness. */
async function ask(psql: string, url: string, sql: string): Promise<string> {
  const { stdout } = await execute(psql, [
    '--no-psqlrc',
    '--tuples-only',
    '--no-align',
    '--command',
    sql,
    url,
  ]);
  return stdout.trim();
}

function postgres(skip: TestContext['skip']): string {
  requireProgram('postgres', skip);
  return requireProgram('psql', skip);
}

describe.concurrent('databases beside the target', () => {
  test('are private, empty, and gone with bench after Ctrl-C', async ({ sandbox, skip }) => {
    const psql = postgres(skip);
    const cli = requireProgram('redis-cli', skip);
    const bench = sandbox.start(['serve', withServices(sandbox, 'postgres, redis'), '--port', 'auto'], NONE);
    const { DATABASE_URL, REDIS_URL } = await urlsOf(bench);

    expect(await ask(psql, DATABASE_URL, 'select current_user, current_database()')).toBe('bench|bench_1');
    expect(await ask(psql, DATABASE_URL, '\\dt')).toBe('');
    expect(await ask(psql, DATABASE_URL, 'show fsync')).toBe('on');
    const stranger = DATABASE_URL.replace(/:[^:@]+@/, ':guessed@');
    await expect(ask(psql, stranger, 'select 1')).rejects.toThrow(/password authentication failed/);
    const { stdout } = await execute(cli, ['-u', REDIS_URL, 'CONFIG', 'GET', 'appendonly']);
    expect(stdout).toContain('no');
    await expect(
      execute(cli, ['-e', '-u', REDIS_URL.replace(/:[^:@]+@/, ':guessed@'), 'PING']),
    ).rejects.toThrow();
    // Neither stands where other users may read it.
    const secrets = [DATABASE_URL, REDIS_URL].map((url) => new URL(url).password);
    for (const { command } of sandbox.processes())
      for (const secret of secrets) expect(command).not.toContain(secret);

    bench.signal('SIGINT');
    expect((await bench.ended).code).toBe(130);
    await expect(ask(psql, DATABASE_URL, 'select 1')).rejects.toThrow(/Connection refused/);
  });

  test('are empty again at each start, started again when they are killed, and named in the results', async ({
    sandbox,
    skip,
  }) => {
    postgres(skip);
    requireProgram('redis-cli', skip);
    const words = ['run', ...QUICK, '--duration', '3s', '--repeats', '2', '--out', sandbox.out];
    const bench = sandbox.start([...words, '--scenario', withServices(sandbox, 'postgres, redis')], NONE);
    await bench.untilSays(/cells to measure/);
    // Redis writes over its environment, and with it over its mark: it is known by its supervisor.
    const ours = sandbox.processes().map(({ pid }) => pid);
    for (const server of ['postgres.* -D', 'redis-server']) {
      const { stdout } = await execute('pgrep', ['--parent', ours.join(), '--full', server]);
      process.kill(Number(stdout.split('\n')[0]), 'SIGKILL');
    }
    const { stderr, code } = await bench.ended;

    expect(stderr).toContain('PostgreSQL was killed by SIGKILL: it is started again, as it was.');
    expect(stderr).toContain('Redis was killed by SIGKILL: it is started again, empty.');
    expect(code).toBe(3);
    const { services = [], cells } = sandbox.record();
    // Two operations, twice.
    expect(cells).toHaveLength(4);
    const how = 'was killed by SIGKILL';
    expect(services).toMatchObject([
      { name: 'postgres', from: 'private', settings: { fsync: 'on' }, deaths: [how] },
      { name: 'redis', from: 'private', deaths: [how] },
    ]);
    const [first, ...others] = cells;
    expect(first?.serviceDeaths?.map(({ service }) => service).sort()).toEqual(['postgres', 'redis']);
    expect(first?.verdict.reasons.map(({ id }) => id)).toContain('service-died');
    expect(others.flatMap(({ serviceDeaths = [] }) => serviceDeaths)).toEqual([]);
    // Once before it died, and once after.
    expect(sandbox.text('postgres.log').match(/ready to accept connections/g)).toHaveLength(2);
    expect(sandbox.text('results.json')).not.toMatch(/postgresql:\/\/bench:/);
  });

  test('are gone after kill -9 of bench, with all that they wrote', async ({ sandbox, skip }) => {
    postgres(skip);
    const bench = sandbox.start(['serve', withServices(sandbox, 'postgres'), '--port', 'auto'], NONE);
    await urlsOf(bench);
    const folders = sandbox.processes().flatMap(({ command }) => /-D (\S+)\/data/.exec(command)?.[1] ?? []);
    expect(folders).toHaveLength(1);
    bench.signal('SIGKILL');
    await bench.ended;
    for (let tries = 0; markedProcesses(sandbox.mark).length > 0 && tries < 300; tries += 1) await sleep(50);
    expect(sandbox.processes()).toEqual([]);
    expect(() => readdirSync(folders[0]!)).toThrow(/ENOENT/);
  });

  test('that the environment names are taken as they are, and their passwords are told nobody', async ({
    sandbox,
  }) => {
    const port = await listening();
    const given = {
      DATABASE_URL: `postgresql://me:open-sesame@127.0.0.1:${port}/shop`,
      REDIS_URL: `redis://:open-sesame@127.0.0.1:${port}/0`,
    };
    const bench = sandbox.start(['serve', withServices(sandbox, 'postgres, redis'), '--port', 'auto'], given);
    expect(await urlsOf(bench)).toEqual(given);
    bench.signal('SIGINT');
    const { stderr, stdout } = await bench.ended;
    expect(stderr).toContain('PostgreSQL is the one that DATABASE_URL names');
    expect(stderr + stdout).not.toContain('open-sesame');
  });

  test('that nobody answers for are refused before the server is started', async ({ sandbox }) => {
    const given = { ...NONE, REDIS_URL: 'redis://:open-sesame@127.0.0.1:1/0' };
    const file = withServices(sandbox, 'redis');
    const { code, stderr } = await sandbox.bench(['run', ...QUICK, '--scenario', file], given);
    expect(code).toBe(3);
    expect(stderr).toContain(
      'Redis cannot be reached at 127.0.0.1:1, which REDIS_URL names: nothing listens there.',
    );
    expect(stderr).toContain('env -u REDIS_URL bench');
    expect(stderr).not.toContain('open-sesame');
  });

  test('stay with --keep, and end by the command that was told', async ({ sandbox, skip }) => {
    const psql = postgres(skip);
    const words = ['serve', withServices(sandbox, 'postgres, redis'), '--port', 'auto', '--keep'];
    const bench = sandbox.start(words, NONE);
    const { DATABASE_URL, REDIS_URL } = await urlsOf(bench);
    await ask(psql, DATABASE_URL, 'create table kept as select 7 as seven');
    const cli = requireProgram('redis-cli', skip);
    await execute(cli, ['-u', REDIS_URL, 'SET', 'seven', '7']);
    bench.signal('SIGINT');
    const { stderr } = await bench.ended;
    const secrets = [DATABASE_URL, REDIS_URL].map((url) => new URL(url).password);
    for (const secret of secrets) expect(stderr).not.toContain(secret);
    const ends = [...stderr.matchAll(/ remove its data: sh (\S+)\/end/g)].map(([, folder = '']) => folder);
    expect(ends).toHaveLength(2);
    try {
      const urls = ends.map((folder) => readFileSync(join(folder, 'url'), 'utf8').trim());
      expect(urls.sort()).toEqual([DATABASE_URL, REDIS_URL].sort());
      expect(await ask(psql, DATABASE_URL, 'select seven from kept')).toBe('7');
      expect((await execute(cli, ['-u', REDIS_URL, 'GET', 'seven'])).stdout.trim()).toBe('7');
    } finally {
      for (const folder of ends) await execute('sh', [join(folder, 'end')]);
    }
    await expect(ask(psql, DATABASE_URL, 'select 1')).rejects.toThrow(/Connection refused/);
    expect(ends.filter((folder) => existsSync(folder))).toEqual([]);
  });

  test('are filled once, and copied for each start of the server', async ({ sandbox, skip }) => {
    const psql = postgres(skip);
    const file = join(sandbox.folder, 'scenario.yaml');
    const seen = join(sandbox.folder, 'seen');
    const seed = `${psql} -X -q -c "create table t as select 1 as i" $DATABASE_URL; echo seeded >> ${seen}`;
    const look = `${psql} -X -At -c "insert into t values (2)" -c "select count(*) from t" $DATABASE_URL >> ${seen}`;
    const start = `${look}; exec ${serverCommand('tells-its-databases')}`;
    writeFileSync(
      file,
      JSON.stringify({
        name: 'seeded',
        start: { command: ['sh', '-c', start] },
        services: [{ name: 'postgres', seed: ['sh', '-c', seed] }],
      }),
    );
    const words = ['run', ...QUICK, '--include', 'first', '--preflight', 'off', '--repeats', '2'];
    await sandbox.bench([...words, '--scenario', file, '--out', sandbox.out], NONE);
    expect(readFileSync(seen, 'utf8')).toMatch(/^seeded\nINSERT 0 1\n2\nINSERT 0 1\n2\n$/);
  });
});

/** A port on which something listens until the tests are over. */
async function listening(): Promise<number> {
  const server = createServer((socket) => socket.end()).unref();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as { port: number }).port;
}
