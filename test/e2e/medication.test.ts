import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, type TestContext } from 'vitest';
import { requireProgram } from '../support/optional-programs.js';
import { startPostgres } from '../support/postgres.js';
import { CACHE_HOME, passesItsTests } from '../support/python-scenario.js';
import { startRedis } from '../support/redis.js';
import type { Sandbox } from '../support/sandbox.js';
import { sandboxTest as test } from '../support/sandbox-test.js';

test.concurrent(
  'medication passes its own tests on a real PostgreSQL and Redis',
  async ({ skip, onTestFinished }) => {
    requireProgram('python3', skip);
    const postgres = await startPostgres({ skip, onTestFinished });
    const { url: REDIS_URL } = await startRedis({ skip, onTestFinished });
    const DATABASE_URL = await postgres.database('medication');
    await passesItsTests('medication', { DATABASE_URL, REDIS_URL });
  },
);

const execute = promisify(execFile);
/** Whatever the machine has in its environment, it takes databases of its own. */
const ENV = { XDG_CACHE_HOME: CACHE_HOME, DATABASE_URL: '', REDIS_URL: '' };

function words(sandbox: Sandbox, skip: TestContext['skip'], ...more: string[]): string[] {
  for (const program of ['python3', 'postgres', 'redis-cli'] as const) requireProgram(program, skip);
  return ['run', '--scenario', 'medication', '--port', 'auto', '--out', sandbox.out, ...more];
}

test.concurrent(
  "medication runs from start to verdict, and pandas finds the same in Locust's files",
  async ({ sandbox, skip }) => {
    const load = ['--profile', 'spike', '--time-scale', '0.01', '--format', 'locust'];
    const { code, stderr } = await sandbox.bench(words(sandbox, skip, ...load), ENV);
    expect(stderr).not.toMatch(/error:/i);
    expect([0, 1, 4], stderr).toContain(code); // its objectives are not for a busy machine
    const { cells, services } = sandbox.record();
    expect(services?.map(({ name, from, deaths }) => ({ name, from, deaths }))).toEqual([
      { name: 'postgres', from: 'private', deaths: [] },
      { name: 'redis', from: 'private', deaths: [] },
    ]);
    const [cell] = cells;
    expect(cell?.subject.operations.map(({ id }) => id).sort()).toEqual([
      ...['create_log', 'create_medication', 'get_all_medications', 'list_reminders'],
    ]);
    const { succeeded = 0, timedOut = 0 } = cell?.counts ?? {};
    expect(succeeded).toBeGreaterThan(0);
    // Late on a busy machine, never wrong.
    expect(succeeded + timedOut).toBe(cell?.counts.planned);

    const python = requireProgram('python3 with pandas', skip);
    const script = resolve('test/e2e/locust_files.py');
    const { stdout } = await execute(python, [script, sandbox.out]);
    // Four operations and what they add up to.
    expect(stdout).toBe('5 rows agree\n');
  },
);

test.concurrent(
  'medication goes on when its Redis is killed in the middle of a peak: the cell is kept and says so',
  async ({ sandbox, skip }) => {
    const peak = ['--profile', 'peak', '--users', '40', '--spawn-rate', '40', '--duration', '4s'];
    const bench = sandbox.start(words(sandbox, skip, ...peak, '--repeats', '2', '--events'), ENV);
    await bench.untilSays(/"second":1/);
    const ours = sandbox.processes().map(({ pid }) => pid);
    const found = await execute('pgrep', ['--parent', ours.join(), '--full', 'redis-server']);
    process.kill(Number(found.stdout.split('\n')[0]), 'SIGKILL');
    const { code, stderr } = await bench.ended;

    expect(code, stderr).toBe(3);
    expect(stderr).toContain('Redis was killed by SIGKILL: it is started again, empty.');
    const { cells, status } = sandbox.record();
    expect(status).toBe('complete');
    expect(cells.map(({ serviceDeaths = [] }) => serviceDeaths.map(({ service }) => service))).toEqual([
      ['redis'],
      [],
    ]);
    const [first, second] = cells;
    expect(first?.verdict.reasons.map(({ id }) => id)).toContain('service-died');
    // What is cached is read from PostgreSQL while there is no cache.
    expect(first?.counts.failed).toBe(0);
    expect(second?.counts.succeeded).toBeGreaterThan(0);
  },
);
