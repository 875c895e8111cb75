import { once } from 'node:events';
import { connect, createServer, type AddressInfo } from 'node:net';
import { spawn } from 'node:child_process';
import { expect, test } from 'vitest';
import { heldSocketsAt } from '../../src/target/sockets/held-sockets.js';

test.runIf(process.platform === 'linux')(
  'connections at a port are those that were accepted there, not their other ends',
  async () => {
    const accepted: (() => void)[] = [];
    const server = createServer((socket) => accepted.push(() => socket.destroy()));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    // Inherits nothing of this process: no socket is its own.
    const stranger = spawn('sleep', ['60']);
    const held = heldSocketsAt({ kind: 'tcp', host: '127.0.0.1', port })!;
    const clients = await Promise.all(
      Array.from({ length: 30 }, async () => {
        const client = connect(port, '127.0.0.1');
        await once(client, 'connect');
        return client;
      }),
    );
    while (accepted.length < clients.length) await once(server, 'connection');

    expect(held([process.pid, stranger.pid!])).toEqual([
      { pid: process.pid, established: 30, isListening: true },
      { pid: stranger.pid, established: 0, isListening: false },
    ]);
    stranger.kill();
    await once(stranger, 'exit');
    expect(held([stranger.pid!])).toEqual([{ pid: stranger.pid, established: 0, isListening: false }]);
    for (const client of clients) client.destroy();
    accepted.forEach((close) => close());
    server.close();
  },
);

test('of a Unix socket it is not known', () => {
  expect(heldSocketsAt({ kind: 'unix', path: '/tmp/api.sock' })).toBeUndefined();
});
