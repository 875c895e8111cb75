import { execFile, execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { TestContext } from 'vitest';
import { freePort } from './free-port.js';
import { requireProgram } from './optional-programs.js';

const execute = promisify(execFile);
/** Nothing in it is worth waiting for the disk. */
const SETTINGS = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'fsync=off'];
const READY = /database system is ready to accept connections/;

/** A PostgreSQL for one test, on a free port of 127.0.0.1, that asks for no password. */
export interface Postgres {
  /** Makes an empty database; its URL. */
  database(name: string): Promise<string>;
  /** At once, as in a crash; the end of the test does it as well. */
  stop(): Promise<void>;
  /** Again, with what it holds. */
  start(): Promise<void>;
}

/** Starts one from the machine's own programs, with `more` settings (`name=value`); without them the test is skipped, or fails in CI. */
export async function startPostgres(
  { skip, onTestFinished }: Pick<TestContext, 'skip' | 'onTestFinished'>,
  more: readonly string[] = [],
): Promise<Postgres> {
  const postgres = requireProgram('postgres', skip);
  const as = [requireProgram('setpriv', skip), ...privileges()];
  const folder = mkdtempSync(join(tmpdir(), 'bench-postgres-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  if (isRoot()) execFileSync('chown', ['postgres:postgres', folder]);
  const data = join(folder, 'data');
  const init = ['-D', data, '-U', 'bench', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'];
  await run([...as, beside(postgres, 'initdb'), ...init], folder);

  const port = String(await freePort());
  const settings = [...SETTINGS, `port=${port}`, ...more].flatMap((setting) => ['-c', setting]);
  const [program = '', ...words] = [...as, postgres, '-D', data, ...settings];
  let server: ChildProcess | undefined;
  const start = async (): Promise<void> => {
    server = spawn(program, words, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
    await untilReady(server);
  };
  const stop = async (): Promise<void> => {
    if (server) await end(server);
  };
  onTestFinished(stop); // the last comes first, so before the folder goes
  await start();
  return {
    stop,
    start,
    async database(name) {
      const where = ['-h', '127.0.0.1', '-p', port, '-U', 'bench'];
      await run([beside(postgres, 'createdb'), ...where, name], folder);
      return `postgresql://bench@127.0.0.1:${port}/${name}`;
    },
  };
}

/** PostgreSQL refuses to run as root; and it may not outlive a test that is killed. */
function privileges(): string[] {
  const user = isRoot() ? ['--reuid=postgres', '--regid=postgres', '--clear-groups'] : [];
  return [...user, '--pdeathsig', 'QUIT', '--'];
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/** Of the same version; in a folder of the path there may be a link to `postgres` alone. */
function beside(program: string, name: string): string {
  return join(dirname(realpathSync(program)), name);
}

/** The user postgres may not enter the folder of the tests, so it works in one of its own. */
async function run([program = '', ...words]: readonly string[], folder: string): Promise<void> {
  await execute(program, words, { cwd: folder });
}

async function untilReady(server: ChildProcess): Promise<void> {
  let log = '';
  await new Promise<void>((resolve, reject) => {
    server.stderr?.setEncoding('utf8').on('data', (text: string) => {
      log += text;
      if (READY.test(log)) resolve();
    });
    server.once('error', reject);
    server.once('exit', (code) => reject(new Error(`postgres ended with code ${code}: ${log}`)));
  });
}

async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = once(server, 'exit');
  server.kill('SIGQUIT');
  await ended;
}
