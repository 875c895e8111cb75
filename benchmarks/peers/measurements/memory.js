import { setTimeout as sleep } from 'node:timers/promises';
import { START_SECONDS, attempt } from '../context.js';
import { memoryOf } from '../process-tree.js';
import { Figures, threeDigits } from '../render.js';
import { ToldServer } from '../servers.js';

/**
 * @typedef {import('../client.js').Client} Client
 * @typedef {import('../context.js').Context} Context
 */

const REFERENCE = 'bench precise';
const MIB = 1024 * 1024;
const RATE = 20_000;
const SAFE_SHARE = 0.8; // of what a tool reached that does not hold it
const HELD_SHARE = 0.99;
const PROBE_SECONDS = 2;
const LONGEST_SECONDS = 50;
const SAME = 'bench relaxed'; // pacing takes no memory
const CLOSED_SECONDS = 12; // a million requests at the speed of those that only know a closed loop
const LOOK_EVERY_MS = 250;
const EARLY_SHARE = 0.1;

/** @type {import('../context.js').Measurement} */
export const memory = {
  estimateSeconds: (context) =>
    different(context).reduce((sum, client) => sum + expectedSeconds(context, client), 0),

  // One round: it takes long, and memory hardly varies.
  measure: async (context) => {
    const server = await ToldServer.start('arrivals');
    const peaks = new Figures();
    /** @type {Map<string, string[]>} */
    const others = new Map();
    for (const client of different(context)) {
      const found = await longTrial(context, client, server);
      context.progress.advance(expectedSeconds(context, client));
      if (!found) continue;
      peaks.add('peak', client.name, found.peakBytes / MIB);
      others.set(client.name, [
        threeDigits(found.growthBytes / MIB),
        found.requests.toLocaleString('en'),
        found.ratePerSecond === null ? 'closed loop' : `${found.ratePerSecond.toLocaleString('en')}/s`,
      ]);
    }
    await server.stop();
    const own = peaks.of('peak', REFERENCE);
    return {
      title: 'Memory, MiB',
      text: `*Peak*: the most that was resident, summed over all its processes, for about ${context.memoryRequests.toLocaleString('en')} requests at ${RATE.toLocaleString('en')}/s, or at a lower rate that the tool does hold, for ${LONGEST_SECONDS} s at most. *Growth*: resident at the end less resident at a tenth of the time. One round. Compared with \`${REFERENCE}\`.`,
      header: ['', 'peak', 'growth', 'requests', 'rate'],
      rows: different(context).map(({ name }) => [
        name,
        peaks.compared('peak', name, own),
        ...(others.get(name) ?? ['–', '–', '–']),
      ]),
    };
  },
};

/** @param {Context} context */
function different({ clients }) {
  return clients.filter(({ name }) => name !== SAME);
}

/** @param {Context} context @param {Client} client */
function expectedSeconds({ memoryRequests }, { holdsRate }) {
  const loaded = holdsRate ? memoryRequests / RATE + PROBE_SECONDS + START_SECONDS : CLOSED_SECONDS;
  return loaded + START_SECONDS;
}

/** @param {Context} context @param {Client} client @param {ToldServer} server */
async function longTrial(context, client, server) {
  const { origin } = server;
  const ratePerSecond = client.holdsRate ? await rateFor(context, client, origin) : null;
  if (ratePerSecond === 0) return null;
  const seconds =
    ratePerSecond === null
      ? CLOSED_SECONDS
      : Math.min(LONGEST_SECONDS, Math.ceil(context.memoryRequests / ratePerSecond));
  context.progress.note(`${client.name}: memory over ${seconds} s`);
  await server.reset();
  let figures = { peakBytes: 0, growthBytes: 0 };
  const outcome = await attempt(
    context,
    client,
    { origin, ratePerSecond, seconds, isWarm: false },
    async (pid, ended) => {
      const first = server.next('first').then(() => {});
      figures = await watchMemory(pid, first, ended, seconds * 1000);
    },
  );
  const told = server.next('arrivals');
  server.order({ kind: 'summary', ratePerSecond: RATE });
  const { count } = await told;
  return outcome && { ...figures, ratePerSecond, requests: count };
}

/** The rate, or a lower one that the tool holds. @param {Context} context @param {Client} client @param {string} origin */
async function rateFor(context, client, origin) {
  const order = { origin, ratePerSecond: RATE, seconds: PROBE_SECONDS, isWarm: false };
  const outcome = await attempt(context, client, order);
  if (!outcome) return 0;
  if (outcome.completed >= HELD_SHARE * outcome.planned) return RATE;
  return Math.floor(((outcome.completed / PROBE_SECONDS) * SAFE_SHARE) / 1000) * 1000 || 500;
}

/** @param {number} pid @param {Promise<void>} first @param {Promise<void>} ended @param {number} lengthMs */
async function watchMemory(pid, first, ended, lengthMs) {
  /** @type {Map<number, number>} */
  const peaks = new Map();
  let earlyBytes = 0;
  let lastBytes = 0;
  let elapsedMs = 0;
  await Promise.race([first, ended]);
  for (let isRunning = true; isRunning;) {
    const processes = memoryOf(pid);
    for (const [id, { peak }] of processes) peaks.set(id, peak);
    const residentBytes = sum([...processes.values()].map(({ now }) => now));
    if (residentBytes > 0 && elapsedMs < lengthMs) lastBytes = residentBytes;
    if (elapsedMs <= EARLY_SHARE * lengthMs) earlyBytes = lastBytes;
    isRunning = await Promise.race([sleep(LOOK_EVERY_MS, true), ended.then(() => false)]);
    elapsedMs += LOOK_EVERY_MS;
  }
  return { peakBytes: sum([...peaks.values()]), growthBytes: lastBytes - earlyBytes };
}

/** @param {readonly number[]} numbers */
function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}
