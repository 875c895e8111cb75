import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CONNECTIONS } from '../client.js';
import { quantile } from '../statistics.js';

/** @typedef {{ num_requests: number, num_failures: number, start_time: number, last_request_timestamp: number, response_times: Record<string, number> }} Report */

/** @type {import('../client.js').Client} */
export const locust = {
  name: 'locust',
  program: 'locust',
  version: ['--version'],
  holdsRate: true,
  hasClosedLoop: true,
  note: 'FastHttpUser; the rate is for each user (constant_throughput); it rounds to whole milliseconds',
  command: ({ origin, ratePerSecond, seconds, folder }) => {
    const file = join(folder, 'locustfile.py');
    const wait =
      ratePerSecond === null ? 'constant(0)' : `constant_throughput(${ratePerSecond / CONNECTIONS})`;
    writeFileSync(file, locustScript(wait));
    const users = ['-u', String(CONNECTIONS), '-r', String(CONNECTIONS), '-t', `${Math.ceil(seconds)}s`];
    return {
      program: 'locust',
      args: ['-f', file, '--headless', ...users, '--host', origin, '--json', '--loglevel', 'ERROR'],
    };
  },
  read: ({ ratePerSecond }, stdout) => {
    /** @type {Report[]} */
    const reports = JSON.parse(stdout.slice(stdout.indexOf('[\n')));
    const report = reports[0];
    if (!report) throw new Error('locust measured nothing');
    const latencyMs = Object.entries(report.response_times)
      .flatMap(([ms, count]) => Array.from({ length: count }, () => Number(ms)))
      .sort((a, b) => a - b);
    return {
      // Its time limit counts from before its first request.
      planned: (ratePerSecond ?? 0) * (report.last_request_timestamp - report.start_time),
      completed: report.num_requests - report.num_failures,
      p50Ms: quantile(latencyMs, 0.5),
      p99Ms: quantile(latencyMs, 0.99),
    };
  },
};

/** Users who ask for / and then wait. @param {string} wait as in Python */
export function locustScript(wait) {
  return `from locust import FastHttpUser, between, constant, constant_throughput, task

class Load(FastHttpUser):
    wait_time = ${wait}

    @task
    def get(self):
        self.client.get('/')
`;
}
