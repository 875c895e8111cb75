import { expect } from 'vitest';
import { runRecordSchema } from '../../src/model/results/run-record.js';
import { CACHE_HOME, passesItsTests } from '../support/python-scenario.js';
import { startPostgres } from '../support/postgres.js';
import { requireProgram } from '../support/optional-programs.js';
import { sandboxTest as test } from '../support/sandbox-test.js';

const LISTED = ['list_notes', 'read_note', 'list_notes_sync', 'read_note_sync'];

test.concurrent(
  'notes-postgres passes its own tests on a real PostgreSQL',
  async ({ skip, onTestFinished }) => {
    requireProgram('python3', skip);
    const postgres = await startPostgres({ skip, onTestFinished });
    await passesItsTests('notes-postgres', await postgres.database('notes'));
  },
);

test.concurrent('notes-postgres runs from start to verdict', async ({ sandbox, skip, onTestFinished }) => {
  requireProgram('python3', skip);
  const postgres = await startPostgres({ skip, onTestFinished });
  const env = { XDG_CACHE_HOME: CACHE_HOME, DATABASE_URL: await postgres.database('notes') };
  const run = async (...words: string[]) => {
    const load = ['--requests', '100', '--concurrency', '10', '--workers', '2', ...words];
    const args = ['run', '--json', '--scenario', 'notes-postgres', '--port', 'auto', ...load];
    const { code, stdout, stderr } = await sandbox.bench(args, env);
    expect(stderr).not.toMatch(/error:/i);
    expect([0, 4], stderr).toContain(code);
    return runRecordSchema.parse(JSON.parse(stdout)).cells.map(({ subject, counts, statusCodes }) => ({
      ...{ id: subject.id, succeeded: counts.succeeded, statusCodes },
    }));
  };
  const answered = (id: string, status: number) => ({
    ...{ id, succeeded: 100, statusCodes: { [status]: 100 } },
  });
  expect(await run()).toEqual([answered('create_note', 201), answered('create_note_sync', 201)]);
  const read = await run('--include', ...LISTED);
  expect(read).toEqual(LISTED.map((id) => answered(id, 200)));
});

test.concurrent(
  'notes-postgres is healthy only with its database',
  async ({ sandbox, skip, onTestFinished }) => {
    requireProgram('python3', skip);
    const postgres = await startPostgres({ skip, onTestFinished });
    const env = { XDG_CACHE_HOME: CACHE_HOME, DATABASE_URL: await postgres.database('notes') };
    const serving = sandbox.start(['serve', 'notes-postgres', '--port', 'auto'], env);
    await serving.untilSays(/http:\/\/127\.0\.0\.1:\d+/);
    const [url] = /http:\/\/127\.0\.0\.1:\d+/.exec(serving.stdout)!;
    expect((await fetch(`${url}/health`)).status).toBe(200);
    await postgres.stop();
    for (const path of ['/health', '/notes/1']) expect((await fetch(url + path)).status).toBe(503);
    serving.signal('SIGINT');
    await serving.ended;
  },
);
