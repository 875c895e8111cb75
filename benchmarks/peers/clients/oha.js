import { CONNECTIONS, planned } from '../client.js';

/** @type {import('../client.js').Client} */
export const oha = {
  name: 'oha',
  program: 'oha',
  version: ['--version'],
  holdsRate: true,
  hasClosedLoop: true,
  command: ({ origin, ratePerSecond, seconds }) => ({
    program: 'oha',
    args: [
      ...['--no-tui', '--output-format', 'json', '-c', String(CONNECTIONS), '-z', `${seconds}s`],
      ...(ratePerSecond === null ? [] : ['-q', String(ratePerSecond), '--latency-correction']),
      `${origin}/`,
    ],
  }),
  read: (job, stdout) => {
    /** @type {{ latencyPercentiles: Record<string, number>, statusCodeDistribution: Record<string, number> }} */
    const report = JSON.parse(stdout);
    return {
      planned: planned(job),
      completed: report.statusCodeDistribution['200'] ?? 0,
      p50Ms: (report.latencyPercentiles['p50'] ?? Number.NaN) * 1000,
      p99Ms: (report.latencyPercentiles['p99'] ?? Number.NaN) * 1000,
    };
  },
};
