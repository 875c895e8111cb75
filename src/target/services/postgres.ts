import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { SERVICE_TITLES } from '../../model/results/service.js';
import type { FindProgram, ServiceKind, ServicePlace, Words } from './service.js';
import { writeSecret } from './write-secret.js';

const ROLE = 'bench';

/** As on a small server that holds data which must not be lost: writes reach the disk before they are acknowledged. */
const SETTINGS = {
  shared_buffers: '256MB',
  max_connections: '100',
  fsync: 'on',
  synchronous_commit: 'on',
  random_page_cost: '1.1',
  track_io_timing: 'on',
} as const;

/** With it the report names the slowest statements; it costs PostgreSQL some CPU, so the record has it. */
const STATEMENTS = 'pg_stat_statements';
const WITH_STATEMENTS = { ...SETTINGS, shared_preload_libraries: STATEMENTS };
/** Beside the folder of the programs: where Debian and Red Hat put the library, and where others do. */
const LIBRARIES = ['../lib', '../lib/postgresql'].flatMap((place) =>
  ['so', 'dylib'].map((ending) => `${place}/${STATEMENTS}.${ending}`),
);

/** TCP on loopback alone, one role with a password. */
export const postgres: ServiceKind = {
  name: 'postgres',
  title: SERVICE_TITLES.postgres,
  variable: 'DATABASE_URL',
  schemes: ['postgresql', 'postgres'],
  usualPort: 5432,
  user: 'postgres',
  install: { linux: 'sudo apt-get install postgresql', darwin: 'brew install postgresql@17' },
  comesBack: 'as it was',
  settings: (program) => (program === null || hasStatements(program) ? WITH_STATEMENTS : SETTINGS),
  wanted: {
    programs: ['postgres', 'initdb', 'pg_isready', 'createdb', 'dropdb'],
    // Where Debian, Red Hat, Homebrew, Postgres.app and PostgreSQL itself put them.
    places: [
      '/usr/lib/postgresql/*/bin',
      '/usr/pgsql-*/bin',
      '/opt/homebrew/opt/postgresql*/bin',
      '/usr/local/opt/postgresql*/bin',
      '/Applications/Postgres.app/Contents/Versions/*/bin',
      '/usr/local/pgsql/bin',
    ],
    // `postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)`
    version: /(\d+(?:\.\d+)*)/,
    // Drops a database that is in use.
    least: 13,
  },

  async prepare(place, program) {
    // What stands in the list of processes is no secret any more.
    const passwordFile = await writeSecret(place, 'password', `${place.password}\n`);
    const words = [
      ...[program('initdb'), '--pgdata', dataOf(place), '--username', ROLE, '--pwfile', passwordFile],
      ...['--auth', 'scram-sha-256', '--encoding', 'UTF8', '--locale', 'C', '--no-sync'],
    ];
    return { title: 'making the data folder of PostgreSQL', words };
  },

  command(place, program) {
    const settings = {
      ...this.settings(program),
      ...{ listen_addresses: '127.0.0.1', port: String(place.port), unix_socket_directories: '' },
      // The log is a file of bench's own.
      ...{ logging_collector: 'off', log_destination: 'stderr' },
    };
    return [program('postgres'), '-D', dataOf(place), ...optionsOf(settings)];
  },

  container: {
    image: 'postgres:15-bookworm',
    versionWords: ['postgres', '--version'],
    keys: {
      command: ['postgres', ...optionsOf(WITH_STATEMENTS)],
      // What parallel queries share; Docker's own 64 MB end them.
      shm_size: '256mb',
    },
    env: (password) => ({
      POSTGRES_USER: ROLE,
      POSTGRES_PASSWORD: password,
      POSTGRES_DB: 'postgres',
      POSTGRES_INITDB_ARGS: '--encoding=UTF8 --locale=C',
      PGPASSWORD: password,
    }),
  },

  isReady: (port) => ['pg_isready', '--quiet', '--username', ROLE, ...addressOf(port)],
  makeEmpty: (port, at, hasTemplate) => [
    ...(at > 0 ? [toolWords('dropdb', port, ['--force', nameOf(at - 1)])] : []),
    toolWords('createdb', port, ['--template', hasTemplate ? TEMPLATE : 'template0', nameOf(at)]),
  ],
  // In a database of its own: that of the target stays empty.
  setUp: (port, { shared_preload_libraries: library }) =>
    library === undefined ? [] : [psqlWords(port, `create extension if not exists ${library}`)],
  makeTemplate: (port) => [toolWords('createdb', port, ['--template', 'template0', TEMPLATE])],
  save: null,
  toolEnv: (password) => ({ PGPASSWORD: password }),
  url: ({ password, port }, at) =>
    `postgresql://${ROLE}:${password}@127.0.0.1:${port}/${at === 'template' ? TEMPLATE : nameOf(at)}`,
};

const TEMPLATE = 'bench_template';

function nameOf(at: number): string {
  return `bench_${at + 1}`;
}

/** psql makes the extension. */
function hasStatements(program: FindProgram): boolean {
  return existsSync(program('psql')) && LIBRARIES.some((library) => existsSync(program(library)));
}

function psqlWords(port: number, sql: string): Words {
  const words = ['--no-psqlrc', '--quiet', '--username', ROLE, '--no-password', '--dbname', 'postgres'];
  return ['psql', ...words, ...addressOf(port), '--command', sql];
}

function dataOf({ folder }: ServicePlace): string {
  return join(folder, 'data');
}

function optionsOf(settings: Readonly<Record<string, string>>): string[] {
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

function addressOf(port: number): string[] {
  return ['--host', '127.0.0.1', '--port', String(port)];
}

function toolWords(tool: string, port: number, words: Words): Words {
  const login = ['--username', ROLE, '--no-password', '--maintenance-db', 'postgres'];
  return [tool, ...addressOf(port), ...login, ...words];
}
