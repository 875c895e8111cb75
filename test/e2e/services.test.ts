import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { describe, expect, type TestContext } from 'vitest';
import { markedProcesses } from '../support/marked-processes.js';
import { requireProgram } from '../support/optional-programs.js';
import { QUICK, scenarioFile, type RunningBench, type Sandbox } from '../support/sandbox.js';
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
    const words = ['run', ...QUICK, '--duration', '3s', '--repeats', '2', '--out', sandbox.out];
    const bench = sandbox.start([...words, '--scenario', withServices(sandbox, 'postgres')], NONE);
    await bench.untilSays(/cells to measure/);
    const [server] = sandbox.processes().filter(({ command }) => /postgres -D|postgres .*-D/.test(command));
    process.kill(server!.pid, 'SIGKILL');
    const { stderr, code } = await bench.ended;

    expect(stderr).toContain('PostgreSQL was killed by SIGKILL: it is started again, as it was.');
    expect([0, 4]).toContain(code);
    const { services = [], cells } = sandbox.record();
    // Two operations, twice.
    expect(cells).toHaveLength(4);
    expect(services).toMatchObject([
      { name: 'postgres', from: 'private', settings: { fsync: 'on' }, deaths: ['was killed by SIGKILL'] },
    ]);
    expect(sandbox.text('postgres.log')).toContain('ready to accept connections');
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
    const given = {
      DATABASE_URL: 'postgresql://me:open-sesame@127.0.0.1:1/shop',
      REDIS_URL: 'redis://:open-sesame@127.0.0.1:2/0',
    };
    const bench = sandbox.start(['serve', withServices(sandbox, 'postgres, redis'), '--port', 'auto'], given);
    expect(await urlsOf(bench)).toEqual(given);
    bench.signal('SIGINT');
    const { stderr, stdout } = await bench.ended;
    expect(stderr).toContain('PostgreSQL is the one that DATABASE_URL names');
    expect(stderr + stdout).not.toContain('open-sesame');
  });
});
