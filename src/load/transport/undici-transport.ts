import type { Dispatcher } from 'undici';
import { fillHoles } from '../../model/requests/holes.js';
import type { RequestBlueprint } from '../../model/requests/request.js';
import { NO_LISTENER, type Transport, type TransportOptions } from './transport.js';
import { Connection } from './undici-connection.js';
import type { Shared } from './undici-shared.js';

const READ_BUFFER_BYTES = 64 * 1024;

/** Sends over HTTP/1.1 with one undici Client for each connection, no pipelining. */
export function undiciTransport(options: TransportOptions): Transport {
  const ready = ({ method, path, headers, body }: RequestBlueprint): Dispatcher.DispatchOptions => ({
    ...{ method, path, headers },
    body: body === null ? null : Buffer.from(body),
    // Left to itself, undici closes the connection after a HEAD, and after a GET or DELETE with a body.
    reset: !options.keepAlive,
  });
  const fixed = (options.requests ?? []).filter(({ holes }) => holes === undefined);
  const requests = new Map(fixed.map((blueprint) => [blueprint, ready(blueprint)]));
  const shared: Shared = {
    listener: NO_LISTENER,
    connectionsOpened: 0,
    ends: { byTarget: 0, byBench: 0, afterTimeout: 0 },
    clock: options.clock,
    address: options,
    keeps: options.keeps,
    buffer: Buffer.allocUnsafe(READ_BUFFER_BYTES),
    requestOf: (blueprint, serial) => requests.get(blueprint) ?? ready(fillHoles(blueprint, serial)),
  };
  const connections = Array.from(
    { length: options.maxConnections },
    (_, slot) => new Connection(slot, shared),
  );
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
    async close() {
      shared.listener = NO_LISTENER;
      await Promise.all(connections.map((connection) => connection.close()));
    },
  };
}
