import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'vitest';
import { freePort } from './free-port.js';
import { requireProgram } from './optional-programs.js';

/** A Redis for one test, on a free port of 127.0.0.1, with a password. */
export interface Redis {
  readonly url: string;
  /** At once, as in a crash; the end of the test does it as well. */
  stop(): Promise<void>;
  /** Again, empty. */
  start(): Promise<void>;
}

/** Starts one with `more` words (`--maxmemory 2mb`); without it the test is skipped, or fails in CI. */
export async function startRedis(
  { skip, onTestFinished }: Pick<TestContext, 'skip' | 'onTestFinished'>,
  more: readonly string[] = [],
): Promise<Redis> {
  const program = requireProgram('redis-server', skip);
  const folder = mkdtempSync(join(tmpdir(), 'bench-redis-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const port = String(await freePort());
  const words = [
    '--port',
    port,
    '--bind',
    '127.0.0.1',
    '--save',
    '',
    '--requirepass',
    'open-sesame',
    ...more,
  ];
  let server: ReturnType<typeof spawn> | undefined;
  const start = async (): Promise<void> => {
    const started = spawn(program, words, { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] });
    server = started;
    let log = '';
    await new Promise<void>((resolve, reject) => {
      started.stdout.setEncoding('utf8').on('data', (text: string) => {
        log += text;
        if (log.includes('Ready to accept connections')) resolve();
      });
      started.once('exit', (code) => reject(new Error(`redis-server ended with code ${code}: ${log}`)));
    });
  };
  const stop = async (): Promise<void> => {
    if (!server || server.exitCode !== null || server.signalCode !== null) return;
    const ended = once(server, 'exit');
    server.kill('SIGKILL');
    await ended;
  };
  onTestFinished(stop);
  await start();
  return { url: `redis://default:open-sesame@127.0.0.1:${port}/0`, stop, start };
}
