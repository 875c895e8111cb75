import { explain } from './failure.js';
import { prepareService } from './service.js';
import { dieAtOnce, stopOnSignal } from './stop.js';

/**
 * @typedef {{ kind: 'prepared' } | { kind: 'listening', url: string }
 *   | { kind: 'failed', reason: string }} Report from a worker to the supervisor
 */

/**
 * One of several: prepares, waits for the word of the supervisor, listens.
 *
 * @param {import('./options.js').Options} options
 */
export async function serveAsWorker(options) {
  // Ahead of the listener of node:cluster, whose process.exit waits for the threads.
  process.prependListener('disconnect', dieAtOnce);
  try {
    const preparing = prepareService(options, databaseOfSupervisor(options));
    stopOnSignal({
      close: async () => (await preparing).close(),
      deadlineMs: 1200, // shorter than the supervisor's
      giveUp: dieAtOnce,
    });
    const service = await preparing;
    const told = new Promise((resolve) => process.once('message', resolve));
    await report({ kind: 'prepared' });
    await told;
    await report({ kind: 'listening', url: await service.listen() });
  } catch (error) {
    await report({ kind: 'failed', reason: explain(error, options) });
    process.exit(1);
  }
}

/**
 * @param {import('./options.js').Options} options
 */
function databaseOfSupervisor({ databasePath }) {
  if (databasePath === undefined) throw new Error('the supervisor named no database file');
  return databasePath;
}

/**
 * @param {Report} message
 * @returns {Promise<void>}
 */
function report(message) {
  return new Promise((resolve) => process.send?.(message, undefined, undefined, () => resolve()));
}
