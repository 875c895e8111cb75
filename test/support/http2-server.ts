import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { certificate } from './raw-server.js';

const PREFACE_BYTES = 24;
const HEADER_BYTES = 9;
const TYPES = { data: 0, headers: 1, reset: 3, settings: 4, ping: 6, goaway: 7 } as const;
const END_STREAM = 1;
const END_HEADERS = 4;
const ACK = 1;

export const RESET_CODES = { none: 0, protocol: 1, internal: 2, refused: 7, cancel: 8 } as const;

/** One request of a raw HTTP/2 server, and the frames that may go back. */
export interface Http2Exchange {
  /** Counted from 0 over all connections. */
  readonly number: number;
  readonly stream: number;
  readonly socket: Socket;
  /** Sends whatever bytes come out of the frames below, at once. */
  answer(...frames: Buffer<ArrayBuffer>[]): void;
  headers(options?: {
    status?: number;
    fields?: readonly [string, string][];
    isLast?: boolean;
  }): Buffer<ArrayBuffer>;
  data(text: string, isLast?: boolean): Buffer<ArrayBuffer>;
  trailers(): Buffer<ArrayBuffer>;
  reset(code: number): Buffer<ArrayBuffer>;
  goaway(lastStream: number, code?: number): Buffer<ArrayBuffer>;
}

export interface Http2Behaviour {
  readonly onRequest?: (exchange: Http2Exchange) => void;
  /** What it says of SETTINGS_MAX_CONCURRENT_STREAMS. */
  readonly maxConcurrentStreams?: number;
  /** With an untrusted certificate, and HTTP/2 chosen by ALPN. */
  readonly isSecure?: boolean;
  readonly socketPath?: string;
}

export interface Http2Server {
  readonly origin: string;
  /** Header blocks that have come, each of a request of its own. */
  readonly requests: number;
  readonly connections: number;
  /** Most requests that were under way on one connection. */
  readonly mostAtOnce: number;
  /** Streams that the client has reset. */
  readonly resets: number;
  close(): Promise<void>;
}

export const whole = (exchange: Http2Exchange): void =>
  exchange.answer(exchange.headers(), exchange.data('ok', true));

/** A loopback server that writes whatever frames a test tells it to (RFC 9113), written without an HTTP library. */
export async function http2Server(behaviour: Http2Behaviour): Promise<Http2Server> {
  const { onRequest = whole, isSecure = false, maxConcurrentStreams, socketPath } = behaviour;
  const counts = { requests: 0, connections: 0, mostAtOnce: 0, resets: 0 };
  const sockets = new Set<Socket>();
  const onSocket = (socket: Socket): void => {
    counts.connections += 1;
    sockets.add(socket);
    const open = new Set<number>();
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {}); // the tests break connections on purpose
    socket.write(frame(TYPES.settings, 0, 0, settings(maxConcurrentStreams)));
    readFrames(socket, (type, flags, stream) => {
      if (type === TYPES.settings && (flags & ACK) === 0) socket.write(frame(TYPES.settings, ACK, 0));
      if (type === TYPES.reset) {
        counts.resets += 1;
        open.delete(stream);
      }
      if (type !== TYPES.headers) return;
      open.add(stream);
      counts.mostAtOnce = Math.max(counts.mostAtOnce, open.size);
      onRequest(exchangeOn(socket, stream, counts.requests++, open));
    });
  };
  const server: Server = isSecure
    ? createTlsServer({ ...certificate(), ALPNProtocols: ['h2'] }, onSocket)
    : createServer(onSocket);
  await new Promise<void>((resolve) => {
    if (socketPath === undefined) server.listen(0, '127.0.0.1', resolve);
    else server.listen(socketPath, resolve);
  });
  const port = socketPath === undefined ? (server.address() as AddressInfo).port : 80;
  return {
    origin: `http${isSecure ? 's' : ''}://127.0.0.1:${port}`,
    get requests() {
      return counts.requests;
    },
    get connections() {
      return counts.connections;
    },
    get mostAtOnce() {
      return counts.mostAtOnce;
    },
    get resets() {
      return counts.resets;
    },
    close() {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function exchangeOn(socket: Socket, stream: number, number: number, open: Set<number>): Http2Exchange {
  return {
    ...{ number, stream, socket },
    answer(...frames) {
      // An answer that is over makes room for the next request.
      if (frames.some((one) => one[3] === TYPES.reset || ((one[4] as number) & END_STREAM) === END_STREAM))
        open.delete(stream);
      socket.write(Buffer.concat(frames));
    },
    headers({ status = 200, fields = [], isLast = false } = {}) {
      const block = Buffer.concat([[':status', String(status)] as const, ...fields].map(literal));
      return frame(TYPES.headers, END_HEADERS | (isLast ? END_STREAM : 0), stream, block);
    },
    data: (text, isLast = false) => frame(TYPES.data, isLast ? END_STREAM : 0, stream, Buffer.from(text)),
    trailers: () => frame(TYPES.headers, END_HEADERS | END_STREAM, stream, literal(['x-checksum', 'none'])),
    reset: (code) => frame(TYPES.reset, 0, stream, words(code)),
    goaway: (lastStream, code = 0) => frame(TYPES.goaway, 0, 0, words(lastStream, code)),
  };
}

/** A field without indexing, name and value as they are: RFC 7541, 6.2.2. */
function literal([name, value]: readonly [string, string]): Buffer<ArrayBuffer> {
  const [a, b] = [Buffer.from(name), Buffer.from(value)];
  return Buffer.concat([Buffer.from([0, a.length]), a, Buffer.from([b.length]), b]);
}

function frame(type: number, flags: number, stream: number, payload = Buffer.alloc(0)): Buffer<ArrayBuffer> {
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUIntBE(payload.length, 0, 3);
  header[3] = type;
  header[4] = flags;
  header.writeUInt32BE(stream, 5);
  return Buffer.concat([header, payload]);
}

function words(...numbers: number[]): Buffer<ArrayBuffer> {
  const bytes = Buffer.alloc(4 * numbers.length);
  for (const [at, number] of numbers.entries()) bytes.writeUInt32BE(number, 4 * at);
  return bytes;
}

function settings(maxConcurrentStreams: number | undefined): Buffer<ArrayBuffer> {
  if (maxConcurrentStreams === undefined) return Buffer.alloc(0);
  return Buffer.concat([Buffer.from([0, 3]), words(maxConcurrentStreams)]);
}

function readFrames(socket: Socket, onFrame: (type: number, flags: number, stream: number) => void): void {
  let unread: Buffer = Buffer.alloc(0);
  let hasPreface = false;
  socket.on('data', (chunk: Buffer) => {
    unread = Buffer.concat([unread, chunk]);
    if (!hasPreface) {
      if (unread.length < PREFACE_BYTES) return;
      unread = unread.subarray(PREFACE_BYTES);
      hasPreface = true;
    }
    while (unread.length >= HEADER_BYTES) {
      const length = unread.readUIntBE(0, 3);
      if (unread.length < HEADER_BYTES + length) return;
      const [type, flags, stream] = [unread[3] as number, unread[4] as number, unread.readUInt32BE(5)];
      unread = unread.subarray(HEADER_BYTES + length);
      onFrame(type, flags, stream);
    }
  });
}
