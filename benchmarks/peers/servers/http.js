import { createServer } from 'node:net';

/** `Connection` is for HTTP/1.0 clients, which close the connection without it. */
export const ANSWER = Buffer.from(
  'HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2\r\nConnection: keep-alive\r\n\r\nok',
);
const END = '\r\n\r\n';

/**
 * Listens on a free port of the loopback address and tells its parent which; calls back for each request.
 * Requests have no bodies, so the end of one is an empty line.
 *
 * @param {(socket: import('node:net').Socket) => void} onRequest
 */
export function serve(onRequest) {
  const server = createServer({ noDelay: true }, (socket) => {
    /** @type {Buffer | null} */
    let rest = null;
    socket.on('error', () => socket.destroy()); // load generators reset their connections in the end
    socket.on('data', (/** @type {Buffer} */ chunk) => {
      const data = rest ? Buffer.concat([rest, chunk]) : chunk;
      let from = 0;
      for (let end = data.indexOf(END); end !== -1; end = data.indexOf(END, from)) {
        from = end + END.length;
        onRequest(socket);
      }
      rest = from < data.length ? data.subarray(from) : null;
    });
  });
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    if (address && typeof address === 'object') tell({ kind: 'listening', port: address.port });
  });
  process.once('disconnect', () => process.exit()); // its parent is gone
}

/** @param {import('../servers.js').Told} message */
export function tell(message) {
  process.send?.(message);
}

/**
 * Turns the event loop without pause, so that no arrival waits for the kernel to wake a sleeping process.
 *
 * @param {() => boolean} turn false ends it
 */
export function spin(turn) {
  if (turn()) setImmediate(spin, turn);
}
