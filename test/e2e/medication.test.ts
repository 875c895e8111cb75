import { expect } from 'vitest';
import { runRecordSchema } from '../../src/model/results/run-record.js';
import { requireProgram } from '../support/optional-programs.js';
import { startPostgres } from '../support/postgres.js';
import { CACHE_HOME, passesItsTests } from '../support/python-scenario.js';
import { startRedis } from '../support/redis.js';
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
