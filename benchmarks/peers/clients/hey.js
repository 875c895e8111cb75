import { CONNECTIONS, numberIn, planned } from '../client.js';

/** @type {import('../client.js').Client} */
export const hey = {
  name: 'hey',
  program: 'hey',
  version: null,
  holdsRate: true,
  hasClosedLoop: true,
  note: 'the rate is for each worker; it reports steps of 0.1 ms, from its first million requests',
  command: ({ origin, ratePerSecond, seconds }) => ({
    program: 'hey',
    args: [
      ...['-c', String(CONNECTIONS), '-z', `${seconds}s`],
      ...(ratePerSecond === null ? [] : ['-q', String(ratePerSecond / CONNECTIONS)]),
      `${origin}/`,
    ],
  }),
  read: (job, stdout) => ({
    planned: planned(job),
    // Its count of answers stops at a million.
    completed: Math.round(
      numberIn(stdout, /Requests\/sec:\s+([\d.]+)/) * numberIn(stdout, /Total:\s+([\d.]+)/),
    ),
    p50Ms: numberIn(stdout, /50% in ([\d.]+)/) * 1000,
    p99Ms: numberIn(stdout, /99% in ([\d.]+)/) * 1000,
  }),
};
