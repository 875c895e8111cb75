import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import { refuseAmbiguous } from '../../src/target/attach.js';
import { isForwarder } from '../../src/target/forwarders.js';
import { spawn } from 'node:child_process';
import { userErrorOf } from '../support/caught.js';

describe('a name of several addresses', () => {
  const ADDRESSES = ['127.0.0.1', '::1'];

  test('is refused when another server is at each', async ({ onTestFinished }) => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    const place = { kind: 'tcp', host: 'localhost', port } as const;
    await refuseAmbiguous(place, ADDRESSES);

    const script = `require('net').createServer().listen(${port}, '::1', () => console.log('up'))`;
    const other = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    onTestFinished(() => void other.kill('SIGKILL'));
    await once(other.stdout, 'data');
    const error = await userErrorOf(() => refuseAmbiguous(place, ADDRESSES));
    expect(error.fault).toBe('usage');
    expect(error.message).toBe(
      `localhost leads to two different servers: 127.0.0.1:${port} is process ${process.pid}, [::1]:${port} is process ${other.pid}.`,
    );
    expect(error.hint).toBe(`Name the address: --url http://127.0.0.1:${port} or --url http://[::1]:${port}`);
  });

  test('is fine when one server is at all of them', async ({ onTestFinished }) => {
    const server = createServer().listen(0, '::');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    await refuseAmbiguous({ kind: 'tcp', host: 'localhost', port }, ADDRESSES);
  });
});

describe('a program that passes connections on', () => {
  test.each([
    ['/usr/bin/docker-proxy -proto tcp -host-port 8000', 500],
    ['socat TCP-LISTEN:8000,fork TCP:127.0.0.1:80', 500],
    ['ssh -L 8000:localhost:80 host', 500],
    ['sshd: me@pts/0', 500],
    ['/usr/lib/systemd/systemd --system', 1],
    ['/sbin/init splash', 1],
  ])('is known by its name: %s', (command, pid) => {
    expect(isForwarder(command, pid)).toBe(true);
  });

  test.each([
    ['node server.js', 500],
    ['/opt/init/server', 1],
    ['init', 500],
    ['python3 -m socat', 500],
    ['', 500],
  ])('%s is none', (command, pid) => {
    expect(isForwarder(command, pid)).toBe(false);
  });
});
