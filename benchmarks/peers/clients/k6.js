import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CONNECTIONS, planned } from '../client.js';

/** @type {import('../client.js').Client} */
export const k6 = {
  name: 'k6',
  program: 'k6',
  version: ['version'],
  holdsRate: true,
  hasClosedLoop: true,
  command: (job) => {
    const script = join(job.folder, 'load.js');
    writeFileSync(script, scriptFor(job));
    const silent = ['--quiet', '--no-color', '--log-output=none', '--no-usage-report'];
    return { program: 'k6', args: ['run', ...silent, '--address', '', script] };
  },
  read: (job, stdout) => {
    /** @type {Record<'http_reqs' | 'http_req_duration' | 'http_req_failed', { values: Record<string, number> }>} */
    const metrics = JSON.parse(stdout);
    const failed = metrics.http_req_failed.values['passes'] ?? 0; // of the check "has failed"
    return {
      planned: planned(job),
      completed: (metrics.http_reqs.values['count'] ?? 0) - failed,
      p50Ms: metrics.http_req_duration.values['med'] ?? null,
      p99Ms: metrics.http_req_duration.values['p(99)'] ?? null,
    };
  },
};

/** @param {import('../client.js').Job} job */
function scriptFor({ origin, ratePerSecond, seconds }) {
  const length = { duration: `${seconds}s`, gracefulStop: '1s' };
  const load =
    ratePerSecond === null
      ? { executor: 'constant-vus', vus: CONNECTIONS, ...length }
      : {
          executor: 'constant-arrival-rate',
          rate: ratePerSecond,
          timeUnit: '1s',
          preAllocatedVUs: CONNECTIONS,
          maxVUs: CONNECTIONS,
          ...length,
        };
  const options = {
    discardResponseBodies: true,
    summaryTrendStats: ['med', 'p(99)'],
    scenarios: { load },
  };
  return `import http from 'k6/http';
export const options = ${JSON.stringify(options)};
export default () => { http.get('${origin}/'); };
export const handleSummary = ({ metrics }) => ({ stdout: JSON.stringify(metrics) });
`;
}
