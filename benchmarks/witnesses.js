/*
 * Figures of bench against independent witnesses: vegeta and oha send the same requests at the same rate
 * to the same server, in turn. Prints medians over the rounds and their ratios; a witness that is not
 * installed is named and left out.
 *
 *   node benchmarks/witnesses.js [--scenario node-sqlite] [--rate 500] [--seconds 10] [--rounds 3]
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    scenario: { type: 'string', default: 'node-sqlite' },
    rate: { type: 'string', default: '500' },
    seconds: { type: 'string', default: '10' },
    rounds: { type: 'string', default: '3' },
  },
});
const BENCH = fileURLToPath(new URL('../bin/bench.js', import.meta.url));
const ENDPOINTS = ['simple_async', 'get_item_async_read', 'update_item_async_write'];
const ITEM_IDS = Array.from({ length: 2000 }, (_, index) => index + 1);
const MIB = 1024 * 1024;

/** @typedef {{ p50Ms: number, p99Ms: number, achievedRps: number }} Figures */
/** @typedef {{ id: string, method: string, url: string, body: string | null }} Endpoint */

/** @type {Record<string, (endpoint: Endpoint, origin: string) => Figures>} */
const clients = { bench: runBench, vegeta: runVegeta, oha: runOha };

/** @param {Endpoint} endpoint @param {string} origin @returns {Figures} */
function runBench({ id }, origin) {
  const out = mkdtempSync(join(tmpdir(), 'witnesses-'));
  const options = ['--scenario', values.scenario, '--url', origin, '--include', id, '--rates', values.rate];
  run(process.execPath, [
    BENCH,
    'run',
    ...options,
    '--duration',
    `${values.seconds}s`,
    '--warmup',
    '1s',
    '--quiet',
    '--out',
    out,
  ]);
  /** @type {{ cells: { achievedRps: number, latencyMs: { response: { p50: number, p99: number } } }[] }} */
  const record = JSON.parse(readFileSync(join(out, 'results.json'), 'utf8'));
  rmSync(out, { recursive: true });
  const cell = record.cells[0];
  if (!cell) throw new Error(`bench measured nothing for ${id}`);
  return {
    p50Ms: cell.latencyMs.response.p50,
    p99Ms: cell.latencyMs.response.p99,
    achievedRps: cell.achievedRps,
  };
}

/** @param {Endpoint} endpoint @returns {Figures} */
function runVegeta({ method, url, body }) {
  const targets = ITEM_IDS.map((id) =>
    JSON.stringify({
      method,
      url: url.replace('{item_id}', String(id)),
      ...(body === null
        ? {}
        : { body: Buffer.from(body).toString('base64'), header: { 'Content-Type': ['application/json'] } }),
    }),
  );
  const attack = run(
    'vegeta',
    ['attack', '-format=json', `-rate=${values.rate}`, `-duration=${values.seconds}s`],
    targets.join('\n'),
  );
  /** @type {{ latencies: Record<string, number>, throughput: number }} */
  const report = JSON.parse(run('vegeta', ['report', '-type=json'], attack).toString());
  return {
    p50Ms: (report.latencies['50th'] ?? 0) / 1e6,
    p99Ms: (report.latencies['99th'] ?? 0) / 1e6,
    achievedRps: report.throughput,
  };
}

/** @param {Endpoint} endpoint @returns {Figures} */
function runOha({ method, url, body }) {
  const folder = mkdtempSync(join(tmpdir(), 'witnesses-'));
  const addresses = join(folder, 'urls');
  writeFileSync(addresses, ITEM_IDS.map((id) => url.replace('{item_id}', String(id))).join('\n'));
  const rate = ['-q', values.rate, '-z', `${values.seconds}s`, '-c', '100', '--latency-correction'];
  const request = ['-m', method, ...(body === null ? [] : ['-d', body, '-T', 'application/json'])];
  const output = run('oha', [
    '--no-tui',
    '--output-format',
    'json',
    ...rate,
    ...request,
    '--urls-from-file',
    addresses,
  ]);
  rmSync(folder, { recursive: true });
  /** @type {{ summary: { requestsPerSec: number, successRate: number }, latencyPercentiles: Record<string, number>, statusCodeDistribution: Record<string, number> }} */
  const report = JSON.parse(output.toString());
  const { latencyPercentiles, statusCodeDistribution } = report;
  const statuses = Object.keys(statusCodeDistribution).join(', ');
  if (statuses !== '200') throw new Error(`oha was answered with status ${statuses}`);
  return {
    p50Ms: (latencyPercentiles['p50'] ?? 0) * 1000,
    p99Ms: (latencyPercentiles['p99'] ?? 0) * 1000,
    achievedRps: report.summary.requestsPerSec,
  };
}

/** @param {string} program @param {readonly string[]} args @param {string | Buffer} [input] */
function run(program, args, input) {
  const result = spawnSync(program, args, {
    ...(input === undefined ? {} : { input }),
    maxBuffer: 256 * MIB,
  });
  // bench ends with 4 when its own measurement is not valid: that round is for the median to weigh.
  if (result.status !== 0 && result.status !== 4)
    throw new Error(`${program} failed: ${result.stderr.toString()}`);
  return result.stdout;
}

/** @param {string} program */
function isInstalled(program) {
  return spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;
}

/** @param {readonly number[]} numbers */
function median(numbers) {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

/** @param {import('node:child_process').ChildProcess} server @returns {Promise<string>} */
function firstLine(server) {
  return new Promise((resolve, reject) => {
    server.stdout?.once('data', (/** @type {Buffer} */ chunk) =>
      resolve(chunk.toString().trim().split('\n')[0] ?? ''),
    );
    server.once('exit', (code) => reject(new Error(`bench serve ended with code ${code}`)));
  });
}

/** @param {string} origin @returns {Endpoint[]} */
function describeEndpoints(origin) {
  const listed = run(process.execPath, [
    BENCH,
    'list',
    '--scenario',
    values.scenario,
    '--url',
    origin,
    '--requests',
    '--json',
  ]);
  /** @type {{ id: string, method: string, path: string, firstRequest: { body: string | null } }[]} */
  const operations = JSON.parse(listed.toString());
  return operations
    .filter(({ id }) => ENDPOINTS.includes(id))
    .map(({ id, method, path, firstRequest }) => ({
      id,
      method,
      url: origin + path,
      body: firstRequest.body,
    }));
}

const names = Object.keys(clients).filter((name) => name === 'bench' || isInstalled(name));
const missing = Object.keys(clients).filter((name) => !names.includes(name));
if (missing.length > 0) process.stdout.write(`not installed, left out: ${missing.join(', ')}\n`);
const server = spawn(process.execPath, [BENCH, 'serve', values.scenario, '--port', 'auto', '--quiet'], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
try {
  const origin = await firstLine(server);
  process.stdout.write(
    `${values.scenario}, ${values.rate}/s for ${values.seconds} s, median of ${values.rounds} rounds in turn\n`,
  );
  for (const endpoint of describeEndpoints(origin)) {
    /** @type {Record<string, Figures[]>} */
    const rounds = Object.fromEntries(names.map((name) => [name, []]));
    for (let round = 0; round < Number(values.rounds); round += 1) {
      for (const name of names) {
        const figures = clients[name]?.(endpoint, origin);
        if (figures) rounds[name]?.push(figures);
      }
    }
    report(endpoint.id, rounds);
  }
} finally {
  server.kill('SIGINT');
}

/** @param {string} id @param {Record<string, Figures[]>} rounds */
function report(id, rounds) {
  process.stdout.write(`\n${id}\n`);
  const own = rounds['bench'] ?? [];
  for (const [name, figures] of Object.entries(rounds)) {
    const [p50Ms, p99Ms, rps] = [
      median(figures.map((f) => f.p50Ms)),
      median(figures.map((f) => f.p99Ms)),
      median(figures.map((f) => f.achievedRps)),
    ];
    const ratios = `bench/${name}: p50 ${(median(own.map((f) => f.p50Ms)) / p50Ms).toFixed(2)}, p99 ${(median(own.map((f) => f.p99Ms)) / p99Ms).toFixed(2)}`;
    process.stdout.write(
      `  ${name.padEnd(8)} p50 ${p50Ms.toFixed(3).padStart(8)} ms  p99 ${p99Ms.toFixed(3).padStart(8)} ms  ${rps.toFixed(1).padStart(8)}/s  ${name === 'bench' ? '' : ratios}\n`,
    );
  }
}
