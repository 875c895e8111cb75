import fastify from 'fastify';
import swagger from '@fastify/swagger';
import { openItems } from './database.js';
import { addDbRoutes } from './db-routes.js';
import { addSimpleRoutes } from './simple-routes.js';
import { startThreads } from './threads.js';

// As many as AnyIO, on which FastAPI runs its synchronous handlers.
const POOL_THREADS = 40;
// The thread keeps its own queue, as that of aiosqlite does, instead of asking for each task.
const DATABASE_THREAD_QUEUE = 64;

/**
 * All that one process serves, ready to listen: every thread is up and has its connection.
 *
 * @param {string} databasePath
 */
export async function buildApp(databasePath) {
  const [pool, databaseThread] = await Promise.all([
    startThreads({ count: POOL_THREADS, databasePath }),
    startThreads({ count: 1, databasePath, tasksPerThread: DATABASE_THREAD_QUEUE }),
  ]);

  const app = fastify({ logger: false, forceCloseConnections: true });
  // Runs when the server has closed, so that no request comes after its threads.
  app.addHook('onClose', async () => {
    await Promise.all([pool.close(), databaseThread.close()]);
  });
  await app.register(swagger, {
    openapi: { openapi: '3.1.0', info: { title: 'node-sqlite', version: '1.0.0' } },
  });
  addSimpleRoutes(app, pool);
  addDbRoutes(app, { databaseThread, pool, itemsOnLoop: openItems(databasePath) });
  app.get('/health', { schema: { hide: true } }, () => ({ status: 'ok' }));
  app.get('/openapi.json', { schema: { hide: true } }, () => app.swagger());
  await app.ready();
  return app;
}
