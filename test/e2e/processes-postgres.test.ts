import { expect } from 'vitest';
import { requireProgram } from '../support/optional-programs.js';
import { startPostgres } from '../support/postgres.js';
import { CACHE_HOME, passesItsTests } from '../support/python-scenario.js';
import { sandboxTest as test } from '../support/sandbox-test.js';

const PATH = '/api/v1/processes';
/** As in the table of its authors: one row for all updates. */
const ROWS = [`GET ${PATH}`, `POST ${PATH}`, `GET ${PATH}/*`, `PUT ${PATH}/*`];

test.concurrent(
  'processes-postgres passes its own tests on a real PostgreSQL',
  async ({ skip, onTestFinished }) => {
    requireProgram('python3', skip);
    const postgres = await startPostgres({ skip, onTestFinished });
    await passesItsTests('processes-postgres', await postgres.database('processes'));
  },
);

test.concurrent(
  'processes-postgres runs from start to verdict, with a row for each operation',
  async ({ sandbox, skip }) => {
    requireProgram('python3', skip);
    requireProgram('postgres', skip);
    const load = ['--profile', 'quick', '--users', '20', '--time-scale', '0.1', '--think', '10ms'];
    const words = ['--scenario', 'processes-postgres', '--workers', '2', '--port', 'auto', ...load];
    const { stderr } = await sandbox.bench(['run', ...words, '--out', sandbox.out, '--format', 'locust'], {
      XDG_CACHE_HOME: CACHE_HOME,
      DATABASE_URL: '',
    });
    // The exit code depends on how fast this machine is, and on whether two updates have met.
    expect(stderr).not.toMatch(/error:/i);
    const [cell] = sandbox.record().cells;
    const { statusCodes, subject, byOperation = [], counts } = cell!;
    expect(subject.operations.map(({ id }) => id).sort()).toEqual([...ROWS].sort());
    expect(byOperation.map((row) => row.counts.succeeded > 0)).toEqual(ROWS.map(() => true));
    expect(Object.keys(statusCodes)).toEqual(expect.arrayContaining(['200', '201']));

    // Only updates of one process at a time fail, and the server says why.
    const refused = statusCodes['500'] ?? 0;
    expect(counts).toMatchObject({ succeeded: counts.planned - refused, failed: refused });
    const update = subject.operations.findIndex(({ method }) => method === 'PUT');
    expect(byOperation[update]?.counts.failed).toBe(refused);
    const said = sandbox.text('server.log').match(/PUT \S+: UniqueViolation: .*"process_tags_pkey"/g) ?? [];
    expect(said).toHaveLength(refused);

    const rows = sandbox.text('locust_stats.csv').trim().split('\r\n').slice(1);
    expect(rows.map((row) => row.split(',').slice(0, 2).join(' '))).toEqual([
      ...[`GET ${PATH}`, `POST ${PATH}`, `GET ${PATH}/{process_id}`, `PUT ${PATH}/{process_id}`],
      ' Aggregated',
    ]);
  },
);
