import { change, item, itemParams, problem, seeded } from './schemas.js';

/**
 * Where the work is done is the only difference between the three families of endpoints.
 *
 * @typedef {object} Items
 * @property {(id: number) => Found | Promise<Found>} read
 * @property {(id: number, change: Change) => Found | Promise<Found>} write
 *
 * @typedef {import('./database.js').Found} Found
 * @typedef {import('./database.js').Change} Change
 *
 * @typedef {object} Family
 * @property {string} path
 * @property {string} name as in the operationId
 * @property {string} summary
 * @property {Items} items
 */

/**
 * @param {import('fastify').FastifyInstance} app
 * @param {object} places
 * @param {import('./threads.js').Threads} places.databaseThread
 * @param {import('./threads.js').Threads} places.pool
 * @param {Items} places.itemsOnLoop
 */
export function addDbRoutes(app, { databaseThread, pool, itemsOnLoop }) {
  addFamily(app, {
    path: 'async',
    name: 'async',
    summary: 'on the one database thread of the process',
    items: databaseThread,
  });
  addFamily(app, {
    path: 'sync_threadpool',
    name: 'sync_threadpool',
    summary: 'in the thread pool, a connection for each thread',
    items: pool,
  });
  addFamily(app, {
    path: 'async/blocking',
    name: 'async_blocking',
    summary: 'on the event loop, which it blocks (an anti-pattern)',
    items: itemsOnLoop,
  });
  const schema = {
    operationId: 'seed_items',
    summary: 'replace all items by ids 1 to 2000',
    tags: ['db'],
    response: { 200: seeded },
  };
  app.post('/api/db/seed', { schema }, async () => ({ seeded: await databaseThread.seed() }));
}

/**
 * @param {import('fastify').FastifyInstance} app
 * @param {Family} family
 */
function addFamily(app, family) {
  addRead(app, family);
  addWrite(app, family);
}

/**
 * @param {import('fastify').FastifyInstance} app
 * @param {Family} family
 */
function addRead(app, { path, name, summary, items }) {
  const schema = {
    operationId: `get_item_${name}_read`,
    summary: `read an item ${summary}`,
    tags: ['db'],
    params: itemParams,
    response: { 200: item, 400: problem('The id is not valid'), 404: problem('No such item') },
  };
  app.get(`/api/db/${path}/read/:item_id`, { schema }, async (request, reply) => {
    const { item_id } = /** @type {{ item_id: number }} */ (request.params);
    return (await items.read(item_id)) ?? reply.code(404).send(notFound(item_id));
  });
}

/**
 * @param {import('fastify').FastifyInstance} app
 * @param {Family} family
 */
function addWrite(app, { path, name, summary, items }) {
  const schema = {
    operationId: `update_item_${name}_write`,
    summary: `update an item ${summary}`,
    tags: ['db'],
    params: itemParams,
    body: change,
    response: {
      200: item,
      400: problem('The id or the body is not valid'),
      404: problem('No such item'),
    },
  };
  app.post(`/api/db/${path}/write/:item_id`, { schema }, async (request, reply) => {
    const { item_id } = /** @type {{ item_id: number }} */ (request.params);
    const wanted = /** @type {Change} */ (request.body);
    return (await items.write(item_id, wanted)) ?? reply.code(404).send(notFound(item_id));
  });
}

/**
 * @param {number} id
 */
function notFound(id) {
  return {
    statusCode: 404,
    error: 'Not Found',
    message: `There is no item ${id}. POST /api/db/seed makes 1 to 2000.`,
  };
}
