import { fileURLToPath } from 'node:url';
import { SHARE_ENV } from 'node:worker_threads';
import { Piscina } from 'piscina';

/**
 * @typedef {object} Threads
 * @property {(durationMs: number) => Promise<void>} sleep
 * @property {(id: number) => Promise<import('./database.js').Found>} read
 * @property {(id: number, change: import('./database.js').Change) => Promise<import('./database.js').Found>} write
 * @property {() => Promise<number>} seed
 * @property {() => Promise<void>} close
 */

/**
 * Resolves when exactly `count` threads are up and each has its own connection.
 *
 * @param {{ count: number, databasePath: string, tasksPerThread?: number }} options
 * @returns {Promise<Threads>}
 */
export async function startThreads({ count, databasePath, tasksPerThread = 1 }) {
  const pool = new Piscina({
    filename: fileURLToPath(new URL('thread.js', import.meta.url)),
    workerData: { databasePath },
    minThreads: count,
    maxThreads: count,
    concurrentTasksPerWorker: tasksPerThread,
    env: SHARE_ENV,
    recordTiming: false,
  });
  await allOpened(pool, count);

  /** @param {import('./thread.js').Task} task */
  const run = (task) => pool.run(task);
  return {
    sleep: (durationMs) => run({ kind: 'sleep', durationMs }),
    read: (id) => run({ kind: 'read', id }),
    write: (id, change) => run({ kind: 'write', id, change }),
    seed: () => run({ kind: 'seed' }),
    // Drops what is queued but waits for what runs: ending a thread inside libsql aborts the process.
    close: () => pool.close({ force: true }),
  };
}

/**
 * Resolves when so many threads have said that they are up.
 *
 * The listener for errors goes away afterwards, so that a thread which dies later ends the process.
 *
 * @param {Piscina} pool
 * @param {number} count
 * @returns {Promise<void>}
 */
export function allOpened(pool, count) {
  return new Promise((resolve, reject) => {
    let opened = 0;
    pool.on('error', reject);
    pool.on('message', () => {
      opened += 1;
      if (opened < count) return;
      pool.off('error', reject);
      resolve();
    });
  });
}
