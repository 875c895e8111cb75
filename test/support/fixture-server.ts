import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export interface FixtureServer {
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts a server of test/fixtures/servers in a process of its own; it prints its port when it listens. */
export async function startFixture(name: string): Promise<FixtureServer> {
  const program = fileURLToPath(new URL(`../fixtures/servers/${name}.js`, import.meta.url));
  const child = spawn(process.execPath, [program], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  const [port] = (await Promise.race([
    once(child.stdout, 'data'),
    exited.then(() => Promise.reject(new Error(`${name} ended before it listened`))),
  ])) as [Buffer];
  return {
    url: `http://127.0.0.1:${port.toString().trim()}`,
    async stop() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}
