import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse as parseCsv } from 'csv-parse/sync';
import { parse } from 'yaml';
import { locust } from '../peers/clients/locust.js';
import { besideEachOther, comparedRows } from './beside.js';
import { BENCH } from './served-scenario.js';

const SCENARIO = 'processes-postgres';
const FOLDER = fileURLToPath(new URL(`../../scenarios/${SCENARIO}/`, import.meta.url));
const LOCUSTFILE = fileURLToPath(new URL('./locustfile.py', import.meta.url));
const PATH = '/api/v1/processes';
const OPERATIONS = [`GET ${PATH}`, `POST ${PATH}`, `GET ${PATH}/*`, `PUT ${PATH}/*`];
const ALLOWANCE = { rate: 0.1, percentile: 0.2 };

/** @typedef {import('./beside.js').Figures} Figures */
/** @typedef {{ planned: number, succeeded: number }} Counts */
/** @typedef {{ p50: number, p95: number, p99: number }} Percentiles */
/** @typedef {{ counts: Counts, latencyMs: { response: Percentiles } }} Part */
/** @typedef {Part & { completedRps: number, subject: { operations: { id: string }[] }, byOperation: Part[] }} Cell */
/** @typedef {{ users: number[], spawnRate: number, think: string, timeout: string, weights: Record<string, number> }} Load */

/** @type {{ load: Load }} */
const { load } = parse(readFileSync(join(FOLDER, 'scenario.yaml'), 'utf8'));
const USERS = load.users[0] ?? 0;
const timeoutSeconds = secondsIn(load.timeout);
const thinkSeconds = load.think.split('-').map(secondsIn);

/** @param {number} seconds that users are at work @returns {import('../peers/client.js').Client<Figures>} */
function benchFor(seconds) {
  return {
    name: 'bench',
    program: process.execPath,
    version: [BENCH, '--version'],
    holdsRate: false,
    hasClosedLoop: true,
    command: ({ origin, folder }) => ({
      program: process.execPath,
      args: [
        ...[BENCH, 'run', '--scenario', SCENARIO, '--profile', 'locust', '--duration', `${seconds}s`],
        ...['--url', origin, '--threads', '1', '--preflight', 'off', '--out', join(folder, 'results')],
        // Whether it is good enough is not asked here.
        ...['--slo', 'errors <= 100%', '--json', '--quiet'],
      ],
    }),
    read: (_job, stdout) => {
      /** @type {{ cells: Cell[] }} */
      const { cells } = JSON.parse(stdout);
      const [cell] = cells;
      if (!cell) throw new Error('bench measured nothing');
      const partOf = (/** @type {string} */ operation) =>
        cell.byOperation[cell.subject.operations.findIndex(({ id }) => id === operation)];
      return new Map([
        ['requests/s', cell.completedRps],
        ...figuresOf(cell, partOf, ({ counts, latencyMs }) => ({
          failedPercent: (100 * (counts.planned - counts.succeeded)) / counts.planned,
          ...latencyMs.response,
        })),
      ]);
    },
  };
}

/** @param {number} seconds that users are at work @returns {import('../peers/client.js').Client<Figures>} */
function locustFor(seconds) {
  return {
    ...locust,
    command: ({ origin, folder }) => ({
      program: 'env',
      args: [
        `LOAD=${JSON.stringify({ thinkSeconds, timeoutSeconds, weights: load.weights })}`,
        `UPDATES=${join(FOLDER, 'updates.csv')}`,
        ...['locust', '-f', LOCUSTFILE, '--headless', '--host', origin, '--only-summary'],
        ...['-u', String(USERS), '-r', String(load.spawnRate), '-t', `${seconds}s`],
        // As bench does: what is under way at the end is waited for.
        ...['--stop-timeout', String(timeoutSeconds), '--exit-code-on-error', '0'],
        ...['--csv', join(folder, 'locust')],
      ],
    }),
    read: ({ folder }) => {
      const rows = csvOf(join(folder, 'locust_stats.csv'));
      const rowOf = (/** @type {string} */ name) =>
        rows.find(({ Type, Name }) => `${Type} ${Name}`.trim() === name);
      return new Map([
        ['requests/s', answeredInASecond(folder, seconds)],
        ...figuresOf(rowOf('Aggregated'), rowOf, (row) => ({
          failedPercent: (100 * Number(row['Failure Count'])) / Number(row['Request Count']),
          p50: Number(row['50%']),
          p95: Number(row['95%']),
          p99: Number(row['99%']),
        })),
      ]);
    },
  };
}

/**
 * Those that were answered while the users were at work. Locust's own `Requests/s` counts what was waited for afterwards,
 * over the time until the last of it.
 *
 * @param {string} folder @param {number} seconds
 */
function answeredInASecond(folder, seconds) {
  const rows = csvOf(join(folder, 'locust_stats_history.csv'));
  const timed = rows.map((row) => ({
    second: Number(row['Timestamp']) - Number(rows[0]?.['Timestamp']),
    count: Number(row['Total Request Count']),
  }));
  const last = timed.findLast(({ second }) => second <= seconds);
  return last === undefined ? Number.NaN : last.count / last.second;
}

/** @param {string} file @returns {Record<string, string>[]} */
function csvOf(file) {
  return parseCsv(readFileSync(file, 'utf8'), { columns: true });
}

/**
 * @template P
 * @param {P | undefined} aggregated
 * @param {(operation: string) => P | undefined} partOf
 * @param {(part: P) => Percentiles & { failedPercent: number }} read
 * @returns {[string, number][]}
 */
function figuresOf(aggregated, partOf, read) {
  return ['Aggregated', ...OPERATIONS].flatMap((name) => {
    const part = name === 'Aggregated' ? aggregated : partOf(name);
    if (part === undefined) throw new Error(`no figures of ${name}`);
    const { p50, p95, p99, failedPercent } = read(part);
    return [
      [`${name}: 50 %, ms`, p50],
      [`${name}: 95 %, ms`, p95],
      // Of a single operation the slowest hundredth is a handful of requests.
      ...(name === 'Aggregated' ? /** @type {[string, number][]} */ ([[`${name}: 99 %, ms`, p99]]) : []),
      [`${name}: failed, % of its requests`, failedPercent],
    ];
  });
}

/** @param {string} written as `0.1s` or `2s` */
function secondsIn(written) {
  const seconds = /^([\d.]+)s$/.exec(written)?.[1];
  if (seconds === undefined) throw new Error(`seconds are expected in scenario.yaml, not ${written}`);
  return Number(seconds);
}

/** @type {(setting: import('./beside.js').ScenarioSetting) => Promise<import('../closed-loops/section.js').Section>} */
export async function processesBesideLocust(setting) {
  const { seconds } = setting;
  const trial = { scenario: SCENARIO, seconds: seconds + timeoutSeconds };
  const outcomes = await besideEachOther(setting, trial, [benchFor(seconds), locustFor(seconds)]);
  const rounds = { own: outcomes('bench'), theirs: outcomes('locust') };
  return {
    title: 'processes-postgres (C), beside Locust',
    text: `${USERS} users, ${load.spawnRate} more each second, think time ${load.think}, ${seconds} s, deadline ${load.timeout}; weights, think time and values of both come from the scenario. Locust with FastHttpUser, its figures from its CSV file, where times from 100 ms on have two digits. *requests/s* are the answers that came while the users were at work; all others were waited for, by both. Asked: requests/s within 10 %, percentiles within Locust's own spread over the rounds (highest / lowest − 1), or 20 %. How many requests failed is left to the races between them, and not judged.`,
    ...comparedRows({ peer: 'locust', ...rounds, allowance: ALLOWANCE }),
  };
}
