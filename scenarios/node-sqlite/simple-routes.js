import { setTimeout as sleep } from 'node:timers/promises';
import { itemParams, problem, slept } from './schemas.js';
import { blockThread } from './sleep.js';
import { takeTurns } from './turns.js';

const sleepMs = 50;

/**
 * Three ways to wait for 50 ms.
 *
 * @param {import('fastify').FastifyInstance} app
 * @param {import('./threads.js').Threads} pool
 */
export function addSimpleRoutes(app, pool) {
  const nextTurn = takeTurns();

  add('sync_threadpool', 'blocking sleep in the thread pool', () => pool.sleep(sleepMs));
  add('async', 'non-blocking sleep', () => sleep(sleepMs));
  add('async_blocking', 'blocking sleep on the event loop (an anti-pattern)', async () => {
    await nextTurn();
    blockThread(sleepMs);
  });

  /**
   * @param {string} endpoint
   * @param {string} summary
   * @param {() => Promise<void>} wait
   */
  function add(endpoint, summary, wait) {
    const schema = {
      operationId: `simple_${endpoint}`,
      summary,
      tags: ['simple'],
      params: itemParams,
      response: { 200: slept, 400: problem('The id is not valid') },
    };
    app.get(`/api/simple/${endpoint}/:item_id`, { schema }, async (request) => {
      const { item_id } = /** @type {{ item_id: number }} */ (request.params);
      await wait();
      return { item_id, endpoint };
    });
  }
}
