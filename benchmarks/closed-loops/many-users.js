import { closedBench } from '../peers/clients/bench.js';
import { attempt } from '../peers/context.js';
import { threeDigits, whole } from '../peers/render.js';
import { isInstalled } from '../peers/machine.js';
import { startNoting } from '../peers/servers.js';
import { quantile } from '../peers/statistics.js';

const USERS = 2000;
const SPAWN_RATE = 500;
const SECONDS = 15;
const THINK_MS = { least: 100, most: 2000 };
/** Kolmogorov's distance times the root of the count, exceeded by chance once in a thousand. */
const RARE = 1.95;
const MOST_DEVIATIONS = 3.3; // as rare

/** @typedef {import('../peers/servers.js').Visit} Visit */

const bench = closedBench(
  ({ seconds }) => [
    ...['--users', String(USERS), '--spawn-rate', String(SPAWN_RATE), '--think', '0.1s-2s'],
    ...['--duration', `${seconds}s`],
  ],
  (cell) => cell,
);

/** @type {import('./section.js').Measure} */
export async function manyUsers(setting) {
  const about = { title: `${whole(USERS)} users on one generator`, header: ['', 'found', 'asked'] };
  if (!isInstalled('nginx')) {
    setting.problems.add('nginx is not installed: 2,000 users were left out');
    return { ...about, text: 'Left out.', rows: [], missed: [] };
  }
  setting.note(`${USERS} users`);
  const server = await startNoting(setting.folder);
  const order = { origin: server.origin, ratePerSecond: null, seconds: SECONDS, isWarm: false, isFree: true };
  const cell = await attempt(setting, bench, order);
  await server.stop();
  const visits = ofUsers(server.visits());
  const rows = cell ? [...ofGenerator(cell), ...ofServer(cell, visits)] : [];
  return {
    ...about,
    text: `Think time 0.1 to 2 s, ${SPAWN_RATE} users started each second, ${SECONDS} s, one round, \`--threads 1\`; bench on either core. *Seen by the server*, nginx, to the millisecond: when the first request of each connection came, against an even start (from the median, as the two clocks have no common zero), and the time from an answer to the next request on its connection, of those answered early enough for any think time to end within the window. Kolmogorov's distance is exceeded by chance once in a thousand times at ${RARE} / √n.`,
    rows: rows.map(({ what, found, asked, isMet }) => [what, `${found}${isMet ? '' : ' (missed)'}`, asked]),
    missed: rows.filter(({ isMet }) => !isMet).map(({ what }) => `${USERS} users: ${what}`),
  };
}

/** @param {import('../peers/clients/bench.js').Cell} cell */
function ofGenerator({ generator, latencyMs, verdict }) {
  const { cpuPercent, memoryBytes, client } = generator;
  const megabytes = memoryBytes / 1e6;
  const { p50, p99, max } = latencyMs.sendLag;
  const reasons = [verdict.state, ...verdict.reasons.map(({ id }) => id)].join(' ');
  return [
    row(`memory of the generator (${client}), MB`, whole(megabytes), '< 300', megabytes < 300),
    row('CPU of the generator, %', whole(cpuPercent), '< 100', cpuPercent < 100),
    row('send lag p50, p99, max, ms', [p50, p99, max].map(threeDigits).join(', '), '–', true),
    row('verdict', reasons, '–', true),
  ];
}

/** @param {import('../peers/clients/bench.js').Cell} cell @param {readonly Visit[]} visits */
function ofServer({ counts, latencyMs }, visits) {
  const seen = visits.reduce((sum, { thoughts }) => sum + thoughts.length + 1, 0);
  const late = lateMs(visits);
  const [p99, max] = [quantile(late, 0.99), late.at(-1) ?? Number.NaN];
  const thoughtsMs = wholeThoughtsMs(visits);
  const distance = distanceFromUniform(thoughtsMs);
  const limit = RARE / Math.sqrt(thoughtsMs.length);
  const { mean, deviation } = expectedRequests(latencyMs.response.mean);
  const off = (counts.sent - mean) / deviation;
  return [
    row('connections that the server saw', whole(visits.length), whole(USERS), visits.length === USERS),
    row('requests that the server saw', whole(seen), `${whole(counts.sent)} sent`, seen === counts.sent),
    row(
      'requests, expected from think and response times',
      `${whole(counts.sent)}, ${off.toFixed(1)} standard deviations off`,
      `${whole(mean)} ± ${whole(deviation)}`,
      Math.abs(off) <= MOST_DEVIATIONS,
    ),
    row('start of users off the plan, p99, ms', threeDigits(p99), '< 10', p99 < 10),
    row('start of users off the plan, max, ms', threeDigits(max), '–', true),
    row(
      `Kolmogorov's distance of ${whole(thoughtsMs.length)} think times from uniform`,
      distance.toFixed(4),
      `< ${limit.toFixed(4)}`,
      distance < limit,
    ),
  ];
}

/** @param {string} what @param {string} found @param {string} asked @param {boolean} isMet */
function row(what, found, asked, isMet) {
  return { what, found, asked, isMet };
}

/** Users stay until the end; bench has asked before on other connections whether the server is there. @param {readonly Visit[]} all */
function ofUsers(all) {
  const lastMs = all.map(({ firstMs, thoughts }) => {
    const last = thoughts.at(-1);
    return last ? last.fromMs + last.ms : firstMs;
  });
  const untilMs = Math.max(...lastMs) - 2 * THINK_MS.most;
  return all.filter((_, at) => (lastMs[at] ?? 0) >= untilMs);
}

/** How far each user's start is from an even schedule with the same middle, ascending. @param {readonly Visit[]} visits */
function lateMs(visits) {
  const first = Float64Array.from(visits, ({ firstMs }) => firstMs).sort();
  const late = first.map((ms, user) => ms - (user * 1000) / SPAWN_RATE);
  const middle = quantile(late.slice().sort(), 0.5);
  return late.map((ms) => Math.abs(ms - middle)).sort();
}

/**
 * Think times, ascending. Of those that began shortly before the end only the short ones are seen: left out, all.
 * @param {readonly Visit[]} visits
 */
function wholeThoughtsMs(visits) {
  const startMs = Math.min(...visits.map(({ firstMs }) => firstMs));
  const untilMs = startMs + SECONDS * 1000 - 1.1 * THINK_MS.most;
  const thoughts = visits.flatMap((visit) => visit.thoughts).filter(({ fromMs }) => fromMs < untilMs);
  return Float64Array.from(thoughts, ({ ms }) => ms).sort();
}

/** @param {Float64Array} sorted */
function distanceFromUniform(sorted) {
  const { least, most } = THINK_MS;
  let distance = 0;
  for (let at = 0; at < sorted.length; at += 1) {
    const expected = Math.min(1, Math.max(0, ((sorted[at] ?? Number.NaN) - least) / (most - least)));
    const [below, above] = [at / sorted.length, (at + 1) / sorted.length];
    distance = Math.max(distance, Math.abs(expected - below), Math.abs(expected - above));
  }
  return distance;
}

/**
 * Of a renewal process that begins with a request for each user. How much answers vary is left out.
 * @param {number} responseMs the mean, from due to done, as bench has it
 */
function expectedRequests(responseMs) {
  const meanMs = (THINK_MS.least + THINK_MS.most) / 2 + responseMs;
  const variance = (THINK_MS.most - THINK_MS.least) ** 2 / 12;
  let mean = 0;
  let ofCount = 0;
  for (let user = 0; user < USERS; user += 1) {
    const timeMs = SECONDS * 1000 - (user * 1000) / SPAWN_RATE;
    mean += timeMs / meanMs + variance / (2 * meanMs ** 2) + 0.5;
    ofCount += (timeMs * variance) / meanMs ** 3;
  }
  return { mean, deviation: Math.sqrt(ofCount) };
}
