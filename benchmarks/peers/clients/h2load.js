import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CONNECTIONS, numberIn, planned } from '../client.js';
import { quantile } from '../statistics.js';

/** @type {import('../client.js').Client} */
export const h2load = {
  name: 'h2load',
  program: 'h2load',
  version: ['--version'],
  holdsRate: true,
  hasClosedLoop: true,
  note: 'the rate is for each connection, and all start together; percentiles from its log file',
  command: ({ origin, ratePerSecond, seconds, folder }) => ({
    program: 'h2load',
    args: [
      ...['--h1', '-t1', `-c${CONNECTIONS}`, `-D${seconds}`],
      ...(ratePerSecond === null ? [] : [`--rps=${ratePerSecond / CONNECTIONS}`]),
      ...(isSmall(ratePerSecond) ? [`--log-file=${logIn(folder)}`] : []),
      `${origin}/`,
    ],
  }),
  read: (job, stdout) => {
    const latencyMs = isSmall(job.ratePerSecond) ? latenciesIn(logIn(job.folder)) : [];
    return {
      planned: planned(job),
      completed: numberIn(stdout, /(\d+) succeeded/),
      p50Ms: latencyMs.length > 0 ? quantile(latencyMs, 0.5) : null,
      p99Ms: latencyMs.length > 0 ? quantile(latencyMs, 0.99) : null,
    };
  },
};

// Its log is a line for each request: not written where capacity and CPU are in question.
const LOGGED_RATE = 1000;

/** @param {number | null} ratePerSecond */
function isSmall(ratePerSecond) {
  return ratePerSecond !== null && ratePerSecond <= LOGGED_RATE;
}

/** @param {string} folder */
function logIn(folder) {
  return join(folder, 'requests.log');
}

/** Columns: start, status, microseconds. @param {string} file */
function latenciesIn(file) {
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  return Float64Array.from(lines, (line) => Number(line.split('\t')[2]) / 1000).sort();
}
