/*
 * Hot path: runs for every request. HTTP/1.1 written to and read from sockets directly: requests are bytes
 * made ready before the run, answers are read from one buffer that all connections share, and nothing is
 * allocated for a request but what the socket itself needs. It holds half as much load again as undici's
 * dispatch, and leaves a fraction of its garbage, and so of its pauses.
 */
import { NO_LISTENER, type Transport, type TransportOptions } from './transport.js';
import { Connection } from './wire-connection.js';
import { Shared, TICK_MS } from './wire-shared.js';

/** Sends over HTTP/1.1 with one socket for each slot, no pipelining. */
export function wireTransport(options: TransportOptions): Transport {
  const shared = new Shared(options);
  const connections = Array.from(
    { length: options.maxConnections },
    (_, slot) => new Connection(slot, shared),
  );
  const stopTicks = options.clock.every(TICK_MS, () => {
    shared.ticks += 1;
    if (shared.idleLimitTicks === Infinity) return;
    for (const connection of connections) connection.closeIfStale();
  });
  return {
    slots: options.maxConnections,
    get connectionsOpened() {
      return shared.connectionsOpened;
    },
    connectionEnds: shared.ends,
    listen(listener) {
      shared.listener = listener;
    },
    open: (slot) => connections[slot]?.open() ?? Promise.resolve(),
    send: (slot, request, serial = 0) => connections[slot]?.send(request, serial),
    kept: (slot) => connections[slot]?.kept,
    abort: (slot) => connections[slot]?.abort(),
    closeIdle: (slot) => connections[slot]?.closeIdle(),
    close() {
      stopTicks();
      shared.listener = NO_LISTENER;
      for (const connection of connections) connection.close();
      return Promise.resolve();
    },
  };
}
