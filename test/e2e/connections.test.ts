import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { DOCUMENT } from '../fixtures/servers/lib/serve.js';
import { certificate } from '../support/raw-server.js';
import { sandboxTest } from '../support/sandbox-test.js';
import { expectError, type Sandbox } from '../support/sandbox.js';

const LOAD = ['--rates', '50', '--duration', '500ms', '--warmup', '0s', '--pacing', 'relaxed'];
const PLANNED = 25;

/** A server of two operations that counts. */
interface Api {
  readonly port: number;
  readonly connections: number;
  readonly paths: ReadonlyMap<string, number>;
  readonly closing: number;
}

type Start = (options?: { listenOn?: string; isSecure?: boolean }) => Promise<Api>;

/** Each test starts its own server before bench does. */
const test = sandboxTest.extend<{ start: Start }>({
  start: async ({ task: _ }, use) => {
    const servers: Server[] = [];
    await use(async ({ listenOn, isSecure = false } = {}) => {
      const api = { port: 0, connections: 0, paths: new Map<string, number>(), closing: 0 };
      const listener: RequestListener = (request, response) => {
        const path = request.url ?? '';
        api.paths.set(path, (api.paths.get(path) ?? 0) + 1);
        if (request.headers.connection === 'close') api.closing += 1;
        response.end(path === '/openapi.json' ? DOCUMENT : 'ok');
      };
      const server = isSecure ? createSecureServer(certificate(), listener) : createServer(listener);
      servers.push(server);
      server.on(isSecure ? 'secureConnection' : 'connection', () => {
        api.connections += 1;
      });
      server.listen(listenOn === undefined ? { port: 0, host: '127.0.0.1' } : { path: listenOn });
      await once(server, 'listening');
      api.port = (server.address() as Partial<AddressInfo>).port ?? 0;
      return api;
    });
    for (const server of servers) {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    }
  },
});

function run(sandbox: Sandbox, ...args: string[]) {
  return sandbox.bench(['run', ...LOAD, '--out', sandbox.out, ...args]);
}

/** Every request of both cells was answered, whatever the machine made of the pacing. */
function expectAllAnswered(sandbox: Sandbox): void {
  for (const { counts } of sandbox.record().cells) {
    expect(counts).toMatchObject({ planned: PLANNED, sent: PLANNED, succeeded: PLANNED });
  }
  expect(sandbox.record().cells).toHaveLength(2);
}

describe.concurrent('a target behind TLS', () => {
  test('is refused while it is not trusted, with the way out', async ({ sandbox, start }) => {
    const { port } = await start({ isSecure: true });
    const outcome = await run(sandbox, '--url', `https://127.0.0.1:${port}`);
    expectError(outcome, 3, /certificate/, /--insecure/);
  });

  test.for(['wire', 'undici'])('is loaded with --insecure by %s', async (client, { sandbox, start }) => {
    const api = await start({ isSecure: true });
    const args = ['--insecure', '--client', client, '--url', `https://127.0.0.1:${api.port}`];
    const { code } = await run(sandbox, ...args);
    expect([0, 4]).toContain(code);
    expectAllAnswered(sandbox);
    // One of them is the pre-flight's.
    expect(api.paths.get('/first')).toBe(PLANNED + 1);
    expect(sandbox.record().config).toMatchObject({ client, connection: { acceptsAnyCertificate: true } });
  });
});

describe.concurrent('a target behind a Unix socket', () => {
  test('is discovered, set up, probed and loaded through it', async ({ sandbox, start }) => {
    const path = join(sandbox.folder, 'api.sock');
    const file = join(sandbox.folder, 'scenario.yaml');
    const api = await start({ listenOn: path });
    writeFileSync(file, 'name: socket\nsetup: [GET /second]\n');
    const { code } = await run(
      ...[sandbox, '--scenario', file, '--url', 'http://shop.example', '--unix-socket', path],
    );
    expect([0, 4]).toContain(code);
    expectAllAnswered(sandbox);
    // One is the set-up's, and one the pre-flight's.
    expect(api.paths.get('/second')).toBe(PLANNED + 2);
    expect(sandbox.record().config).toMatchObject({ connection: { socketPath: path } });
    // The process behind the socket was found, so its CPU and memory are known.
    expect(sandbox.record().cells[0]?.gauges['target.memory']?.mean).toBeGreaterThan(0);
  });

  test('that is not there is said so', async ({ sandbox, start }) => {
    const path = join(sandbox.folder, 'api.sock');
    await start({ listenOn: path });
    const outcome = await run(sandbox, '--url', 'http://localhost', '--unix-socket', `${path}.not`);
    expectError(outcome, 3, /socket-not-found/, /api\.sock\.not/);
  });
});

test.concurrent('--no-keepalive opens a connection for each request', async ({ sandbox, start }) => {
  const api = await start();
  const { code } = await run(sandbox, '--no-keepalive', '--url', `http://127.0.0.1:${api.port}`);
  expect([0, 4]).toContain(code);
  expectAllAnswered(sandbox);
  const requests = [...api.paths.values()].reduce((sum, count) => sum + count, 0);
  expect(api).toMatchObject({ connections: requests, closing: requests });
  const opened = sandbox.record().cells.map(({ generator }) => generator.connectionsOpenedInWindow);
  expect(opened).toEqual([PLANNED, PLANNED]);
});
