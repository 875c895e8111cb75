import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { execa } from 'execa';
import { expect } from 'vitest';
import { runRecordSchema } from '../../src/model/results/run-record.js';
import { startPostgres } from '../support/postgres.js';
import { requireProgram } from '../support/optional-programs.js';
import { sandboxTest as test } from '../support/sandbox-test.js';

const FOLDER = resolve('scenarios/notes-postgres');
/** The user's cache: making the environments anew takes a minute. */
const CACHE_HOME = process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache');
const TEST_ENVIRONMENT = join(CACHE_HOME, 'openapi-bench-tests', 'notes-postgres');
const LISTED = ['list_notes', 'read_note', 'list_notes_sync', 'read_note_sync'];

/** Runs the scenario's own tests. */
async function pytest(env: Readonly<Record<string, string>>): Promise<{ code: unknown; report: string }> {
  const lists = ['requirements.txt', 'requirements-test.txt'];
  await execa(process.execPath, ['../python-env/prepare.js', TEST_ENVIRONMENT, ...lists], { cwd: FOLDER });
  const python = join(TEST_ENVIRONMENT, 'venv', 'bin', 'python');
  const words = ['-m', 'pytest', '-rs', '-p', 'no:cacheprovider'];
  const without = { DATABASE_URL: undefined, POOL_SIZE: undefined, PYTHONDONTWRITEBYTECODE: '1' };
  const { exitCode, stdout } = await execa(python, words, {
    ...{ cwd: FOLDER, env: { ...without, ...env }, reject: false },
  });
  return { code: exitCode, report: stdout };
}

test.concurrent(
  'notes-postgres passes its own tests on a real PostgreSQL',
  async ({ skip, onTestFinished }) => {
    requireProgram('python3', skip);
    const postgres = await startPostgres({ skip, onTestFinished });
    const { code, report } = await pytest({ DATABASE_URL: await postgres.database('notes') });
    expect(report).toMatch(/\n=+ \d+ passed in [^\n]*$/); // and none failed, none skipped
    expect(code).toBe(0);

    const idle = await pytest({});
    expect(idle.report).toMatch(/needs DATABASE_URL: an empty PostgreSQL database/);
    expect(idle.report).toMatch(/\n=+ \d+ skipped in [^\n]*$/);
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
