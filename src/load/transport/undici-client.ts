import type { Socket } from 'node:net';
import { Client } from 'undici';
import { HEAD_LIMIT_BYTES } from './response-reader.js';

const LONGEST_IDLE_MS = 600_000;
const IDLE_MARGIN_MS = 500;
/** The reason given to undici for requests that the driver gave up; never shown. */
export const ABANDONED = new Error('given up by the driver');

/** What undici's connector calls when it is done. */
export type Connected = (...end: [error: Error, socket: null] | [error: null, socket: Socket]) => void;

/** A client of undici for one connection, which `connect` opens. */
export function newClient(origin: string, connect: (done: Connected) => void): Client {
  return new Client(origin, {
    pipelining: 1,
    maxHeaderSize: HEAD_LIMIT_BYTES,
    // Deadlines are the driver's: undici's timers are coarse and count from another moment.
    headersTimeout: 0,
    bodyTimeout: 0,
    // As long as the target does not say how long it keeps an idle connection, it is the one to close it.
    keepAliveTimeout: LONGEST_IDLE_MS,
    keepAliveTimeoutThreshold: IDLE_MARGIN_MS,
    connect: (_options, done) => connect(done),
  });
}

/** Resolves when the client's connection is open or has failed. */
export function openClient(client: Client): Promise<void> {
  return new Promise((resolve) => {
    // undici connects for a request only; one that is refused by its own handler leaves nothing behind it.
    const refusing = {
      onConnect() {
        throw ABANDONED;
      },
      onError: () => resolve(),
      onHeaders: () => true,
      onData: () => true,
      onComplete() {},
    };
    client.dispatch({ method: 'GET', path: '/' }, refusing);
  });
}
