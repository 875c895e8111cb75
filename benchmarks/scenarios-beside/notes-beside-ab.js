import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeFromCompressedBase64 } from 'hdr-histogram-js';
import { numberIn } from '../peers/client.js';
import { ab } from '../peers/clients/ab.js';
import { besideEachOther, comparedRows } from './beside.js';
import { BENCH } from './served-scenario.js';

const SCENARIO = 'notes-postgres';
const REQUESTS = 10_000;
const CONCURRENCY = 10;
const SECONDS = 240; // at most, for both operations
const ALLOWANCE = { rate: 0.1, percentile: 0.1 };
const PERCENTILES = [50, 75, 90, 95, 98, 99];
const NOTE = JSON.stringify({ title: 'something', description: 'something else' });
const OPERATIONS = [
  { id: 'create_note', name: 'async', path: '/notes/' },
  { id: 'create_note_sync', name: 'sync', path: '/notes/sync/' },
];

/** @typedef {import('./beside.js').Figures} Figures */
/** @typedef {import('../peers/clients/bench.js').Cell & { subject: { id: string } }} Cell */

/** @type {import('../peers/client.js').Client<Figures>} */
const bench = {
  name: 'bench',
  program: process.execPath,
  version: [BENCH, '--version'],
  holdsRate: false,
  hasClosedLoop: true,
  command: ({ origin, folder }) => ({
    program: process.execPath,
    args: [
      ...[BENCH, 'run', '--scenario', SCENARIO, '--url', origin, '--out', join(folder, 'results')],
      ...['--requests', String(REQUESTS), '--concurrency', String(CONCURRENCY), '--threads', '1'],
      ...['--no-keepalive', '--preflight', 'off', '--json', '--quiet'],
    ],
  }),
  read: (_job, stdout) => {
    /** @type {{ cells: Cell[] }} */
    const { cells } = JSON.parse(stdout);
    return new Map(
      OPERATIONS.flatMap(({ id, name }) => {
        const cell = cells.find(({ subject }) => subject.id === id);
        if (cell?.counts.succeeded !== REQUESTS) throw new Error(`${id}: ${JSON.stringify(cell?.counts)}`);
        const responseUs = decodeFromCompressedBase64(cell.histograms.response, 32, false);
        const msAt = (/** @type {number} */ percentile) => responseUs.getValueAtPercentile(percentile) / 1000;
        return rowsOf(name, cell.achievedRps, msAt, cell.latencyMs.response.max);
      }),
    );
  },
};

/** `ab`, once for each operation: it has one address in a run. @type {import('../peers/client.js').Client<Figures>} */
const peer = {
  ...ab,
  command: ({ origin, folder }) => {
    const body = join(folder, 'note.json');
    writeFileSync(body, NOTE);
    const words = ['-l', '-q', '-n', String(REQUESTS), '-c', String(CONCURRENCY), '-p', body];
    const lines = OPERATIONS.map(({ id, path }) =>
      ['ab', ...words, '-T', 'application/json', '-e', join(folder, `${id}.csv`), origin + path].join(' '),
    );
    return { program: 'sh', args: ['-ec', lines.join('\n')] };
  },
  read: ({ folder }, stdout) => {
    const reports = stdout.split(/^This is ApacheBench/m).slice(1);
    return new Map(
      OPERATIONS.flatMap(({ id, name }, at) => {
        const report = reports[at] ?? '';
        if (numberIn(report, /Failed requests:\s+(\d+)/) > 0 || report.includes('Non-2xx'))
          throw new Error(`ab: ${report}`);
        // What it prints are whole milliseconds; its file, which ends with 99 %, has three digits more.
        const rows = readFileSync(join(folder, `${id}.csv`), 'utf8').split('\n');
        const ms = new Map(rows.map((row) => /** @type {[string, string]} */ (row.split(','))));
        const msAt = (/** @type {number} */ percentile) => Number(ms.get(String(percentile)));
        const rate = numberIn(report, /Requests per second:\s+([\d.]+)/);
        return rowsOf(name, rate, msAt, numberIn(report, /100%\s+(\d+)/));
      }),
    );
  },
};

/**
 * @param {string} name @param {number} rate @param {(percentile: number) => number} msAt @param {number} longestMs
 * @returns {[string, number][]}
 */
function rowsOf(name, rate, msAt, longestMs) {
  return [
    [`${name}: requests/s`, rate],
    ...PERCENTILES.map(
      (percentile) => /** @type {[string, number]} */ ([`${name}: ${percentile} %, ms`, msAt(percentile)]),
    ),
    [`${name}: longest, ms`, longestMs],
  ];
}

/** @type {(setting: import('./beside.js').ScenarioSetting) => Promise<import('../closed-loops/section.js').Section>} */
export async function notesBesideAb(setting) {
  const trial = { scenario: SCENARIO, seconds: SECONDS };
  const outcomes = await besideEachOther(setting, trial, [bench, peer]);
  const rounds = { own: outcomes('bench'), theirs: outcomes('ab') };
  return {
    title: 'notes-postgres (B), beside ab',
    text: `\`ab -l -n ${REQUESTS} -c ${CONCURRENCY}\` on each of the two POSTs, and \`bench run --no-keepalive\` with the same. Both open a connection for each request: ab speaks HTTP/1.0, whose connections uvicorn closes, so \`ab -k\` counts 0 keep-alive requests. Asked: requests/s within 10 %, percentiles within ab's own spread over the rounds (highest / lowest − 1), or 10 %. The longest is a single request, and not judged.`,
    ...comparedRows({ peer: 'ab', ...rounds, allowance: ALLOWANCE }),
  };
}
