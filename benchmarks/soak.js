/*
 * A long run at a high rate against a server that does nothing: does the harness's memory stay flat? Samples
 * the resident memory of bench and of its generators once a second, prints it as a chart, and the growth
 * from the first tenth of the window to the last.
 *
 *   node benchmarks/soak.js [--rate 20000] [--minutes 10] [--threads 1]
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { memoryOf } from './peers/process-tree.js';

const { values } = parseArgs({
  options: {
    rate: { type: 'string', default: '20000' },
    minutes: { type: 'string', default: '10' },
    threads: { type: 'string', default: '1' },
  },
});
const BENCH = fileURLToPath(new URL('../bin/bench.js', import.meta.url));
const NULL_SERVER = fileURLToPath(new URL('../dist/entry/null-server.js', import.meta.url));
const SAMPLE_PERIOD_MS = 1000;
/** Starting, finding the server, warming the engine. */
const SETTLING_SHARE = 0.1;
const CHART_WIDTH = 72;
const CHART_HEIGHT = 12;
const MIB = 1024 * 1024;

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** Of all its processes together. @param {number} root @returns {number} bytes */
function residentBytes(root) {
  return [...memoryOf(root).values()].reduce((sum, { now }) => sum + now, 0);
}

/** @param {readonly number[]} numbers */
function median(numbers) {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

/** One column for a stretch of time, its median. @param {readonly number[]} samples @returns {string} */
function chart(samples) {
  const columns = Array.from({ length: CHART_WIDTH }, (_, column) => {
    const from = Math.floor((column * samples.length) / CHART_WIDTH);
    return median(samples.slice(from, Math.max(from + 1, ((column + 1) * samples.length) / CHART_WIDTH)));
  });
  const top = Math.ceil(Math.max(...columns) / (50 * MIB)) * 50 * MIB;
  const rows = Array.from({ length: CHART_HEIGHT }, (_, row) => {
    const level = (top * (CHART_HEIGHT - row - 0.5)) / CHART_HEIGHT;
    const label = row % 3 === 0 ? String(Math.round((top * (CHART_HEIGHT - row)) / CHART_HEIGHT / MIB)) : '';
    return `${label.padStart(5)} │${columns.map((value) => (value >= level ? '█' : ' ')).join('')}`;
  });
  return [...rows, `    0 └${'─'.repeat(CHART_WIDTH)}`, `   MB  0 … ${values.minutes} min`].join('\n');
}

const folder = mkdtempSync(join(tmpdir(), 'soak-'));
const port = await freePort();
const server = spawn(process.execPath, [NULL_SERVER], {
  env: { ...process.env, PORT: String(port) },
  stdio: 'inherit',
});
try {
  const spec = join(folder, 'openapi.json');
  const get = { get: { operationId: 'null', responses: { 200: { description: 'ok' } } } };
  writeFileSync(
    spec,
    JSON.stringify({ openapi: '3.0.3', info: { title: 'null', version: '1' }, paths: { '/': get } }),
  );
  const durationMs = Number(values.minutes) * 60_000;
  const load = ['--rates', values.rate, '--duration', `${durationMs}ms`, '--threads', values.threads];
  const place = ['--url', `http://127.0.0.1:${port}`, '--spec', spec, '--out', join(folder, 'out')];
  const bench = spawn(process.execPath, [BENCH, 'run', ...place, ...load], { stdio: 'inherit' });
  /** @type {number[]} */
  const samples = [];
  const sampling = setInterval(() => samples.push(residentBytes(bench.pid ?? 0)), SAMPLE_PERIOD_MS);
  await new Promise((resolve) => bench.once('exit', resolve));
  clearInterval(sampling);
  report(samples);
} finally {
  server.kill();
  rmSync(folder, { recursive: true });
}

/** @param {readonly number[]} samples */
function report(samples) {
  /** @type {{ cells: { counts: Record<string, number>, latencyMs: { sendLag: Record<string, number> }, verdict: { state: string } }[] }} */
  const { cells } = JSON.parse(readFileSync(join(folder, 'out', 'results.json'), 'utf8'));
  const cell = cells[0];
  if (!cell) throw new Error('bench measured nothing');
  const tenth = Math.floor(samples.length * SETTLING_SHARE);
  // The very last samples see the end of the run: encoding, writing, leaving.
  const first = median(samples.slice(tenth, 2 * tenth));
  const last = median(samples.slice(-tenth - 3, -3));
  const lines = [
    `${cell.counts['sent']} requests sent of ${cell.counts['planned']} at ${values.rate}/s in ${values.minutes} min, ${values.threads} thread(s): ${cell.verdict.state}`,
    `send lag p50 ${cell.latencyMs.sendLag['p50']} ms, p99 ${cell.latencyMs.sendLag['p99']} ms`,
    `memory of the harness (all processes): ${(first / MIB).toFixed(1)} MB in the second tenth, ${(last / MIB).toFixed(1)} MB in the last: ${((last - first) / MIB).toFixed(1)} MB of growth`,
    '',
    chart(samples),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}
