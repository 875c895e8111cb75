import { CONNECTIONS } from '../client.js';
import { START_SECONDS, attempt, inRounds } from '../context.js';
import { Figures, whole } from '../render.js';
import { startFastest } from '../servers.js';

/**
 * @typedef {import('../client.js').Client} Client
 * @typedef {import('../context.js').Context} Context
 */

const HELD_SHARE = 0.999;
const LAG_LIMIT_MS = 1;
const FIRST_GUESS = 16_000;
const BOUNDS = { lowest: 250, highest: 400_000 };
const COARSE = { factor: 2, bisections: 3 };
// From the second round on it is known about where to look.
const FINE = { factor: 1.08, bisections: 1 };
const EXPECTED_TRIALS = { first: 10, later: 5 };

/** @type {import('../context.js').Measurement} */
export const capacity = {
  estimateSeconds: (context) => {
    const { rounds, clients } = context;
    const closed = clients.filter(({ hasClosedLoop }) => hasClosedLoop).length;
    const searches = clients.filter(({ holdsRate }) => holdsRate).length;
    const trials = EXPECTED_TRIALS.first + (rounds - 1) * EXPECTED_TRIALS.later;
    return (searches * trials + closed * rounds) * trialSeconds(context);
  },

  measure: async (context) => {
    const server = await startFastest(context.folder);
    const figures = new Figures();
    await inRounds(context, async (client, round) => {
      if (client.holdsRate) {
        const rate = await search(context, client, server.origin, figures.of('held', client.name).at(-1));
        figures.add('held', client.name, rate);
        context.progress.advance(
          (round === 0 ? EXPECTED_TRIALS.first : EXPECTED_TRIALS.later) * trialSeconds(context),
        );
      }
      if (client.hasClosedLoop) {
        context.progress.note(`${client.name}: ${CONNECTIONS} connections in a closed loop`);
        const order = { origin: server.origin, ratePerSecond: null, seconds: context.seconds, isWarm: true };
        const outcome = await attempt(context, client, order);
        if (outcome) figures.add('closed', client.name, outcome.completed / context.seconds);
        context.progress.advance(trialSeconds(context));
      }
    });
    await server.stop();
    return table(context, figures);
  },
};

/** @param {Context} context */
function trialSeconds({ seconds }) {
  return seconds + START_SECONDS;
}

/**
 * A geometric ladder up or down until the limit is between two rungs, then bisections.
 *
 * @param {Context} context @param {Client} client @param {string} origin @param {number | undefined} known
 */
async function search(context, client, origin, known) {
  const { factor, bisections } = known ? FINE : COARSE;
  let low = 0;
  let high = Number.POSITIVE_INFINITY;
  let rate = known ?? FIRST_GUESS;
  const look = async () => {
    if (await isHeld(context, client, origin, rate)) low = rate;
    else high = rate;
  };
  while (!(low > 0 && Number.isFinite(high))) {
    if (rate < BOUNDS.lowest || rate > BOUNDS.highest) return low;
    await look();
    rate = divisible(high === rate ? rate / factor : rate * factor);
  }
  for (let i = 0; i < bisections; i += 1) {
    rate = divisible(Math.sqrt(low * high));
    await look();
  }
  return low;
}

/** Some tools take a rate for each connection. @param {number} rate */
function divisible(rate) {
  return Math.round(rate / CONNECTIONS) * CONNECTIONS;
}

/** One of two trials must hold it: a hiccup of the machine is no limit of the tool. @param {Context} context @param {Client} client @param {string} origin @param {number} ratePerSecond */
async function isHeld(context, client, origin, ratePerSecond) {
  for (let trial = 0; trial < 2; trial += 1) {
    context.progress.note(`${client.name}: is ${ratePerSecond}/s held?`);
    const order = { origin, ratePerSecond, seconds: context.seconds, isWarm: true };
    const outcome = await attempt(context, client, order);
    if (!outcome) return false;
    // A request of each connection may be under way as the time ends.
    const isComplete = outcome.completed + CONNECTIONS >= HELD_SHARE * outcome.planned;
    const isPunctual = (outcome.lagP99Ms ?? 0) <= LAG_LIMIT_MS && !outcome.isInvalid;
    if (isComplete && isPunctual) return true;
  }
  return false;
}

/** @param {Context} context @param {Figures} figures @returns {import('../context.js').Table} */
function table(context, figures) {
  // No closed loop in bench: its held rate is what there is to set against theirs.
  const own = figures.of('held', 'bench precise');
  return {
    title: 'Highest rate, requests/s',
    text: `Against ${context.fastest}, ${context.seconds} s a trial. *Held*: the highest constant rate at which at least 99.9 % of the planned requests were answered within the time, one for each connection excepted; for bench, also: send lag p99 at most ${LAG_LIMIT_MS} ms and the verdict not INVALID (the others do not measure that). *Closed loop*: as fast as the connections go, compared with the rate that bench holds.`,
    header: ['', 'held', 'closed loop'],
    rows: context.clients.map(({ name }) => [
      name,
      figures.compared('held', name, own, whole),
      figures.compared('closed', name, own, whole),
    ]),
  };
}
