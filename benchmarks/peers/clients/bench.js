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

/**
 * @typedef {{ p50: number, p95: number, p99: number, max: number, mean: number }} Latency
 * @typedef {{
 *   achievedRps: number,
 *   counts: Record<'planned' | 'sent' | 'completed' | 'succeeded' | 'timedOut' | 'dropped' | 'unfinished', number>,
 *   latencyMs: Record<'response' | 'sendLag', Latency>,
 *   histograms: { response: string },
 *   generator: { client: string, cpuPercent: number, memoryBytes: number },
 *   verdict: { state: string, reasons: { id: string }[] },
 * }} Cell
 */

/** @param {'precise' | 'relaxed'} pacing @returns {import('../client.js').Client} */
export function bench(pacing) {
  return {
    name: `bench ${pacing}`,
    program: process.execPath,
    version: [BENCH, '--version'],
    holdsRate: true,
    hasClosedLoop: false,
    command: (job) => {
      const { ratePerSecond, seconds, isWarm } = job;
      const load = ['--rates', String(ratePerSecond), '--duration', `${seconds}s`];
      const most = ['--max-connections', String(CONNECTIONS), '--pacing', pacing];
      return benchCommand(job, [...load, '--warmup', isWarm ? '1s' : '0s', ...most]);
    },
    read: outcomeOf,
  };
}

/** Users without think time: a connection for each, and no pacing. @type {import('../client.js').Client} */
export const benchUsers = {
  name: 'bench users',
  program: process.execPath,
  version: [BENCH, '--version'],
  holdsRate: false,
  hasClosedLoop: true,
  note: `\`--users ${CONNECTIONS} --client wire\``,
  command: (job) => {
    const users = ['--users', String(CONNECTIONS), '--spawn-rate', '1000'];
    return benchCommand(job, [...users, '--duration', `${job.seconds}s`, '--client', 'wire']);
  },
  read: outcomeOf,
};

/**
 * `bench run` on one operation, GET /, on one load thread.
 *
 * @param {Pick<import('../client.js').Job, 'origin' | 'folder'>} job
 * @param {readonly string[]} load the words that say which
 * @returns {import('../client.js').Command}
 */
export function benchCommand({ origin, folder }, load) {
  const spec = join(folder, 'openapi.json');
  writeFileSync(spec, JSON.stringify(SPEC));
  const words = [
    'run',
    '--url',
    origin,
    '--spec',
    spec,
    '--out',
    join(folder, 'results'),
    '--json',
    '--quiet',
  ];
  // The comparison is of one core's work.
  const threads = hasThreads() ? ['--threads', '1'] : [];
  return { program: process.execPath, args: [BENCH, ...words, ...load, ...threads] };
}

/** The only cell of what `benchCommand` printed. @param {string} stdout @returns {Cell} */
export function cellIn(stdout) {
  /** @type {{ cells: Cell[] }} */
  const record = JSON.parse(stdout);
  const cell = record.cells[0];
  if (!cell) throw new Error('bench measured nothing');
  return cell;
}

/** @param {import('../client.js').Job} job @param {string} stdout @returns {import('../client.js').Outcome} */
function outcomeOf({ seconds }, stdout) {
  const { counts, achievedRps, latencyMs } = cellIn(stdout);
  return {
    planned: counts.planned,
    // Only what was done within the time: an overloaded bench does the rest afterwards.
    completed: Math.round(achievedRps * seconds),
    p50Ms: latencyMs.response.p50,
    p99Ms: latencyMs.response.p99,
    lagP99Ms: latencyMs.sendLag.p99,
  };
}

/** @type {boolean | undefined} */
let threadsKnown;

/** An older bench has no such flag. */
function hasThreads() {
  threadsKnown ??= spawnSync(process.execPath, [BENCH, 'run', '--help']).stdout.includes('--threads');
  return threadsKnown;
}
