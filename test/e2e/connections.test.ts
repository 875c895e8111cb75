import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect } from 'vitest';
import { DOCUMENT } from '../fixtures/servers/lib/serve.js';
import { certificate } from '../support/raw-server.js';
import { sandboxTest as test } from '../support/sandbox-test.js';
import { expectError, type Sandbox } from '../support/sandbox.js';

const LOAD = ['--rates', '50', '--duration', '1s', '--warmup', '0s', '--pacing', 'relaxed'];

let server: Server;
const folder = mkdtempSync(join(tmpdir(), 'bench-e2e-socket-'));

afterEach(() => {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(resolve));
});

interface Counts {
  connections: number;
  readonly paths: Map<string, number>;
  readonly closing: number;
}

/** A server of two operations that counts; it runs before bench does. */
async function start(listenOn: string | undefined, isSecure: boolean): Promise<Counts> {
  const counts = { connections: 0, paths: new Map<string, number>(), closing: 0 };
  const listener: RequestListener = (request, response) => {
    const path = request.url ?? '';
    counts.paths.set(path, (counts.paths.get(path) ?? 0) + 1);
    if (request.headers.connection === 'close') counts.closing += 1;
    response.end(path === '/openapi.json' ? DOCUMENT : 'ok');
  };
  server = isSecure ? createSecureServer(certificate(), listener) : createServer(listener);
  server.on(isSecure ? 'secureConnection' : 'connection', () => {
    counts.connections += 1;
  });
  await new Promise<void>((resolve) => {
    if (listenOn === undefined) server.listen(0, '127.0.0.1', resolve);
    else server.listen(listenOn, resolve);
  });
  return counts;
}

const port = (): number => (server.address() as AddressInfo).port;

function run(sandbox: Sandbox, ...args: string[]) {
  return sandbox.bench(['run', ...LOAD, '--out', sandbox.out, ...args]);
}

/** Every request of both cells was answered, whatever the machine made of the pacing. */
function expectAllAnswered(sandbox: Sandbox): void {
  for (const { counts } of sandbox.record().cells) {
    expect(counts).toMatchObject({ planned: 50, sent: 50, succeeded: 50 });
  }
  expect(sandbox.record().cells).toHaveLength(2);
}

describe('a target behind TLS', () => {
  test('is refused while nobody vouches for it, with the way out', async ({ sandbox }) => {
    await start(undefined, true);
    const outcome = await run(sandbox, '--url', `https://127.0.0.1:${port()}`);
    expectError(outcome, 3, /certificate/, /--insecure/);
  });

  test.for(['wire', 'undici'])('is loaded with --insecure by %s', async (client, { sandbox }) => {
    const counts = await start(undefined, true);
    const args = ['--insecure', '--client', client, '--url', `https://127.0.0.1:${port()}`];
    const { code } = await run(sandbox, ...args);
    expect([0, 4]).toContain(code);
    expectAllAnswered(sandbox);
    // One of them is the pre-flight's.
    expect(counts.paths.get('/first')).toBe(51);
    expect(sandbox.record().config).toMatchObject({ client, connection: { acceptsAnyCertificate: true } });
  });
});

describe('a target behind a Unix socket', () => {
  const path = join(folder, 'api.sock');
  const file = join(folder, 'scenario.yaml');

  test('is discovered, set up, probed and loaded through it', async ({ sandbox }) => {
    const counts = await start(path, false);
    writeFileSync(file, 'name: socket\nsetup: [GET /second]\n');
    const { code } = await run(
      ...[sandbox, '--scenario', file, '--url', 'http://shop.example', '--unix-socket', path],
    );
    expect([0, 4]).toContain(code);
    expectAllAnswered(sandbox);
    // One is the set-up's, and one the pre-flight's.
    expect(counts.paths.get('/second')).toBe(52);
    expect(sandbox.record().config).toMatchObject({ connection: { socketPath: path } });
    // The process behind the socket was found, so its CPU and memory are known.
    expect(sandbox.record().cells[0]?.resources?.memoryBytes.mean).toBeGreaterThan(0);
  });

  test('that is not there is said so', async ({ sandbox }) => {
    await start(path, false);
    const outcome = await run(sandbox, '--url', 'http://localhost', '--unix-socket', `${path}.not`);
    expectError(outcome, 3, /ENOENT/, /api\.sock\.not/);
    rmSync(folder, { recursive: true });
  });
});

test('--no-keepalive opens a connection for each request', async ({ sandbox }) => {
  const counts = await start(undefined, false);
  const { code } = await run(sandbox, '--no-keepalive', '--url', `http://127.0.0.1:${port()}`);
  expect([0, 4]).toContain(code);
  expectAllAnswered(sandbox);
  const requests = [...counts.paths.values()].reduce((sum, count) => sum + count, 0);
  expect(counts).toMatchObject({ connections: requests, closing: requests });
  expect(sandbox.record().cells.map(({ generator }) => generator.connectionsOpenedInWindow)).toEqual([
    50, 50,
  ]);
});
