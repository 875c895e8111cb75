import { CONNECTIONS } from '../client.js';
import { benchUsers } from '../clients/bench.js';
import { START_SECONDS, attempt, inRounds } from '../context.js';
import { Figures, whole } from '../render.js';
import { BOUNDS, highestHeld } from '../search.js';
import { startFastest } from '../servers.js';

/**
 * @typedef {import('../client.js').Client} Client
 * @typedef {import('../context.js').Context} Context
 */

const HELD_SHARE = 0.999;
const LAG_LIMIT_MS = 1;
const TRIES = 2; // one of which must hold the rate: a hiccup of the machine is no limit of the tool
const EXPECTED_TRIALS = { first: 10, later: 4 };

/** @type {import('../context.js').Measurement} */
export const capacity = {
  estimateSeconds: (context) => {
    const { rounds, clients } = context;
    const closed = clients.filter(({ hasClosedLoop }) => hasClosedLoop).length;
    const searches = clients.filter(({ holdsRate }) => holdsRate).length;
    const judging = clients.filter(judgesItself).length;
    const trials = EXPECTED_TRIALS.first + (rounds - 1) * EXPECTED_TRIALS.later;
    return ((searches + judging) * trials + closed * rounds) * trialSeconds(context);
  },

  measure: async (context) => {
    const server = await startFastest(context.folder);
    const figures = new Figures();
    await inRounds(context, async (client, round) => {
      if (client.holdsRate) await addHeld(context, client, server.origin, figures, 'held', round);
      if (judgesItself(client)) await addHeld(context, client, server.origin, figures, 'punctual', round);
      if (client.hasClosedLoop) await addClosed(context, client, server.origin, figures);
    });
    await server.stop();
    return table(context, figures);
  },
};

/** @param {Context} context */
function trialSeconds({ seconds }) {
  return seconds + START_SECONDS;
}

/** Only bench says how late it sent. @param {Client} client */
function judgesItself({ name, holdsRate }) {
  return holdsRate && name.startsWith('bench');
}

/** @param {Context} context @param {Client} client @param {string} origin @param {Figures} figures @param {'held' | 'punctual'} column @param {number} round */
async function addHeld(context, client, origin, figures, column, round) {
  const { progress } = context;
  let expected = round === 0 ? EXPECTED_TRIALS.first : EXPECTED_TRIALS.later;
  const isHeld = async (/** @type {number} */ rate) => {
    for (let trial = 0; trial < TRIES; trial += 1) {
      progress.note(`${client.name}: is ${rate}/s ${column}?`);
      const held = await holds(context, client, origin, rate, column === 'punctual');
      if (expected > 0) progress.advance(trialSeconds(context));
      expected -= 1;
      if (held) return true;
    }
    return false;
  };
  figures.add(column, client.name, await highestHeld(isHeld, figures.of(column, client.name).at(-1)));
  progress.advance(Math.max(0, expected) * trialSeconds(context));
}

/** @param {Context} context @param {Client} client @param {string} origin @param {number} ratePerSecond @param {boolean} mustBePunctual */
async function holds(context, client, origin, ratePerSecond, mustBePunctual) {
  const order = { origin, ratePerSecond, seconds: context.seconds, isWarm: true };
  const outcome = await attempt(context, client, order);
  if (!outcome) return false;
  // A request of each connection may be under way as the time ends.
  const isComplete = outcome.completed + CONNECTIONS >= HELD_SHARE * outcome.planned;
  const isPunctual = (outcome.lagP99Ms ?? 0) <= LAG_LIMIT_MS;
  return isComplete && (isPunctual || !mustBePunctual);
}

/** @param {Context} context @param {Client} client @param {string} origin @param {Figures} figures */
async function addClosed(context, client, origin, figures) {
  context.progress.note(`${client.name}: ${CONNECTIONS} connections in a closed loop`);
  const order = { origin, ratePerSecond: null, seconds: context.seconds, isWarm: true };
  const outcome = await attempt(context, client, order);
  if (outcome) figures.add('closed', client.name, outcome.completed / context.seconds);
  context.progress.advance(trialSeconds(context));
}

/** @param {Context} context @param {Figures} figures @returns {import('../context.js').Table} */
function table(context, figures) {
  const own = figures.of('held', 'bench precise');
  const ownUsers = figures.of('closed', benchUsers.name);
  const rate = (/** @type {number} */ value) => (value === 0 ? `< ${BOUNDS.lowest}` : whole(value));
  return {
    title: 'Highest rate, requests/s',
    text: `Against ${context.fastest}, ${context.seconds} s a trial. *Held*: the highest constant rate at which at least 99.9 % of the planned requests were answered within the time, one for each connection excepted, in one of ${TRIES} trials. *Punctual*: also with send lag p99 at most ${LAG_LIMIT_MS} ms, which only bench tells. *Closed loop*: as fast as the connections go.`,
    header: ['', 'held', 'punctual', 'closed loop'],
    rows: context.clients.map(({ name }) => [
      name,
      figures.compared('held', name, own, rate),
      figures.compared('punctual', name, [], rate),
      figures.compared('closed', name, ownUsers, rate),
    ]),
  };
}
