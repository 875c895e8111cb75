import { buildApp } from './app.js';
import { createDatabaseFile } from './database.js';
import { explain, stopOnSignal } from './ending.js';

/**
 * @typedef {{ kind: 'prepared' } | { kind: 'listening', url: string }
 *   | { kind: 'failed', reason: string }} Report from a worker to the supervisor
 */

// As uvicorn; the kernel may allow less.
const BACKLOG = 2048;

/**
 * The only worker: everything in this process.
 *
 * @param {import('./options.js').Options} options
 */
export async function serveAlone({ host, port, databasePath }) {
  const app = await buildStoppable(createDatabaseFile(databasePath), 1600);
  const url = await app.listen({ host, port, backlog: BACKLOG });
  process.stdout.write(`node-sqlite listens on ${url}, 1 worker, pid ${process.pid}\n`);
}

/**
 * One of several: prepares, waits for the word of the supervisor, listens.
 *
 * @param {import('./options.js').Options} options
 */
export async function serveAsWorker(options) {
  const { host, port, databasePath } = options;
  // Ahead of the listener of node:cluster, whose process.exit waits for the threads.
  process.prependListener('disconnect', dieAtOnce);
  try {
    if (databasePath === undefined) throw new Error('the supervisor named no database file');
    const app = await buildStoppable(databasePath, 1200); // shorter than the supervisor's
    const told = new Promise((resolve) => process.once('message', resolve));
    await report({ kind: 'prepared' });
    await told;
    const url = await app.listen({ host, port, backlog: BACKLOG });
    await report({ kind: 'listening', url });
  } catch (error) {
    await report({ kind: 'failed', reason: explain(error, options) });
    process.exit(1);
  }
}

/**
 * Signals are heeded from the start on: threads have to be up before they can be closed.
 *
 * @param {string} databasePath
 * @param {number} deadlineMs
 */
function buildStoppable(databasePath, deadlineMs) {
  const building = buildApp(databasePath);
  stopOnSignal({ close: async () => (await building).close(), deadlineMs, giveUp: dieAtOnce });
  return building;
}

/**
 * For when time is short: `process.exit` waits for every thread, and libsql aborts the process
 * when its thread is ended in the middle of a call.
 */
function dieAtOnce() {
  process.kill(process.pid, 'SIGKILL');
}

/**
 * @param {Report} message
 * @returns {Promise<void>}
 */
function report(message) {
  return new Promise((resolve) => process.send?.(message, undefined, undefined, () => resolve()));
}
