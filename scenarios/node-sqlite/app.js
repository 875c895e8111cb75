import fastify from 'fastify';
import swagger from '@fastify/swagger';
import { addDbRoutes } from './db-routes.js';
import { addSimpleRoutes } from './simple-routes.js';

/**
 * @param {object} parts
 * @param {import('./threads.js').Threads} parts.pool
 * @param {import('./threads.js').Threads} parts.databaseThread
 * @param {import('./items.js').Items} parts.itemsOnLoop
 */
export async function buildApp({ pool, databaseThread, itemsOnLoop }) {
  const app = fastify({ logger: false, forceCloseConnections: true });
  await app.register(swagger, {
    openapi: { openapi: '3.1.0', info: { title: 'node-sqlite', version: '1.0.0' } },
  });

  addSimpleRoutes(app, pool);
  addDbRoutes(
    app,
    [
      {
        path: 'async',
        name: 'async',
        summary: 'on the one database thread of the process',
        items: databaseThread,
      },
      {
        path: 'sync_threadpool',
        name: 'sync_threadpool',
        summary: 'in the thread pool, a connection for each thread',
        items: pool,
      },
      {
        path: 'async/blocking',
        name: 'async_blocking',
        summary: 'on the event loop, which it blocks (an anti-pattern)',
        items: itemsOnLoop,
      },
    ],
    databaseThread.seed,
  );

  app.get('/health', { schema: { hide: true } }, () => ({ status: 'ok' }));
  app.get('/openapi.json', { schema: { hide: true } }, () => app.swagger());
  await app.ready();
  return app;
}
