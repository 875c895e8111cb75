import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { execa } from 'execa';
import { expect } from 'vitest';

/** The user's cache: making the environments anew takes a minute. */
export const CACHE_HOME = process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache');

/** Expects the pytest tests of a scenario to pass on an empty database, all of them, and to be skipped without one. */
export async function passesItsTests(name: string, databaseUrl: string): Promise<void> {
  const python = await environmentOf(name);
  const { code, report } = await pytest(name, python, { DATABASE_URL: databaseUrl });
  expect(report).toMatch(/\n=+ \d+ passed in [^\n]*$/); // and none failed, none skipped
  expect(code).toBe(0);

  const idle = await pytest(name, python, {});
  expect(idle.report).toMatch(/needs DATABASE_URL: an empty PostgreSQL database/);
  expect(idle.report).toMatch(/\n=+ \d+ skipped in [^\n]*$/);
}

/** Makes the scenario's Python environment with the packages of its tests; its interpreter. */
async function environmentOf(name: string): Promise<string> {
  const folder = join(CACHE_HOME, 'openapi-bench-tests', name);
  const lists = ['requirements.txt', 'requirements-test.txt'];
  const words = ['../python-env/prepare.js', folder, ...lists];
  await execa(process.execPath, words, { cwd: folderOf(name) });
  return join(folder, 'venv', 'bin', 'python');
}

async function pytest(
  name: string,
  python: string,
  env: Readonly<Record<string, string>>,
): Promise<{ code: unknown; report: string }> {
  const words = ['-m', 'pytest', '-rs', '-p', 'no:cacheprovider'];
  const without = { DATABASE_URL: undefined, POOL_SIZE: undefined, PYTHONDONTWRITEBYTECODE: '1' };
  const { exitCode, stdout } = await execa(python, words, {
    ...{ cwd: folderOf(name), env: { ...without, ...env }, reject: false },
  });
  return { code: exitCode, report: stdout };
}

function folderOf(name: string): string {
  return resolve('scenarios', name);
}
