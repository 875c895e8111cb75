import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CONNECTIONS } from '../client.js';

const BENCH = fileURLToPath(new URL('../../../bin/bench.js', import.meta.url));
const SPEC = {
  openapi: '3.0.3',
  info: { title: 'one operation', version: '1' },
  paths: { '/': { get: { operationId: 'get_root', responses: { 200: { description: 'ok' } } } } },
};

/** @typedef {{ achievedRps: number, counts: { planned: number, succeeded: number }, latencyMs: Record<'response' | 'sendLag', { p50: number, p99: number }>, verdict: { state: string } }} Cell */

/** @param {'precise' | 'relaxed'} pacing @returns {import('../client.js').Client} */
export function bench(pacing) {
  return {
    name: `bench ${pacing}`,
    program: process.execPath,
    version: [BENCH, '--version'],
    holdsRate: true,
    hasClosedLoop: false,
    command: (job) => ({ program: process.execPath, args: [BENCH, ...options(job, pacing)] }),
    read: (job, stdout) => {
      /** @type {{ cells: Cell[] }} */
      const record = JSON.parse(stdout);
      const cell = record.cells[0];
      if (!cell) throw new Error('bench measured nothing');
      const { counts, latencyMs } = cell;
      return {
        planned: counts.planned,
        // Only what was done within the time: an overloaded bench does the rest afterwards.
        completed: Math.round(cell.achievedRps * job.seconds),
        p50Ms: latencyMs.response.p50,
        p99Ms: latencyMs.response.p99,
        lagP99Ms: latencyMs.sendLag.p99,
      };
    },
  };
}

/** @param {import('../client.js').Job} job @param {string} pacing */
function options({ origin, ratePerSecond, seconds, isWarm, folder }, pacing) {
  const spec = join(folder, 'openapi.json');
  writeFileSync(spec, JSON.stringify(SPEC));
  return [
    ...['run', '--url', origin, '--spec', spec, '--out', join(folder, 'results'), '--json', '--quiet'],
    ...['--rates', String(ratePerSecond), '--duration', `${seconds}s`, '--warmup', isWarm ? '1s' : '0s'],
    ...['--max-connections', String(CONNECTIONS), '--pacing', pacing],
    ...(hasThreads() ? ['--threads', '1'] : []),
  ];
}

/** @type {boolean | undefined} */
let threadsKnown;

/** The comparison is of one core's work, so bench may use one load thread where it can be told so. */
function hasThreads() {
  threadsKnown ??= spawnSync(process.execPath, [BENCH, 'run', '--help']).stdout.includes('--threads');
  return threadsKnown;
}
