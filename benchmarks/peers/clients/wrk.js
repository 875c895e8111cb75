import { CONNECTIONS, millisecondsIn, numberIn } from '../client.js';

// wrk2 opens its connections 5 ms apart, and the schedule of each starts when it is opened.
const WRK2_SECONDS_APART = 0.005;

/** @type {import('../client.js').Client} */
export const wrk = {
  name: 'wrk',
  program: 'wrk',
  version: ['-v'],
  holdsRate: false,
  hasClosedLoop: true,
  command: (job) => ({ program: 'wrk', args: options(job) }),
  read: (_job, stdout) => ({ planned: 0, ...figures(stdout) }),
};

/** @type {import('../client.js').Client} */
export const wrk2 = {
  name: 'wrk2',
  program: 'wrk2',
  version: ['-v'],
  holdsRate: true,
  hasClosedLoop: false,
  secondsBeforeLatency: 10.5, // it calibrates for ten seconds, and begins its distribution anew then
  note: 'a ramp of 0.25 s as it opens 50 connections is not held against it',
  command: (job) => ({ program: 'wrk2', args: [...options(job), '-R', String(job.ratePerSecond)] }),
  read: ({ ratePerSecond, seconds }, stdout) => ({
    planned: (ratePerSecond ?? 0) * (seconds - (WRK2_SECONDS_APART * (CONNECTIONS - 1)) / 2),
    ...figures(stdout),
  }),
};

/** @param {import('../client.js').Job} job */
function options({ origin, seconds }) {
  // Both take whole seconds only.
  return ['-t1', `-c${CONNECTIONS}`, `-d${Math.ceil(seconds)}s`, '--latency', `${origin}/`];
}

/** @param {string} stdout */
function figures(stdout) {
  return {
    completed: numberIn(stdout, /(\d+) requests in/),
    p50Ms: millisecondsIn(stdout, /^\s*50(?:\.000)?%/),
    p99Ms: millisecondsIn(stdout, /^\s*99(?:\.000)?%/),
  };
}
