import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import { allOpened } from '../node-sqlite/threads.js';

/**
 * Calls run on exactly `count` threads, each with a connection of its own, in the order in which they come: what finds no
 * thread free waits. Resolves when all of them are up.
 *
 * @param {{ count: number, databasePath: string }} options
 * @returns {Promise<Threads>}
 *
 * @typedef {import('./thread.js').Call} Call
 * @typedef {{ call: (name: Call['name'], ...args: unknown[]) => Promise<unknown>, close: () => Promise<void> }} Threads
 */
export async function startThreads({ count, databasePath }) {
  const pool = new Piscina({
    filename: fileURLToPath(new URL('thread.js', import.meta.url)),
    workerData: { databasePath },
    minThreads: count,
    maxThreads: count,
    recordTiming: false,
  });
  await allOpened(pool, count);
  return {
    call: (name, ...args) => pool.run({ name, args }),
    // Drops what is queued but waits for what runs: ending a thread inside libsql aborts the process.
    close: () => pool.close({ force: true }),
  };
}
