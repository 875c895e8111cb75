import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

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
}

export const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';

/** A loopback server that writes whatever bytes a test tells it to. */
export async function rawServer({ onRequest, onConnection }: RawBehaviour): Promise<RawServer> {
  const sockets = new Set<Socket>();
  const counts = { requests: 0, connections: 0 };
  const server: Server = createServer((socket) => {
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
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
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
