import { change, item, itemParams, problem, seeded } from './schemas.js';

/**
 * @typedef {object} Access
 * @property {string} path
 * @property {string} name as in the operationId
 * @property {string} summary
 * @property {import('./items.js').Items} items
 */

/**
 * Reads and writes of the same table, reached in different ways.
 *
 * @param {import('fastify').FastifyInstance} app
 * @param {Access[]} accesses
 * @param {() => Promise<number>} seed
 */
export function addDbRoutes(app, accesses, seed) {
  for (const access of accesses) {
    addRead(app, access);
    addWrite(app, access);
  }
  const schema = {
    operationId: 'seed_items',
    summary: 'replace all items by ids 1 to 2000',
    tags: ['db'],
    response: { 200: seeded },
  };
  app.post('/api/db/seed', { schema }, async () => ({ seeded: await seed() }));
}

/**
 * @param {import('fastify').FastifyInstance} app
 * @param {Access} access
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
 * @param {Access} access
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
    const wanted = /** @type {import('./items.js').Change} */ (request.body);
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
