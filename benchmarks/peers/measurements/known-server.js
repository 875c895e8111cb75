import { START_SECONDS, attempt, inRounds } from '../context.js';
import { Figures, threeDigits } from '../render.js';
import { ToldServer } from '../servers.js';
import { median } from '../statistics.js';

/**
 * @typedef {import('../client.js').Client} Client
 * @typedef {import('../context.js').Context} Context
 */

const RATE = 1000;
const EXTRA_SECONDS = 1;
const COLUMNS = ['p50 − truth, ms', 'p99 − truth, ms', 'true p50, ms', 'true p99, ms'];

/** @type {import('../context.js').Measurement} */
export const knownServer = {
  estimateSeconds: (context) =>
    context.rounds *
    context.clients
      .filter(({ holdsRate }) => holdsRate)
      .reduce((sum, client) => sum + trialSeconds(context, client), 0),

  measure: async (context) => {
    const server = await ToldServer.start('known-delay');
    const figures = new Figures();
    await inRounds(context, async (client) => {
      if (!client.holdsRate) return;
      context.progress.note(`${client.name}: a server that takes 2 ms, ${RATE}/s`);
      await server.reset();
      const seconds = trialSeconds(context, client) - START_SECONDS;
      const order = { origin: server.origin, ratePerSecond: RATE, seconds, isWarm: false };
      const outcome = await attempt(context, client, order);
      const told = server.next('delays');
      server.order({ kind: 'summary', ratePerSecond: RATE });
      const truth = await told;
      context.progress.advance(trialSeconds(context, client));
      if (!outcome || outcome.p50Ms === null || outcome.p99Ms === null) return;
      figures.add('true p50, ms', client.name, truth.p50Ms);
      figures.add('true p99, ms', client.name, truth.p99Ms);
      figures.add('p50 − truth, ms', client.name, outcome.p50Ms - truth.p50Ms);
      figures.add('p99 − truth, ms', client.name, outcome.p99Ms - truth.p99Ms);
    });
    await server.stop();
    return {
      title: 'What is reported of a server that takes 2 ms',
      text: `At ${RATE.toLocaleString('en')}/s. What the tool reports less what the server measured itself, from the arrival of a request to writing the answer: the way there and back, and the tool's own error. No ratio, as a difference may be 0 or less.`,
      header: ['', ...COLUMNS],
      rows: context.clients
        .filter(({ holdsRate }) => holdsRate)
        .map(({ name }) => [name, ...COLUMNS.map((column) => threeDigits(median(figures.of(column, name))))]),
    };
  },
};

/** @param {Context} context @param {Client} client */
function trialSeconds({ seconds }, { secondsBeforeLatency = 0 }) {
  return seconds + EXTRA_SECONDS + Math.ceil(secondsBeforeLatency) + START_SECONDS;
}
