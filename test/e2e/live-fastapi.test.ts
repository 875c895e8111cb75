import { execFileSync } from 'node:child_process';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, type TestContext } from 'vitest';
import { sandboxTest as test } from '../support/sandbox-test.js';

const SCENARIO = resolve('test/fixtures/live/fastapi/scenario.yaml');
/** As little as gives a figure: what is asked is whether requests are accepted, not how fast. */
const LOAD = [
  '--rates',
  '20',
  '--duration',
  '250ms',
  '--warmup',
  '0s',
  '--port',
  'auto',
  '--pacing',
  'relaxed',
];
const LOGIN = 'me:password-of-the-test';
const AUTH = {
  BENCH_AUTH_HEADERKEY: 'key-of-the-test',
  BENCH_AUTH_QUERYKEY: 'key-of-the-test',
  BENCH_AUTH_COOKIEKEY: 'key-of-the-test',
  BENCH_AUTH_BEARER: 'token-of-the-test',
  BENCH_AUTH_BASIC: LOGIN,
  BENCH_AUTH_LOGIN: LOGIN,
};
const OPERATIONS = 37; // all but DELETE

test('every request to a difficult FastAPI app is accepted', async ({ sandbox, skip }) => {
  requirePython(skip);
  // The user's cache: making the environment anew takes a minute.
  const cache = process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache');
  const args = ['run', '--json', ...LOAD, '--scenario', SCENARIO, '--out', sandbox.out];
  const { code, stderr } = await sandbox.bench(args, { XDG_CACHE_HOME: cache, ...AUTH });
  expect(stderr).not.toMatch(/error:/i);
  expect([0, 4]).toContain(code);
  const { cells } = sandbox.record();
  const refused = cells
    .filter(({ counts: { planned, succeeded } }) => succeeded < planned)
    .map(({ operation, statusCodes }) => ({ ...operation, statusCodes }));
  expect(refused).toEqual([]);
  expect(cells).toHaveLength(OPERATIONS);
});

function requirePython(skip: TestContext['skip']): void {
  try {
    execFileSync('python3', ['-c', 'import sys; assert sys.version_info >= (3, 10)'], { stdio: 'pipe' });
  } catch {
    const reason = 'needs python3, 3.10 or later';
    if (process.env['BENCH_REQUIRE_OPTIONAL'] === '1') throw new Error(reason);
    skip(reason);
  }
}
