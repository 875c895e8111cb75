import { execFileSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { TestContext } from 'vitest';

interface Program {
  /** Its names, the likeliest first; one with a slash is looked for there alone. */
  readonly names: readonly string[];
  /** Arguments with which it ends with code 0 when it will do. */
  readonly probe: readonly string[];
  readonly needs: string;
}

/** Debian keeps the server's programs out of the path, one folder a version. */
const POSTGRES_VERSIONS = [18, 17, 16, 15, 14];

/** Programs that some tests need and that not every machine has; `.ci/run` puts them all in place. */
const PROGRAMS = {
  chromium: {
    names: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
    probe: ['--version'],
    needs: 'chromium or google-chrome',
  },
  'docker-compose': {
    names: ['docker-compose'],
    probe: ['--version'],
    needs: 'docker-compose, of the Debian package of that name',
  },
  jq: { names: ['jq'], probe: ['--version'], needs: 'jq' },
  lsof: { names: ['lsof'], probe: ['-v'], needs: 'lsof' },
  pgbench: {
    names: ['pgbench', ...POSTGRES_VERSIONS.map((version) => `/usr/lib/postgresql/${version}/bin/pgbench`)],
    probe: ['--version'],
    needs: 'pgbench, of the Debian package postgresql',
  },
  postgres: {
    names: ['postgres', ...POSTGRES_VERSIONS.map((version) => `/usr/lib/postgresql/${version}/bin/postgres`)],
    probe: ['--version'],
    needs: 'postgres, 14 or later, of the Debian package postgresql',
  },
  prometheus: { names: ['prometheus'], probe: ['--version'], needs: 'prometheus' },
  promtool: {
    names: ['promtool'],
    probe: ['--version'],
    needs: 'promtool, of the Debian package prometheus',
  },
  python3: {
    names: ['python3'],
    probe: ['-c', 'import sys, venv; assert sys.version_info >= (3, 10)'],
    needs: 'python3, 3.10 or later, with venv',
  },
  'python3 with pandas': {
    // The system's own has the distribution's pandas also when another python3 comes first.
    names: ['python3', '/usr/bin/python3'],
    probe: ['-c', 'import pandas'],
    needs: 'python3 with pandas, for example the Debian package python3-pandas',
  },
  psql: {
    names: ['psql', ...POSTGRES_VERSIONS.map((version) => `/usr/lib/postgresql/${version}/bin/psql`)],
    probe: ['--version'],
    needs: 'psql, of the Debian package postgresql-client',
  },
  'redis-cli': {
    names: ['redis-cli'],
    probe: ['--version'],
    needs: 'redis-cli and redis-server, of the Debian package redis-server',
  },
  'redis-server': {
    names: ['redis-server'],
    probe: ['--version'],
    needs: 'redis-server, of the Debian package redis-server',
  },
  setpriv: { names: ['setpriv'], probe: ['--version'], needs: 'setpriv, of util-linux' },
  xmllint: {
    names: ['xmllint'],
    probe: ['--version'],
    needs: 'xmllint, of the Debian package libxml2-utils',
  },
} as const satisfies Record<string, Program>;

type Environment = Readonly<Record<string, string | undefined>>;
export type ProgramName = keyof typeof PROGRAMS;
export type OptionalProgram = { readonly path: string } | { readonly reason: string };

const found = new Map<string, OptionalProgram>();

/** Where a program is, or the reason to skip what needs it; looked for once in each test file. */
export function optionalProgram(name: ProgramName, env: Environment = process.env): OptionalProgram {
  const path = env['PATH'] ?? '';
  const key = `${name} ${path}`;
  const known = found.get(key) ?? find(PROGRAMS[name], path);
  found.set(key, known);
  return known;
}

/** The path of a program; without it the test is skipped, or fails where `BENCH_REQUIRE_OPTIONAL` is 1. */
export function requireProgram(
  name: ProgramName,
  skip: TestContext['skip'],
  env: Environment = process.env,
): string {
  const program = optionalProgram(name, env);
  if ('path' in program) return program.path;
  if (env['BENCH_REQUIRE_OPTIONAL'] === '1') throw new Error(program.reason);
  return skip(program.reason);
}

function find({ names, probe, needs }: Program, path: string): OptionalProgram {
  const at = names.flatMap((name) => placesOf(name, path)).find((place) => works(place, probe));
  return at === undefined ? { reason: `needs ${needs}` } : { path: at };
}

function placesOf(name: string, path: string): string[] {
  if (name.includes('/')) return [name];
  return path
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, name));
}

/** There and able to start: Ubuntu's `chromium-browser` is a script that only says where to get it. */
function works(place: string, probe: readonly string[]): boolean {
  try {
    accessSync(place, constants.X_OK);
    execFileSync(place, probe, { stdio: 'ignore', timeout: 30_000 });
    return true;
  } catch {
    return false;
  }
}
