import fastify from 'fastify';
import swagger from '@fastify/swagger';
import { addRoutes } from './routes.js';
import { startThreads } from './threads.js';

/**
 * All that is served, ready to listen: every database thread is up.
 *
 * @param {{ databasePath: string, threads: number }} options
 */
export async function buildApp({ databasePath, threads: count }) {
  const threads = await startThreads({ count, databasePath });
  const app = fastify({ logger: false, forceCloseConnections: true });
  // Runs when the server has closed, so that no request comes after its threads.
  app.addHook('onClose', () => threads.close());
  await app.register(swagger, {
    openapi: { openapi: '3.1.0', info: { title: 'social', version: '1.0.0' } },
  });
  addRoutes(app, threads);
  app.get('/health', { schema: { hide: true } }, () => ({ status: 'ok' }));
  app.get('/openapi.json', { schema: { hide: true } }, () => app.swagger());
  await app.ready();
  return app;
}
