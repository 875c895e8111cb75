import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeFromCompressedBase64 } from 'hdr-histogram-js';
import { numberIn } from '../peers/client.js';
import { ab } from '../peers/clients/ab.js';
import { closedBench } from '../peers/clients/bench.js';
import { threeDigits } from '../peers/render.js';
import { ToldServer, startFastest } from '../peers/servers.js';
import { inTurn, isWithin, judged, medianOf, spreadOf } from './section.js';

const REQUESTS = '10000';
const CONCURRENCY = '10';
const SERVER_MS = 2;
const SECONDS = 30; // at most
const ALLOWED = 0.1;
const PERCENTILES = [50, 66, 75, 80, 90, 95, 98, 99];

/** @typedef {{ requestsPerSecond: number, percentilesMs: readonly number[], longestMs: number }} Figures */
/** @typedef {import('../peers/client.js').Client<Figures>} Client */

const bench = closedBench(
  () => ['--requests', REQUESTS, '--concurrency', CONCURRENCY],
  ({ achievedRps, counts, histograms, latencyMs }) => {
    if (counts.succeeded !== Number(REQUESTS)) throw new Error(`bench: ${JSON.stringify(counts)}`);
    const responseUs = decodeFromCompressedBase64(histograms.response, 32, false);
    return {
      requestsPerSecond: achievedRps,
      percentilesMs: PERCENTILES.map((percentile) => responseUs.getValueAtPercentile(percentile) / 1000),
      longestMs: latencyMs.response.max,
    };
  },
);

/** @type {Client} */
const peer = {
  ...ab,
  command: ({ origin, folder }) => ({
    program: 'ab',
    args: ['-k', '-q', '-n', REQUESTS, '-c', CONCURRENCY, '-e', join(folder, 'ab.csv'), `${origin}/`],
  }),
  read: ({ folder }, stdout) => {
    const failed = numberIn(stdout, /Failed requests:\s+(\d+)/);
    if (failed > 0) throw new Error(`ab: ${failed} requests failed`);
    // What it prints are whole milliseconds; its file, which ends with 99 %, has three digits more.
    const rows = readFileSync(join(folder, 'ab.csv'), 'utf8').split('\n');
    const ms = new Map(rows.map((row) => /** @type {[string, string]} */ (row.split(','))));
    return {
      requestsPerSecond: numberIn(stdout, /Requests per second:\s+([\d.]+)/),
      percentilesMs: PERCENTILES.map((percentile) => Number(ms.get(String(percentile)))),
      longestMs: numberIn(stdout, /100%\s+(\d+)/),
    };
  },
};

/** In the order of the columns. @param {Figures} outcome */
function figuresOf({ requestsPerSecond, percentilesMs, longestMs }) {
  return [requestsPerSecond, ...percentilesMs, longestMs];
}

/** @param {readonly Figures[]} outcomes */
function mediansOf(outcomes) {
  const columns = PERCENTILES.length + 2;
  return Array.from({ length: columns }, (_, at) =>
    medianOf(outcomes, (one) => figuresOf(one)[at] ?? Number.NaN),
  );
}

/** @type {import('./section.js').Measure} */
export async function besideAb(setting) {
  const slow = await ToldServer.start('known-delay', [String(SERVER_MS)]);
  const atSlow = await inTurn(setting, [bench, peer], { origin: slow.origin, seconds: SECONDS }, () =>
    slow.reset(),
  );
  await slow.stop();
  const fast = await startFastest(setting.folder);
  const atFast = await inTurn(setting, [bench, peer], { origin: fast.origin, seconds: SECONDS });
  await fast.stop();
  const columns = ['requests/s', ...PERCENTILES.map((percentile) => `${percentile} %`), '100 %'];
  const [own, theirs] = [mediansOf(atSlow('bench')), mediansOf(atSlow('ab'))];
  const spreads = columns.map((_, at) =>
    spreadOf(atSlow('ab').map((one) => figuresOf(one)[at] ?? Number.NaN)),
  );
  const ratios = columns.map((column, at) => {
    const ratio = (own[at] ?? Number.NaN) / (theirs[at] ?? Number.NaN);
    // ab has whole milliseconds of the longest only.
    const isRounded = column === '100 %' && Math.abs((own[at] ?? 0) - (theirs[at] ?? 0)) <= 1;
    return { column, ratio, isMet: isRounded || isWithin(ratio, Math.max(ALLOWED, spreads[at] ?? 0)) };
  });
  const [ownFast, theirsFast] = [mediansOf(atFast('bench')), mediansOf(atFast('ab'))];
  const row = (/** @type {readonly number[]} */ figures) => figures.map((figure) => threeDigits(figure));
  return {
    title: 'A fixed count, beside ab',
    text: `${REQUESTS} requests, ${CONCURRENCY} at once, times in ms. Asked: within 10 %, or ab's own spread over the rounds, beside a server that takes ${SERVER_MS} ms, so that the server is the limit; the longest is a single request, of which ab has whole milliseconds. A server that answers at once shows how fast the two programs go, which is no figure of the server: not judged.`,
    header: ['', ...columns],
    rows: [
      [`bench, ${SERVER_MS} ms`, ...row(own)],
      [`ab, ${SERVER_MS} ms`, ...row(theirs)],
      [`ab, ${SERVER_MS} ms, highest / lowest − 1`, ...row(spreads)],
      ['*bench / ab*', ...ratios.map(({ ratio, isMet }) => judged(ratio, isMet))],
      ['bench, at once', ...row(ownFast)],
      ['ab, at once', ...row(theirsFast)],
    ],
    missed: ratios.filter(({ isMet }) => !isMet).map(({ column }) => `beside ab: ${column}`),
  };
}
