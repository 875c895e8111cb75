import { CONNECTIONS, numberIn } from '../client.js';

const MORE_THAN_IT_CAN = 200_000; // requests per second: its time limit needs a number of requests too

/** @type {import('../client.js').Client} */
export const ab = {
  name: 'ab',
  program: 'ab',
  version: ['-V'],
  holdsRate: false,
  hasClosedLoop: true,
  note: 'HTTP/1.0 with keep-alive',
  command: ({ origin, seconds }) => ({
    program: 'ab',
    args: [
      ...['-k', '-q', '-r', '-c', String(CONNECTIONS)],
      ...['-t', String(Math.ceil(seconds)), '-n', String(MORE_THAN_IT_CAN * Math.ceil(seconds))],
      `${origin}/`,
    ],
  }),
  read: (_job, stdout) => ({
    planned: 0,
    completed: numberIn(stdout, /Complete requests:\s+(\d+)/) - numberIn(stdout, /Failed requests:\s+(\d+)/),
    p50Ms: null,
    p99Ms: null,
  }),
};
