import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { freePort } from './free-port.js';

export interface FixtureServer {
  readonly url: string;
  stop(): void;
}

/** Starts a server of test/fixtures/servers as a user would, before bench. */
export async function fixtureServer(name: string): Promise<FixtureServer> {
  const port = await freePort();
  const file = resolve(`test/fixtures/servers/${name}.js`);
  const child = spawn(process.execPath, [file, '--port', String(port)], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  await once(child.stdout, 'data');
  return { url: `http://127.0.0.1:${port}`, stop: () => child.kill('SIGKILL') };
}
