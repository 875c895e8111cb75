import { readFileSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';

export interface RawServer {
  readonly origin: string;
  readonly port: number;
  /** Requests whose end (an empty line) has arrived; bodies are not looked at. */
  readonly requests: number;
  readonly connections: number;
  close(): Promise<void>;
}

export interface RawBehaviour {
  /** What to do with each request, counted from 0; nothing = silence. */
  readonly onRequest?: (socket: Socket, request: number) => void;
  readonly onConnection?: (socket: Socket) => void;
  /** With an untrusted certificate. */
  readonly isSecure?: boolean;
  /** A Unix socket to listen on, in place of a port. */
  readonly socketPath?: string;
}

const fixture = (name: string): Buffer => readFileSync(new URL(`../fixtures/tls/${name}`, import.meta.url));

/** Self-signed, and worth nothing: its key is in the repository. */
export const certificate = (): { key: Buffer; cert: Buffer } => ({
  key: fixture('test-only-key.pem'),
  cert: fixture('test-only-certificate.pem'),
});

export const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';

/** A loopback server that writes whatever bytes a test tells it to. */
export async function rawServer(behaviour: RawBehaviour): Promise<RawServer> {
  const { onRequest, onConnection, isSecure = false, socketPath } = behaviour;
  const sockets = new Set<Socket>();
  const counts = { requests: 0, connections: 0 };
  const onSocket = (socket: Socket): void => {
    counts.connections += 1;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {}); // the tests break connections on purpose
    onConnection?.(socket);
    let unread = '';
    socket.on('data', (chunk) => {
      const parts = (unread + chunk.toString('latin1')).split('\r\n\r\n');
      unread = parts.pop() ?? '';
      for (let ended = 0; ended < parts.length; ended += 1) onRequest?.(socket, counts.requests++);
    });
  };
  const server: Server = isSecure ? createTlsServer(certificate(), onSocket) : createServer(onSocket);
  await new Promise<void>((resolve) => {
    if (socketPath === undefined) server.listen(0, '127.0.0.1', resolve);
    else server.listen(socketPath, resolve);
  });
  const port = socketPath === undefined ? (server.address() as AddressInfo).port : 80;
  return {
    origin: `http${isSecure ? 's' : ''}://127.0.0.1:${port}`,
    port,
    get requests() {
      return counts.requests;
    },
    get connections() {
      return counts.connections;
    },
    close() {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** An origin on which nobody listens. */
export async function refusedOrigin(): Promise<string> {
  const server = await rawServer({});
  await server.close();
  return server.origin;
}
