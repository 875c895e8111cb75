import { setTimeout as sleep } from 'node:timers/promises';
import { itemParams, problem, slept } from './schemas.js';
import { blockLoop } from './sleep.js';

const SLEEP_MS = 50;

/**
 * Three ways to wait for 50 ms.
 *
 * @param {import('fastify').FastifyInstance} app
 * @param {import('./threads.js').Threads} pool
 */
export function addSimpleRoutes(app, pool) {
  add('sync_threadpool', 'blocking sleep in the thread pool', () => pool.sleep(SLEEP_MS));
  add('async', 'non-blocking sleep', () => sleep(SLEEP_MS));
  add('async_blocking', 'blocking sleep on the event loop (an anti-pattern)', () => blockLoop(SLEEP_MS));

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
