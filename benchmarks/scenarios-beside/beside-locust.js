import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse as parseCsv } from 'csv-parse/sync';
import { parse } from 'yaml';
import { locust } from '../peers/clients/locust.js';
import { BENCH } from './served-scenario.js';

/** @typedef {import('./beside.js').Figures} Figures */
/** @typedef {{ planned: number, succeeded: number }} Counts */
/** @typedef {{ p50: number, p95: number, p99: number }} Percentiles */
/** @typedef {{ counts: Counts, latencyMs: { response: Percentiles } }} Part */
/** @typedef {Part & { completedRps: number, subject: { operations: { id: string }[] }, byOperation: Part[] }} Cell */
/** @typedef {Percentiles & { requestsPerSecond: number, failedPercent: number }} Row of Locust's table */
/** @typedef {{ users: number, perSecond: number, seconds: number }} Crew who is at work, how many start each second, and for how long */
/** @typedef {{ users: number[], spawnRate: number | number[], think: string, timeout: string, weights?: Record<string, number> }} Load */

/** The `load:` of a scenario. @param {string} scenario @returns {Load} */
export function loadOf(scenario) {
  const file = fileURLToPath(new URL(`../../scenarios/${scenario}/scenario.yaml`, import.meta.url));
  /** @type {{ load: Load }} */
  const scenarioFile = parse(readFileSync(file, 'utf8'));
  return scenarioFile.load;
}

/**
 * bench with the users of a scenario, its table read as Locust's: `Aggregated`, and a row for each operation.
 *
 * @param {{ scenario: string, crew: Crew, words?: readonly string[], read: (table: (name: string) => Row) => Figures }} trial
 *   `words`: more for the command line
 * @returns {import('../peers/client.js').Client<Figures>}
 */
export function benchBeside({ scenario, crew, words = [], read }) {
  const { users, perSecond, seconds } = crew;
  return {
    name: 'bench',
    program: process.execPath,
    version: [BENCH, '--version'],
    holdsRate: false,
    hasClosedLoop: true,
    command: ({ origin, folder }) => ({
      program: process.execPath,
      args: [
        ...[BENCH, 'run', '--scenario', scenario, ...words],
        ...['--users', String(users), '--spawn-rate', String(perSecond), '--duration', `${seconds}s`],
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
      const partOf = (/** @type {string} */ name) =>
        name === 'Aggregated'
          ? cell
          : cell.byOperation[cell.subject.operations.findIndex(({ id }) => id === name)];
      return read((name) => {
        const part = partOf(name);
        if (part === undefined) throw new Error(`bench has no figures of ${name}`);
        const { counts, latencyMs } = part;
        return {
          requestsPerSecond: part === cell ? cell.completedRps : counts.planned / seconds,
          failedPercent: (100 * (counts.planned - counts.succeeded)) / counts.planned,
          ...latencyMs.response,
        };
      });
    },
  };
}

/**
 * Locust with the same.
 *
 * @param {{ locustfile: string, load: Load, crew: Crew, env?: readonly string[], read: (table: (name: string) => Row) => Figures }} trial
 *   `locustfile`: beside this file; `env`: `NAME=value`, beside LOAD
 * @returns {import('../peers/client.js').Client<Figures>}
 */
export function locustBeside({ locustfile, load, crew, env = [], read }) {
  const { users, perSecond, seconds } = crew;
  const timeoutSeconds = secondsIn(load.timeout);
  const thinkSeconds = load.think.split('-').map(secondsIn);
  return {
    ...locust,
    command: ({ origin, folder }) => ({
      program: 'env',
      args: [
        `LOAD=${JSON.stringify({ thinkSeconds, timeoutSeconds, weights: load.weights })}`,
        ...env,
        ...['locust', '-f', fileURLToPath(new URL(locustfile, import.meta.url))],
        ...['--headless', '--host', origin, '--only-summary'],
        ...['-u', String(users), '-r', String(perSecond), '-t', `${seconds}s`],
        // As bench does: what is under way at the end is waited for.
        ...['--stop-timeout', String(timeoutSeconds), '--exit-code-on-error', '0'],
        ...['--csv', join(folder, 'locust')],
      ],
    }),
    read: ({ folder }) => {
      const rows = csvOf(join(folder, 'locust_stats.csv'));
      return read((name) => {
        const row = rows.find(({ Type, Name }) => `${Type} ${Name}`.trim() === name);
        if (row === undefined) throw new Error(`Locust has no figures of ${name}`);
        return {
          requestsPerSecond:
            name === 'Aggregated' ? answeredInASecond(folder, seconds) : Number(row['Requests/s']),
          failedPercent: (100 * Number(row['Failure Count'])) / Number(row['Request Count']),
          p50: Number(row['50%']),
          p95: Number(row['95%']),
          p99: Number(row['99%']),
        };
      });
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

/** @param {string} written as `0.1s` or `2s` */
export function secondsIn(written) {
  const seconds = /^([\d.]+)s$/.exec(written)?.[1];
  if (seconds === undefined) throw new Error(`seconds are expected in scenario.yaml, not ${written}`);
  return Number(seconds);
}
