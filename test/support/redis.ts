import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { TestContext } from 'vitest';
import { freePort } from './free-port.js';
import { requireProgram } from './optional-programs.js';

const execute = promisify(execFile);

/** Starts a Redis for one test, on a free port of 127.0.0.1, without a password and without files; its URL. */
export async function startRedis({
  skip,
  onTestFinished,
}: Pick<TestContext, 'skip' | 'onTestFinished'>): Promise<string> {
  const client = requireProgram('redis-cli', skip);
  const setpriv = requireProgram('setpriv', skip);
  const port = String(await freePort());
  const words = ['--bind', '127.0.0.1', '--port', port, '--save', '', '--appendonly', 'no'];
  // It may not outlive a test that is killed.
  const program = ['--pdeathsig', 'KILL', '--', join(dirname(client), 'redis-server')];
  const server = spawn(setpriv, [...program, ...words], { stdio: 'ignore' });
  const ended = once(server, 'exit');
  onTestFinished(async () => {
    server.kill('SIGKILL');
    await ended;
  });
  while (!(await answers(client, port))) {
    if (server.exitCode !== null) throw new Error(`redis-server ended with code ${server.exitCode}`);
    await sleep(20);
  }
  return `redis://127.0.0.1:${port}/0`;
}

async function answers(client: string, port: string): Promise<boolean> {
  try {
    const { stdout } = await execute(client, ['-h', '127.0.0.1', '-p', port, 'PING']);
    return stdout.trim() === 'PONG';
  } catch {
    return false; // not yet
  }
}
