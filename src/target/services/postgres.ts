import { existsSync } from 'node:fs';
import { chown, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runTool, succeeds } from './run-tool.js';
import type { InstalledService, ServiceKind, ServicePlace, Wanted } from './service.js';

const WANTED: Wanted = {
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
};
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

/** A private PostgreSQL: TCP on loopback alone, one role with a password. */
export const postgres: ServiceKind = {
  name: 'postgres',
  title: 'PostgreSQL',
  variable: 'DATABASE_URL',
  user: 'postgres',
  install: { linux: 'sudo apt-get install postgresql', darwin: 'brew install postgresql@17' },
  comesBack: 'as it was',
  wanted: WANTED,
  installedIn: (folder, version) => new Postgres(folder, version),
};

/** With it the report names the slowest statements; it costs PostgreSQL a few per cent of its CPU, so the record has it. */
const STATEMENTS = 'pg_stat_statements';
/** Beside the folder of the programs: where Debian and Red Hat put the library, and where others do. */
const LIBRARIES = ['../lib', '../lib/postgresql'].flatMap((place) =>
  ['so', 'dylib'].map((ending) => `${place}/${STATEMENTS}.${ending}`),
);

class Postgres implements InstalledService {
  readonly settings: Readonly<Record<string, string>>;
  private readonly hasStatements: boolean;

  constructor(
    private readonly folder: string,
    readonly version: string,
  ) {
    const isThere = (file: string): boolean => existsSync(join(folder, file));
    this.hasStatements = isThere('psql') && LIBRARIES.some(isThere);
    this.settings = { ...SETTINGS, ...(this.hasStatements ? { shared_preload_libraries: STATEMENTS } : {}) };
  }

  async prepare(place: ServicePlace): ReturnType<InstalledService['prepare']> {
    // What stands in the list of processes is no secret any more.
    const passwordFile = join(place.folder, 'password');
    await writeFile(passwordFile, `${place.password}\n`, { mode: 0o600 });
    if (place.user !== null) await chown(passwordFile, place.user.uid, place.user.gid);
    const words = [
      ...[this.program('initdb'), '--pgdata', dataOf(place), '--username', ROLE, '--pwfile', passwordFile],
      ...['--auth', 'scram-sha-256', '--encoding', 'UTF8', '--locale', 'C', '--no-sync'],
    ];
    return { title: 'making the data folder of PostgreSQL', words };
  }

  words(place: ServicePlace): readonly string[] {
    const settings = {
      ...this.settings,
      ...{ listen_addresses: '127.0.0.1', port: String(place.port), unix_socket_directories: '' },
      // The log is a file of bench's own.
      ...{ logging_collector: 'off', log_destination: 'stderr' },
    };
    const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    return [this.program('postgres'), '-D', dataOf(place), ...options];
  }

  isReady(place: ServicePlace): Promise<boolean> {
    return succeeds([this.program('pg_isready'), '--quiet', ...address(place)], toolOptions(place));
  }

  async makeEmpty(place: ServicePlace, at: number): Promise<string> {
    if (at > 0) await this.database('dropdb', place, ['--force', nameOf(at - 1)]);
    else if (this.hasStatements) await this.makeStatements(place);
    await this.database('createdb', place, ['--template', 'template0', nameOf(at)]);
    return `postgresql://${ROLE}:${place.password}@127.0.0.1:${place.port}/${nameOf(at)}`;
  }

  /** In a database of its own: that of the target stays empty. */
  private async makeStatements(place: ServicePlace): Promise<void> {
    const words = ['--no-psqlrc', '--quiet', '--username', ROLE, '--no-password', '--dbname', 'postgres'];
    const sql = `create extension if not exists ${STATEMENTS}`;
    await runTool([this.program('psql'), ...address(place), ...words, '--command', sql], toolOptions(place));
  }

  private async database(tool: string, place: ServicePlace, words: readonly string[]): Promise<void> {
    const login = ['--username', ROLE, '--no-password', '--maintenance-db', 'postgres'];
    await runTool([this.program(tool), ...address(place), ...login, ...words], toolOptions(place));
  }

  private program(name: string): string {
    return join(this.folder, name);
  }
}

function dataOf({ folder }: ServicePlace): string {
  return join(folder, 'data');
}

function address({ port }: ServicePlace): string[] {
  return ['--host', '127.0.0.1', '--port', String(port)];
}

function toolOptions({ user, folder, password }: ServicePlace) {
  return { user, folder, env: { PGPASSWORD: password } };
}

function nameOf(at: number): string {
  return `bench_${at + 1}`;
}
