import { parentPort, workerData } from 'node:worker_threads';
import { openItems } from './database.js';
import { blockThread } from './sleep.js';

/**
 * @typedef {{ kind: 'sleep', durationMs: number }
 *   | { kind: 'read', id: number }
 *   | { kind: 'write', id: number, change: import('./database.js').Change }
 *   | { kind: 'seed' }} Task
 */

/** @type {unknown} */
const given = workerData;
const items = openItems(/** @type {{ databasePath: string }} */ (given).databasePath);

/**
 * The code of every pool thread; each has its own connection.
 *
 * @param {Task} task
 */
export default function perform(task) {
  switch (task.kind) {
    case 'sleep':
      blockThread(task.durationMs);
      return undefined;
    case 'read':
      return items.read(task.id);
    case 'write':
      return items.write(task.id, task.change);
    case 'seed':
      return items.seed();
    default:
      return unreachable(task);
  }
}

/**
 * @param {never} task
 * @returns {never}
 */
function unreachable(task) {
  throw new Error(`unknown task ${JSON.stringify(task)}`);
}

parentPort?.postMessage('opened');
