import { CONNECTIONS, planned } from '../client.js';

/** @type {import('../client.js').Client} */
export const autocannon = {
  name: 'autocannon',
  program: 'autocannon',
  version: ['--version'],
  holdsRate: true,
  hasClosedLoop: true,
  note: 'it reports whole milliseconds',
  command: ({ origin, ratePerSecond, seconds, isWarm }) => ({
    program: 'autocannon',
    args: [
      ...['--json', '--no-progress', '-c', String(CONNECTIONS), '-d', String(Math.ceil(seconds))],
      ...(ratePerSecond === null ? [] : ['-R', String(ratePerSecond)]),
      ...(isWarm ? ['-W', '[', '-c', String(CONNECTIONS), '-d', '1', ']'] : []),
      `${origin}/`,
    ],
  }),
  read: (job, stdout) => {
    // With a warm-up it prints that one's result first, on a line of its own.
    /** @type {{ '2xx': number, latency: { p50: number, p99: number } }} */
    const report = JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
    return {
      planned: planned(job),
      completed: report['2xx'],
      p50Ms: report.latency.p50,
      p99Ms: report.latency.p99,
    };
  },
};
