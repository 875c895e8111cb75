import { openItems } from './items.js';
import { startThreads } from './threads.js';

// As many as AnyIO, on which FastAPI runs its synchronous handlers.
const poolThreads = 40;
// The thread keeps its own queue, as that of aiosqlite does, instead of asking for each task.
const databaseThreadQueue = 64;
// As uvicorn; the kernel may allow less.
const backlog = 2048;

/**
 * All that one process serves, ready to listen.
 *
 * @param {{ host: string, port: number }} address
 * @param {string} databasePath
 */
export async function prepareService({ host, port }, databasePath) {
  // The framework loads while the threads start.
  const [pool, databaseThread, { buildApp }] = await Promise.all([
    startThreads({ count: poolThreads, databasePath }),
    startThreads({ count: 1, databasePath, tasksPerThread: databaseThreadQueue }),
    import('./app.js'),
  ]);
  const app = await buildApp({ pool, databaseThread, itemsOnLoop: openItems(databasePath) });

  return {
    /** @returns {Promise<string>} the URL */
    listen: () => app.listen({ host, port, backlog }),

    async close() {
      await app.close();
      await Promise.all([pool.close(), databaseThread.close()]);
    },
  };
}
