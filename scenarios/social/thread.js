import { parentPort, workerData } from 'node:worker_threads';
import { openSocial } from './database.js';

/**
 * @typedef {ReturnType<typeof openSocial>} Social
 * @typedef {{ name: Exclude<keyof Social, 'close'>, args: unknown[] }} Call
 */

/** @type {unknown} */
const given = workerData;
const social = openSocial(/** @type {{ databasePath: string }} */ (given).databasePath);

/**
 * The code of every database thread.
 *
 * @param {Call} call
 */
export default function perform({ name, args }) {
  const query = /** @type {(...args: unknown[]) => unknown} */ (social[name]);
  return query(...args);
}

parentPort?.postMessage('opened');
