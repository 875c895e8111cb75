import { createDatabaseFile } from './database-file.js';
import { prepareService } from './service.js';
import { dieAtOnce, stopOnSignal } from './stop.js';

/**
 * One worker: everything in this process.
 *
 * @param {import('./options.js').Options} options
 */
export async function serveAlone(options) {
  const preparing = prepareService(options, createDatabaseFile(options.databasePath));
  stopOnSignal({
    close: async () => (await preparing).close(),
    deadlineMs: 1600,
    giveUp: dieAtOnce,
  });
  const url = await (await preparing).listen();
  process.stdout.write(`node-sqlite listens on ${url}, 1 worker, pid ${process.pid}\n`);
}
