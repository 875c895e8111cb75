import { askedOf, requestWords } from '../../src/model/results/subject.js';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { execa } from 'execa';
import { expect } from 'vitest';
import { requireProgram } from '../support/optional-programs.js';
import { sandboxTest as test } from '../support/sandbox-test.js';

const SCENARIO = resolve('test/fixtures/live/fastapi/scenario.yaml');
const ACCEPTANCE = resolve('benchmarks/acceptance.js');
const LOGIN = 'me:password-of-the-test';
const AUTH = {
  BENCH_AUTH_HEADERKEY: 'key-of-the-test',
  BENCH_AUTH_QUERYKEY: 'key-of-the-test',
  BENCH_AUTH_COOKIEKEY: 'key-of-the-test',
  BENCH_AUTH_BEARER: 'token-of-the-test',
  BENCH_AUTH_BASIC: LOGIN,
  BENCH_AUTH_LOGIN: LOGIN,
};
/** The user's cache: making the environment anew takes a minute. */
const CACHE = { XDG_CACHE_HOME: process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache') };
const OPERATIONS = 38;

interface Row {
  readonly operation: string;
  readonly body: string;
  readonly sent: number;
  readonly accepted: number;
  readonly reason: string;
}

test.concurrent(
  'every variant of every request to a difficult FastAPI app is accepted, whatever of the body is sent',
  async ({ skip }) => {
    requireProgram('python3', skip);
    const bodies = ['required', 'default', 'full'];
    const args = ['--scenario', SCENARIO, '--port', 'auto', ...bodies.flatMap((body) => ['--body', body])];
    const env = { ...CACHE, ...AUTH };
    const { stdout } = await execa(process.execPath, [ACCEPTANCE, ...args, '--json'], { env, reject: false });
    const rows = JSON.parse(stdout) as Row[];
    expect(rows.filter(({ sent, accepted }) => accepted < sent)).toEqual([]);
    expect(rows).toHaveLength(bodies.length * OPERATIONS);
    expect(rows.every(({ sent }) => sent > 0)).toBe(true);
  },
);

test.concurrent(
  'a run signs in to a FastAPI app, follows its chains and has no request refused',
  async ({ sandbox, skip }) => {
    requireProgram('python3', skip);
    const load = ['--rates', '40', '--duration', '250ms', '--warmup', '0s', '--port', 'auto'];
    const which = ['--filter', '/secure', '--filter', '/items', '--filter', '/upload'];
    const args = ['run', '--json', ...load, '--pacing', 'relaxed', ...which, '--scenario', SCENARIO];
    const { code, stderr } = await sandbox.bench([...args, '--out', sandbox.out], { ...CACHE, ...AUTH });
    expect(stderr).not.toMatch(/error:/i);
    expect([0, 4]).toContain(code);
    const { cells } = sandbox.record();
    const refused = cells
      .filter(({ counts: { planned, succeeded } }) => succeeded < planned)
      .map(({ subject, statusCodes }) => ({ ...askedOf(subject), statusCodes }));
    expect(refused).toEqual([]);
    expect(cells.map(({ subject }) => requestWords(subject))).toEqual(
      expect.arrayContaining(['PATCH /items/{item_id}', 'GET /secure/login', 'POST /secure/both']),
    );
  },
);
