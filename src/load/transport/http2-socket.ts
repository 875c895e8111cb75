import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { Clock } from '../../kernel/clock.js';
import { openSocket, socketIsSecure, type Destination } from './open-socket.js';

/** The server speaks HTTP, but not HTTP/2; the message says how that showed. */
export class Http2NotSpoken extends Error {
  readonly code = 'HTTP2_NOT_SPOKEN';
}

/** OpenSSL's name for the server's refusal of all that was offered. */
const NO_COMMON_PROTOCOL = 'ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL';
const NOT_OFFERED = 'the server does not offer HTTP/2 when TLS is set up (ALPN)';

type Opened = (error: Error | null, socket: Socket | null) => void;

/**
 * Opens a connection for HTTP/2 and for nothing else: over TLS the server must choose it (ALPN), without TLS it
 * must know it (prior knowledge). `opened` is called once.
 */
export function openHttp2Socket(
  destination: Destination,
  limitMs: number,
  clock: Clock,
  opened: Opened,
): Socket {
  const socket = openSocket(destination, 'h2', undefined);
  let isSettled = false;
  const settle = (error: Error | null): void => {
    if (isSettled) return;
    isSettled = true;
    cancelLimit();
    if (error === null) opened(null, socket);
    else {
      socket.destroy();
      opened(error, null);
    }
  };
  const cancelLimit = clock.after(limitMs, () =>
    settle(withCode('the connection was not open in time', 'ETIMEDOUT')),
  );
  socket.on('error', (error) => settle(refusesHttp2(error) ? new Http2NotSpoken(NOT_OFFERED) : error));
  socket.on('close', () => settle(withCode('the connection was closed as it was opened', 'ECONNRESET')));
  socket.on(socketIsSecure(destination) ? 'secureConnect' : 'connect', () => {
    if (socket instanceof TLSSocket && socket.alpnProtocol !== 'h2') settle(new Http2NotSpoken(NOT_OFFERED));
    else settle(null);
  });
  return socket;
}

function refusesHttp2(error: NodeJS.ErrnoException): boolean {
  return error.code === NO_COMMON_PROTOCOL;
}

function withCode(message: string, code: string): Error {
  return Object.assign(new Error(message), { code });
}

/** Makes undici take a socket for one that has agreed on HTTP/2, which it otherwise learns from TLS alone. */
export function asHttp2(socket: Socket): Socket {
  return socket instanceof TLSSocket ? socket : Object.assign(socket, { alpnProtocol: 'h2' });
}
