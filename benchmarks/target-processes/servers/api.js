/*
 * A tiny API with one operation that costs processor time, and that writes down every request it gets. Each option
 * is one way in which a server can be awkward.
 */
import { spawn } from 'node:child_process';
import cluster from 'node:cluster';
import { appendFileSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { parseArgs } from 'node:util';
import { clientVariable } from '../witness.js';

const { values } = parseArgs({
  options: {
    log: { type: 'string', default: '/dev/null' },
    host: { type: 'string', default: '127.0.0.1' },
    // Left out, it comes from the environment.
    port: { type: 'string', default: process.env['PORT'] ?? '3000' },
    /** Milliseconds until it listens. */
    delay: { type: 'string', default: '0' },
    /** Milliseconds of work for each request. */
    burn: { type: 'string', default: '0' },
    /** Share of a core that is used all the time, in percent. */
    idle: { type: 'string', default: '0' },
    workers: { type: 'string', default: '0' },
    /** Says of each request who asked, by this variable of the client's environment. */
    client: { type: 'string' },
    /** Ends when it has answered that often. */
    'dies-after': { type: 'string', default: 'Infinity' },
    'ignores-signals': { type: 'boolean', default: false },
    'ends-with-input': { type: 'boolean', default: false },
    /** Starts a child in a session of its own that takes no SIGTERM. */
    'stubborn-child': { type: 'boolean', default: false },
    sleeps: { type: 'boolean', default: false },
  },
});

const DOCUMENT = readFileSync(new URL('openapi.json', import.meta.url));
/** Who asks does not change on a connection. @type {WeakMap<import('node:net').Socket, string>} */
const clients = new WeakMap();

if (values['ignores-signals']) for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(name, () => {});
if (values['ends-with-input']) process.stdin.on('end', () => process.exit(0)).resume();
if (values['stubborn-child'])
  spawn(process.execPath, [import.meta.filename, '--sleeps', '--ignores-signals'], {
    detached: true,
    stdio: 'ignore',
  });

if (values.sleeps) setInterval(() => {}, 1000);
else if (cluster.isPrimary && Number(values.workers) > 0) {
  for (let worker = 0; worker < Number(values.workers); worker += 1) cluster.fork();
} else setTimeout(serve, Number(values.delay));

function serve() {
  const lifetime = Number(values['dies-after']);
  let answered = 0;
  const server = createServer((request, response) => {
    const { localPort: port = 0 } = request.socket;
    const client = values.client && { client: clientOf(request.socket, values.client) };
    const line = { atMs: Date.now(), pid: process.pid, port, path: request.url, ...client };
    appendFileSync(values.log, `${JSON.stringify(line)}\n`);
    if (request.url === '/work') burn(Number(values.burn));
    response.setHeader('content-type', 'application/json');
    response.end(request.url === '/openapi.json' ? DOCUMENT : '{}');
    answered += 1;
    if (answered >= lifetime) response.once('close', () => process.exit(1));
  });
  server.listen(Number(values.port), values.host);
  const idle = Number(values.idle);
  if (idle > 0) setInterval(() => burn(idle), 100);
}

/** @param {import('node:net').Socket} socket @param {string} variable */
function clientOf(socket, variable) {
  const { localPort: to = 0, remotePort: from = 0 } = socket;
  const client = clients.get(socket) ?? clientVariable(variable, { from, to }) ?? 'unknown';
  clients.set(socket, client);
  return client;
}

/** @param {number} ms */
function burn(ms) {
  const endMs = performance.now() + ms;
  while (performance.now() < endMs);
}
