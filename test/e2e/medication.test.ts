import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { execa } from 'execa';
import { expect } from 'vitest';
import { runRecordSchema } from '../../src/model/results/run-record.js';
import { requireProgram } from '../support/optional-programs.js';
import { startPostgres } from '../support/postgres.js';
import { startRedis } from '../support/redis.js';
import { sandboxTest as test } from '../support/sandbox-test.js';

const FOLDER = resolve('scenarios/medication');
/** The user's cache: making the environments anew takes a minute. */
const CACHE_HOME = process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache');
const TEST_ENVIRONMENT = join(CACHE_HOME, 'openapi-bench-tests', 'medication');

/** Runs the scenario's own tests. */
async function pytest(env: Readonly<Record<string, string>>): Promise<{ code: unknown; report: string }> {
  const lists = ['requirements.txt', 'requirements-test.txt'];
  await execa(process.execPath, ['../python-env/prepare.js', TEST_ENVIRONMENT, ...lists], { cwd: FOLDER });
  const python = join(TEST_ENVIRONMENT, 'venv', 'bin', 'python');
  const words = ['-m', 'pytest', '-rs', '-p', 'no:cacheprovider'];
  const without = {
    ...{ DATABASE_URL: undefined, REDIS_URL: undefined, POOL_SIZE: undefined },
    PYTHONDONTWRITEBYTECODE: '1',
  };
  const { exitCode, stdout } = await execa(python, words, {
    ...{ cwd: FOLDER, env: { ...without, ...env }, reject: false },
  });
  return { code: exitCode, report: stdout };
}

test.concurrent(
  'medication passes its own tests on a real PostgreSQL and Redis',
  async ({ skip, onTestFinished }) => {
    requireProgram('python3', skip);
    const postgres = await startPostgres({ skip, onTestFinished });
    const REDIS_URL = await startRedis({ skip, onTestFinished });
    const { code, report } = await pytest({ DATABASE_URL: await postgres.database('medication'), REDIS_URL });
    expect(report).toMatch(/\n=+ \d+ passed in [^\n]*$/); // and none failed, none skipped
    expect(code).toBe(0);

    const idle = await pytest({});
    expect(idle.report).toMatch(/needs DATABASE_URL, an empty PostgreSQL database, and REDIS_URL/);
    expect(idle.report).toMatch(/\n=+ \d+ skipped in [^\n]*$/);
  },
);

test.concurrent('medication runs from start to verdict', async ({ sandbox, skip }) => {
  for (const program of ['python3', 'postgres', 'redis-cli'] as const) requireProgram(program, skip);
  const env = { XDG_CACHE_HOME: CACHE_HOME, DATABASE_URL: '', REDIS_URL: '' };
  const load = ['--profile', 'spike', '--time-scale', '0.01', '--port', 'auto'];
  const args = ['run', '--json', '--scenario', 'medication', ...load];
  const { code, stdout, stderr } = await sandbox.bench(args, env);
  expect(stderr).not.toMatch(/error:/i);
  expect([0, 1, 4], stderr).toContain(code); // its objectives are not for a busy machine
  const { cells, services } = runRecordSchema.parse(JSON.parse(stdout));
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
});
