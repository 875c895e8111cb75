/*
 * Objectives on made-up figures: a table of limits by endpoint under 10, 50 and 100 users, of which all are met, then all, then
 * one; and how long it takes to hold 1,000 cells against 20 objectives.
 *
 *   node benchmarks/objectives.js
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { judgeObjectives } from '../dist/analyze/objectives/judge-objectives.js';
import { readObjectives } from '../dist/config/read-objectives.js';
import { syntheticMixture, writeSyntheticMixtures } from './objectives/synthetic-mixtures.js';

const BENCH = fileURLToPath(new URL('../bin/bench.js', import.meta.url));
const ROUNDS = 9;
const CELLS = 1000;

/** Endpoints as a test of posts, comments, users and albums had them: the limit of the mean, and means under 10, 50 and 100 users. */
const ENDPOINTS = /** @type {const} */ ([
  ['GET', '/posts', '500ms', [96, 94, 1180]],
  ['GET', '/posts/{id}', '300ms', [71, 73, 1090]],
  ['GET', '/posts/{id}/comments', '400ms', [82, 85, 1130]],
  ['GET', '/comments', '800ms', [131, 128, 1290]],
  ['GET', '/users', '400ms', [78, 80, 1075]],
  ['GET', '/users/{id}', '1000ms', [69, 70, 940]],
  ['GET', '/albums', '500ms', [88, 91, 1160]],
  ['POST', '/posts', '800ms', [118, 121, 1110]],
]);
const USERS = [10, 50, 100];

const loads = USERS.map((users, at) => ({
  users,
  endpoints: ENDPOINTS.map(([method, path, , means]) => ({ method, path, meanMs: means[at] ?? 0 })),
}));
const slo = ENDPOINTS.map(([method, path, limit]) => `${method} ${path} mean < ${limit}`);

const folder = mkdtempSync(join(tmpdir(), 'bench-objectives-'));
try {
  writeSyntheticMixtures(folder, loads);
  const { text, code } = await bench('plot', folder, '--no-html', '--view', 'charts', '--slo', ...slo);
  const at = text.indexOf('\nObjectives\n');
  process.stdout.write(`${text.slice(at + 1, text.indexOf('\n\n', at + 1))}\n\nexit code ${code}\n\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

const record = syntheticMixture(loads[0] ?? { users: 1, endpoints: [] }).record;
const cells = Array.from({ length: CELLS }, (_, at) => ({ ...record, id: `cell_${at}` }));
const { objectives } = readObjectives([
  ...slo,
  ...['p50 < 1s', 'p90 < 1s', 'p95 < 1s', 'p99 < 1s', 'p99.9 < 1s', 'max < 1m'],
  ...['errors < 0.1%', 'success > 99%', 'rps >= 1', 'cpu < 70%', 'memory < 80%', 'mean < 1s'],
]);
const times = Array.from({ length: ROUNDS }, () => {
  const startMs = performance.now();
  judgeObjectives(objectives, cells);
  return performance.now() - startMs;
}).sort((a, b) => a - b);
const [least, most] = [times[0] ?? 0, times.at(-1) ?? 0];
process.stdout.write(
  `${CELLS} cells of ${ENDPOINTS.length} operations × ${objectives.length} objectives: ` +
    `${(times[Math.floor(ROUNDS / 2)] ?? 0).toFixed(1)} ms in the median of ${ROUNDS} (${least.toFixed(1)} to ${most.toFixed(1)})\n`,
);

/** @param {readonly string[]} args @returns {Promise<{ text: string, code: number }>} */
function bench(...args) {
  const env = { ...process.env, NO_COLOR: '1', COLUMNS: '110' };
  return new Promise((resolve) => {
    execFile(process.execPath, [BENCH, ...args], { env }, (error, text) =>
      resolve({ text, code: Number(error?.code ?? 0) }),
    );
  });
}
