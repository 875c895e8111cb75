import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import { codeOf, UserError } from '../../kernel/errors.js';
import { CONTENT_TYPES, type MetricsFormat } from '../../report/metrics/exposition.js';
import { preferredFormat } from './preferred-format.js';

export interface MetricsServer {
  /** Where the metrics are. */
  readonly url: string;
  /** Resolves when nothing listens any more. */
  close(): Promise<void>;
}

const HOST = '127.0.0.1';
/** A scraper or two, and somebody who looks; a flood of readers shall not disturb the measurement. */
const MOST_CONNECTIONS = 16;

/** Serves what `render` gives at the moment of asking; port 0 is a free one. Throws UserError when it is taken. */
export async function serveMetrics(
  port: number,
  render: (format: MetricsFormat) => string,
): Promise<MetricsServer> {
  const server = createServer((request, response) => answer(request, response, render));
  server.maxConnections = MOST_CONNECTIONS;
  await listen(server, port);
  const address = server.address();
  const taken = typeof address === 'object' && address ? address.port : port;
  return {
    url: `http://${HOST}:${taken}/metrics`,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function listen(server: Server, port: number): Promise<void> {
  try {
    server.listen(port, HOST);
    await once(server, 'listening');
  } catch (error) {
    const code = codeOf(error);
    if (code === 'EADDRINUSE')
      throw new UserError(
        'usage',
        `--prometheus: port ${port} on ${HOST} is taken.`,
        'Choose another one, or let bench take a free one with --prometheus 0.',
        { cause: error },
      );
    if (code === 'EACCES')
      throw new UserError(
        'usage',
        `--prometheus: port ${port} needs more rights than this user has.`,
        'Choose a port above 1023, or let bench take a free one with --prometheus 0.',
        { cause: error },
      );
    throw error;
  }
}

function answer(
  { method, url = '/', headers }: IncomingMessage,
  response: ServerResponse,
  render: (format: MetricsFormat) => string,
): void {
  const plain = { 'content-type': 'text/plain; charset=utf-8' };
  if (method !== 'GET' && method !== 'HEAD') {
    response.writeHead(405, { ...plain, allow: 'GET, HEAD' }).end('Only GET and HEAD.\n');
  } else if (url.split('?', 1)[0] !== '/metrics') {
    response.writeHead(404, plain).end('The metrics of this run are at /metrics.\n');
  } else {
    const format = preferredFormat(headers.accept ?? '');
    const type = { 'content-type': CONTENT_TYPES[format], vary: 'accept', 'cache-control': 'no-store' };
    response.writeHead(200, type).end(render(format));
  }
}
