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
    read: (job, stdout) => outcomeOf(cellIn(stdout), job),
  };
}

/**
 * bench in a closed loop, and what is wanted of the only cell that it measures.
 *
 * @template O
 * @param {(job: import('../client.js').Job) => readonly string[]} loadOf the words that say which
 * @param {(cell: Cell, job: import('../client.js').Job) => O} read
 * @returns {import('../client.js').Client<O>}
 */
export function closedBench(loadOf, read) {
  return {
    name: 'bench',
    program: process.execPath,
    version: [BENCH, '--version'],
    holdsRate: false,
    hasClosedLoop: true,
    command: (job) => benchCommand(job, loadOf(job)),
    read: (job, stdout) => read(cellIn(stdout), job),
  };
}

/** Users without think time: a connection for each, and no pacing. @type {import('../client.js').Client} */
export const benchUsers = {
  ...closedBench(({ seconds }) => {
    const users = ['--users', String(CONNECTIONS), '--spawn-rate', '1000'];
    return [...users, '--duration', `${seconds}s`, '--client', 'wire'];
  }, outcomeOf),
  name: 'bench users',
  note: `\`--users ${CONNECTIONS} --client wire\``,
};

/**
 * `bench run` on one operation, GET /, on one load thread.
 *
 * @param {Pick<import('../client.js').Job, 'origin' | 'folder'>} job
 * @param {readonly string[]} load the words that say which
 * @returns {import('../client.js').Command}
 */
function benchCommand({ origin, folder }, load) {
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
function cellIn(stdout) {
  /** @type {{ cells: Cell[] }} */
  const record = JSON.parse(stdout);
  const cell = record.cells[0];
  if (!cell) throw new Error('bench measured nothing');
  return cell;
}

/** @param {Cell} cell @param {import('../client.js').Job} job @returns {import('../client.js').Outcome} */
function outcomeOf({ counts, achievedRps, latencyMs }, { seconds }) {
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
