import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { SERVER_CORE, isInstalled, pinned } from './machine.js';
import { own } from './owned.js';

/**
 * @typedef {{ count: number, keptCount: number, ratePerSecond: number, gapErrorUs: { p50: number, p99: number, max: number }, offScheduleP99Us: number }} Arrivals
 *   `count` is of all; the rest is of those from one second after the first.
 * @typedef {{ count: number, p50Ms: number, p99Ms: number }} Delays
 * @typedef {{ firstMs: number, thoughts: { fromMs: number, ms: number }[] }} Visit
 *   A connection: when its first request came, and each time from an answer to the next request.
 * @typedef {{ kind: 'reset' } | { kind: 'count' } | { kind: 'summary', ratePerSecond: number }} Order
 * @typedef {{ kind: 'listening', port: number } | { kind: 'first' } | { kind: 'reset' } | { kind: 'count', count: number } | ({ kind: 'arrivals' } & Arrivals) | ({ kind: 'delays' } & Delays)} Told
 * @typedef {{ origin: string, stop: () => Promise<void> }} Server
 */

// A large young generation and no helper threads: collecting garbage would look like the client's jitter.
const FLAGS = ['--expose-gc', '--max-semi-space-size=64', '--single-threaded-gc'];
const READY_SECONDS = 10;

/** A program of this folder, on the server's core, that takes orders and tells what it saw. */
export class ToldServer {
  /** @param {'arrivals' | 'known-delay'} name @param {readonly string[]} [words] for the program */
  static async start(name, words = []) {
    const file = fileURLToPath(new URL(`./servers/${name}.js`, import.meta.url));
    const { program, args } = pinned(SERVER_CORE, process.execPath, [...FLAGS, file, ...words]);
    const child = own(spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] }));
    const server = new ToldServer(child);
    const { port } = await server.next('listening');
    server.origin = `http://127.0.0.1:${port}`;
    return server;
  }

  origin = '';

  /** @param {import('node:child_process').ChildProcess} child */
  constructor(child) {
    this.child = child;
  }

  /** @param {Order} order */
  order(order) {
    this.child.send(order);
  }

  /**
   * @template {Told['kind']} K
   * @param {K} kind
   * @returns {Promise<Extract<Told, { kind: K }>>}
   */
  next(kind) {
    const { child } = this;
    return new Promise((resolve, reject) => {
      const onExit = () => reject(new Error('the server ended'));
      const onMessage = (/** @type {Told} */ told) => {
        if (told.kind !== kind) return;
        child.off('message', onMessage).off('exit', onExit);
        resolve(/** @type {Extract<Told, { kind: K }>} */ (told));
      };
      child.on('message', onMessage).once('exit', onExit);
    });
  }

  async reset() {
    const reset = this.next('reset');
    this.order({ kind: 'reset' });
    await reset;
  }

  async stop() {
    await end(this.child);
  }
}

/**
 * The server whose own limit is highest: one nginx process which answers from its configuration.
 *
 * @param {string} folder
 * @returns {Promise<Server>}
 */
export async function startFastest(folder) {
  return isInstalled('nginx') ? startNginx(folder, 'access_log off;') : ToldServer.start('arrivals');
}

/**
 * The same nginx, which notes each request to the millisecond.
 *
 * @param {string} folder
 * @returns {Promise<Server & { visits: () => Visit[] }>} the visits after it has stopped
 */
export async function startNoting(folder) {
  const file = join(folder, 'visits.log');
  const format = "log_format visit '$connection $msec $request_time';";
  const server = await startNginx(folder, `${format}\n  access_log ${file} visit;`);
  return { ...server, visits: () => visitsIn(readFileSync(file, 'utf8')) };
}

/** @param {string} log @returns {Visit[]} */
function visitsIn(log) {
  /** @type {Map<string, Visit & { answeredMs: number }>} */
  const visits = new Map();
  for (const line of log.trimEnd().split('\n')) {
    const [connection = '', answered, took] = line.split(' ');
    const answeredMs = Number(answered) * 1000;
    const beganMs = answeredMs - Number(took) * 1000;
    const visit = visits.get(connection);
    if (visit === undefined) {
      visits.set(connection, { firstMs: beganMs, thoughts: [], answeredMs });
    } else {
      visit.thoughts.push({ fromMs: visit.answeredMs, ms: beganMs - visit.answeredMs });
      visit.answeredMs = answeredMs;
    }
  }
  return [...visits.values()];
}

/** @param {string} folder @param {string} log @returns {Promise<Server>} */
async function startNginx(folder, log) {
  const port = await freePort();
  const file = join(folder, 'nginx.conf');
  writeFileSync(file, nginxConfig(folder, port, log));
  const { program, args } = pinned(SERVER_CORE, 'nginx', ['-p', folder, '-c', file, '-e', 'stderr']);
  const child = own(spawn(program, args, { stdio: ['ignore', 'ignore', 'inherit'] }));
  await accepts(port);
  return { origin: `http://127.0.0.1:${port}`, stop: () => end(child) };
}

/** @param {string} folder @param {number} port @param {string} log */
function nginxConfig(folder, port, log) {
  const bodies = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  return `daemon off;
master_process off;
pid ${join(folder, 'nginx.pid')};
error_log stderr crit;
events { worker_connections 4096; }
http {
  ${log}
  keepalive_requests 1000000000;
  keepalive_timeout 1h;
  ${bodies.map((name) => `${name}_temp_path ${join(folder, name)};`).join('\n  ')}
  server {
    listen 127.0.0.1:${port};
    location / { default_type text/plain; return 200 'ok'; }
  }
}
`;
}

/** @returns {Promise<number>} */
async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (!address || typeof address === 'string') throw new Error('no free port');
  return address.port;
}

/** @param {number} port */
async function accepts(port) {
  for (let waitedSeconds = 0; waitedSeconds < READY_SECONDS; waitedSeconds += 0.1) {
    const socket = connect(port, '127.0.0.1');
    const isUp = await once(socket, 'connect').then(
      () => true,
      () => false,
    );
    socket.destroy();
    if (isUp) return;
    await sleep(100);
  }
  throw new Error(`no server on port ${port} after ${READY_SECONDS} s`);
}

/** @param {import('node:child_process').ChildProcess} child */
async function end(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  await exit;
}
