import { setTimeout as sleep } from 'node:timers/promises';
import { START_SECONDS, attempt } from '../context.js';
import { cpuMsOf } from '../process-tree.js';
import { ToldServer } from '../servers.js';

/**
 * @typedef {import('../client.js').Client} Client
 * @typedef {import('../context.js').Context} Context
 * @typedef {{ arrivals: import('../servers.js').Arrivals, cpuUsPerRequest: number | null }} Steady
 */

export const CPU_RATES = [1000, 5000, 20_000];
const SETTLING_MS = 1000;
const SHORTEST_SECONDS = 2;
const MARGIN_MS = 500; // some tools end a little earlier than asked
const LONG_RATE = 1000; // the kernel counts CPU in steps of 10 ms: that takes more than a few thousand requests
const FAR_SHARE = 0.5;
const HELD_SHARE = 0.99;

/** What the signs in the tables mean. */
export const MISSED =
  '† sent less than 99 % of the rate. – failed, or was not tried, having reached less than half of a lower rate.';

/** @type {Map<string, Steady | null>} */
const known = new Map();
/** @type {Set<number>} */
const expectedRates = new Set();

/**
 * One trial at a constant rate against the server that notes arrivals: several tables read the same one.
 * Null when the tool failed, or missed a lower rate by far in this round.
 *
 * @param {Context} context @param {Client} client @param {number} ratePerSecond @param {number} round
 */
export async function steady(context, client, ratePerSecond, round) {
  const key = (/** @type {number} */ rate) => `${client.name} ${rate} ${round}`;
  const done = known.get(key(ratePerSecond));
  if (done !== undefined) return done;
  context.progress.note(`${client.name}: ${ratePerSecond}/s`);
  const figures = missesLower(key, ratePerSecond) ? null : await trial(context, client, ratePerSecond);
  context.progress.advance(steadySeconds(context, ratePerSecond));
  known.set(key(ratePerSecond), figures);
  return figures;
}

/** @param {Steady} figures @param {number} ratePerSecond */
export function isMissed(figures, ratePerSecond) {
  return figures.arrivals.ratePerSecond < HELD_SHARE * ratePerSecond;
}

/** What another table reads already is not expected again. @param {Context} context @param {readonly number[]} rates */
export function estimateSteady(context, rates) {
  const added = rates.filter((rate) => !expectedRates.has(rate));
  for (const rate of added) expectedRates.add(rate);
  const { clients, rounds } = context;
  const holding = clients.filter(({ holdsRate }) => holdsRate).length;
  return holding * rounds * added.reduce((sum, rate) => sum + steadySeconds(context, rate), 0);
}

/** @param {Context} context @param {number} rate */
function steadySeconds({ seconds }, rate) {
  return secondsAt(rate, seconds) + START_SECONDS;
}

/** @param {number} rate @param {number} seconds */
function secondsAt(rate, seconds) {
  return Math.max(seconds, SHORTEST_SECONDS) * (rate <= LONG_RATE ? 2 : 1);
}

/** @param {(rate: number) => string} key @param {number} ratePerSecond */
function missesLower(key, ratePerSecond) {
  return [1000, 5000, 10_000, 20_000].some((rate) => {
    const figures = known.get(key(rate));
    return rate < ratePerSecond && figures && figures.arrivals.ratePerSecond < FAR_SHARE * rate;
  });
}

/** @type {ToldServer | undefined} */
let server;

/** @param {Context} context @param {Client} client @param {number} ratePerSecond @returns {Promise<Steady | null>} */
async function trial(context, client, ratePerSecond) {
  server ??= await ToldServer.start('arrivals');
  const { origin } = server;
  await server.reset();
  const order = { origin, ratePerSecond, seconds: secondsAt(ratePerSecond, context.seconds), isWarm: false };
  /** @type {number | null} */
  let cpuUsPerRequest = null;
  const watch = async (/** @type {number} */ pid, /** @type {Promise<void>} */ ended) => {
    cpuUsPerRequest = await cpuBetween(pid, ended, order.seconds * 1000);
  };
  // Looking costs the server some milliseconds, so gaps are not looked at.
  const outcome = await attempt(
    context,
    client,
    order,
    ...(CPU_RATES.includes(ratePerSecond) ? [watch] : []),
  );
  const told = server.next('arrivals');
  server.order({ kind: 'summary', ratePerSecond });
  const arrivals = await told;
  return outcome && { arrivals, cpuUsPerRequest };
}

export async function stopSteady() {
  await server?.stop();
  server = undefined;
}

/**
 * CPU of the tool from one second after its first request until shortly before its last, divided by the
 * requests that arrived meanwhile: what starting and reporting cost is not in it.
 *
 * @param {number} pid @param {Promise<void>} ended @param {number} lengthMs
 */
async function cpuBetween(pid, ended, lengthMs) {
  if (!server) return null;
  const first = server.next('first').then(() => {});
  await Promise.race([first, ended]);
  await Promise.race([sleep(SETTLING_MS), ended]);
  const from = await look(server, pid);
  await Promise.race([sleep(lengthMs - SETTLING_MS - MARGIN_MS), ended]);
  const to = await look(server, pid);
  const requests = to.count - from.count;
  return to.cpuMs > 0 && requests > 0 ? ((to.cpuMs - from.cpuMs) * 1000) / requests : null;
}

/** @param {ToldServer} told @param {number} pid */
async function look(told, pid) {
  const answer = told.next('count');
  told.order({ kind: 'count' });
  const cpuMs = cpuMsOf(pid);
  return { cpuMs, count: (await answer).count };
}
