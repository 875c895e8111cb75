import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { closedBench } from '../peers/clients/bench.js';
import { locust, locustScript } from '../peers/clients/locust.js';
import { threeDigits } from '../peers/render.js';
import { ToldServer } from '../peers/servers.js';
import { inTurn, isWithin, judged, medianOf, spreadOf } from './section.js';

const USERS = '50';
const SPAWN_RATE = '50';
const SECONDS = 10;
const SERVER_MS = 50;
const ALLOWED = 0.1;

/** @typedef {{ requestsPerSecond: number, p50Ms: number, p95Ms: number }} Figures */
/** @typedef {import('../peers/client.js').Client<Figures>} Client */

const bench = closedBench(
  ({ seconds }) => [
    ...['--users', USERS, '--think', '0.1s-2s', '--spawn-rate', SPAWN_RATE],
    ...['--duration', `${seconds}s`],
  ],
  ({ achievedRps, latencyMs }) => ({
    requestsPerSecond: achievedRps,
    p50Ms: latencyMs.response.p50,
    p95Ms: latencyMs.response.p95,
  }),
);

/** @type {Client} */
const peer = {
  ...locust,
  command: ({ origin, seconds, folder }) => {
    const file = join(folder, 'locustfile.py');
    writeFileSync(file, locustScript('between(0.1, 2)'));
    const users = ['-u', USERS, '-r', SPAWN_RATE, '-t', `${seconds}s`, '--csv', join(folder, 'locust')];
    return {
      program: 'locust',
      args: ['-f', file, '--headless', ...users, '--host', origin, '--only-summary'],
    };
  },
  read: ({ folder }) => {
    const rows = readFileSync(join(folder, 'locust_stats.csv'), 'utf8').trim().split('\n');
    const names = rows[0]?.split(',') ?? [];
    const values = rows.at(-1)?.split(',') ?? [];
    const named = (/** @type {string} */ name) => Number(values[names.indexOf(name)]);
    if (values[1] !== 'Aggregated' || named('Failure Count') !== 0) throw new Error(`locust: ${rows.at(-1)}`);
    return { requestsPerSecond: named('Requests/s'), p50Ms: named('50%'), p95Ms: named('95%') };
  },
};

const COLUMNS = /** @type {const} */ (['requestsPerSecond', 'p50Ms', 'p95Ms']);

/** @type {import('./section.js').Measure} */
export async function besideLocust(setting) {
  const server = await ToldServer.start('known-delay', [String(SERVER_MS)]);
  const outcomes = await inTurn(setting, [bench, peer], { origin: server.origin, seconds: SECONDS }, () =>
    server.reset(),
  );
  await server.stop();
  const [own, theirs] = [outcomes('bench'), outcomes('locust')];
  const columns = COLUMNS.map((column) => {
    const spread = spreadOf(theirs.map((one) => one[column]));
    const allowed = column === 'requestsPerSecond' ? ALLOWED : Math.max(ALLOWED, spread);
    const ratio = medianOf(own, (one) => one[column]) / medianOf(theirs, (one) => one[column]);
    // Where Locust is slower than the server, the truth is on the other side.
    const isNearer =
      column !== 'requestsPerSecond' && ratio < 1 && medianOf(own, (one) => one[column]) >= SERVER_MS;
    return { column, spread, ratio, isMet: isWithin(ratio, allowed) || isNearer };
  });
  const row = (/** @type {readonly Figures[]} */ of) =>
    COLUMNS.map((column) => threeDigits(medianOf(of, (one) => one[column])));
  return {
    title: 'Users who think, beside Locust',
    text: `${USERS} users, think time 0.1 to 2 s, ${SPAWN_RATE} started each second, ${SECONDS} s, a server that takes ${SERVER_MS} ms. Locust with FastHttpUser, its figures from its CSV file, where times are whole milliseconds. Asked: requests/s within 10 %, percentiles within Locust's own spread over the rounds, or 10 %, or nearer to the ${SERVER_MS} ms that the server takes: there Locust itself is the limit.`,
    header: ['', 'requests/s', 'p50, ms', 'p95, ms'],
    rows: [
      ['bench', ...row(own)],
      ['locust', ...row(theirs)],
      ['locust, highest / lowest − 1', ...columns.map(({ spread }) => threeDigits(spread))],
      ['*bench / locust*', ...columns.map(({ ratio, isMet }) => judged(ratio, isMet))],
    ],
    missed: columns.filter(({ isMet }) => !isMet).map(({ column }) => `beside Locust: ${column}`),
  };
}
