import { once } from 'node:events';
import { createServer } from 'node:http';
import { createServer as createHttp2Server, createSecureServer } from 'node:http2';
import type { AddressInfo, Server } from 'node:net';
import { describe, expect } from 'vitest';
import { DOCUMENT } from '../fixtures/servers/lib/serve.js';
import { accountedFor } from '../support/bench-run.js';
import { certificate } from '../support/raw-server.js';
import { sandboxTest } from '../support/sandbox-test.js';
import { expectError } from '../support/sandbox.js';
import { cellRecordSchema } from '../../src/model/results/cell-record.js';

const LOAD = ['--rates', '50', '--duration', '500ms', '--warmup', '0s', '--pacing', 'relaxed'];
const PLANNED = 25;
const OPERATIONS = 2;
/** The readiness, the document and the pre-flight share one; the server's settings are read on another. */
/** The probe of the protocol, and one to four for the requests outside the load, opened anew when they were idle. */
const FEWEST_BESIDE_LOAD = 2;
const MOST_BESIDE_LOAD = 12;

const READY_PATH = '/';

const kinds = ['https', 'http'] as const;

const test = sandboxTest.extend<{ listen: (server: Server) => Promise<number> }>({
  listen: async ({ task: _ }, use) => {
    const servers: Server[] = [];
    await use(async (server) => {
      servers.push(server);
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      return (server.address() as AddressInfo).port;
    });
    for (const server of servers) server.close();
  },
});

describe('bench run --http2', () => {
  test.concurrent.for(kinds)('counts what a %s server counts', async (kind, { sandbox, listen }) => {
    const counted = { sessions: 0, requests: 0 };
    const server = kind === 'http' ? createHttp2Server() : createSecureServer(certificate());
    server.on('session', () => (counted.sessions += 1));
    server.on('request', (request, response) => {
      if (request.url === '/openapi.json') response.end(DOCUMENT);
      else {
        if (request.url !== READY_PATH) counted.requests += 1;
        response.end('ok');
      }
    });
    const url = `${kind}://127.0.0.1:${await listen(server)}`;

    const result = await sandbox.bench([
      'run',
      ...LOAD,
      '--out',
      sandbox.out,
      '--http2',
      '--insecure',
      '--preflight',
      'off',
      '--json',
      '--url',
      url,
    ]);

    const { cells } = JSON.parse(result.stdout) as { cells: unknown[] };
    const read = cells.map((cell) => cellRecordSchema.parse(cell));
    const sum = (of: (cell: (typeof read)[number]) => number): number =>
      read.reduce((total, cell) => total + of(cell), 0);
    expect(read.map(({ generator }) => generator.protocol)).toEqual(['HTTP/2', 'HTTP/2']);
    expect([sum(accountedFor), sum(({ counts }) => counts.succeeded)]).toEqual([50, 50]);
    expect(read).toHaveLength(OPERATIONS);
    expect(counted.requests).toBe(OPERATIONS * PLANNED);
    const besideLoad = counted.sessions - sum(({ generator }) => generator.connectionsOpened);
    expect(besideLoad).toBeGreaterThanOrEqual(FEWEST_BESIDE_LOAD);
    expect(besideLoad).toBeLessThanOrEqual(MOST_BESIDE_LOAD);
  });

  test.concurrent(
    'is refused before the load by a server that does not speak it',
    async ({ sandbox, listen }) => {
      let requests = 0;
      const server = createServer((_request, response) => {
        requests += 1;
        response.end('ok');
      });
      const port = await listen(server);

      const result = await sandbox.bench([
        'run',
        ...LOAD,
        '--out',
        sandbox.out,
        '--http2',
        '--url',
        `http://127.0.0.1:${port}`,
      ]);

      expectError(result, 3, /127\.0\.0\.1:\d+ does not speak HTTP\/2: the server answers with HTTP\/1\.1/);
      expect(result.stderr).toContain('leave --http2 out');
      expect(requests).toBe(0);
    },
  );
});
