/*
 * Does `bench ab` find what is slower, and only that? A server with two operations, one of which the candidate answers 20 %
 * later; compared again and again with the default number of repeats, each time with another seed. Prints a table for
 * docs/ab.md; ends with 1 when in more than one round in ten the slowed operation was not REGRESSED, or the other one was.
 *
 *   node benchmarks/ab.js [--rounds 10] [--duration 3s] [--rate 100] [--base-ms 20] [--percent 20] [--repeats 5] [--out DIR] [--realtime]
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

/** @typedef {import('../src/model/results/comparison.js').Comparison} Comparison */
/** @typedef {{ seed: number, slowed: Judged, other: Judged, tookMs: number }} Round */
/** @typedef {{ outcome: string, p50: string }} Judged */

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '10' },
    duration: { type: 'string', default: '3s' },
    rate: { type: 'string', default: '100' },
    'base-ms': { type: 'string', default: '20' },
    percent: { type: 'string', default: '20' },
    repeats: { type: 'string' },
    out: { type: 'string' },
    realtime: { type: 'boolean', default: false },
  },
});
const BENCH = fileURLToPath(new URL('../bin/bench.js', import.meta.url));
const SERVER = fileURLToPath(new URL('ab/two-speeds.js', import.meta.url));
const baseMs = Number(values['base-ms']);
const slowedMs = baseMs * (1 + Number(values.percent) / 100);
const folder = values.out ?? mkdtempSync(join(tmpdir(), 'bench-ab-'));

/** @param {number} slowMs */
const serverOf = (slowMs) =>
  `${process.execPath} ${SERVER} --port {port} --slowed ${slowMs} --other ${baseMs}`;

/** @param {number} seed @returns {Promise<Round>} */
async function round(seed) {
  const startedMs = performance.now();
  const load = ['--rates', values.rate, '--duration', values.duration, '--arrivals', 'poisson'];
  const sides = ['--base-command', serverOf(baseMs), '--candidate-command', serverOf(slowedMs)];
  const repeats = values.repeats === undefined ? [] : ['--repeats', values.repeats];
  const place = ['--out', join(folder, `round-${seed}`), '--seed', String(seed), '--port', 'auto'];
  const words = ['ab', '--json', '--quiet', '--no-html', ...load, ...sides, ...repeats, ...place];
  if (values.realtime) words.push('--realtime');
  const { cells } = /** @type {Comparison} */ (JSON.parse(await run(words)));
  /** @param {string} id @returns {Judged} */
  const judged = (id) => {
    const found = cells.find(({ base }) => base.subject.id === id);
    const p50 = found?.judgements.find(({ figure }) => figure === 'p50');
    const { lowPercent, highPercent } = p50?.interval ?? {};
    return {
      outcome: found?.outcome ?? 'not judged',
      p50: `${signed(p50?.percent)} [${signed(lowPercent)}, ${signed(highPercent)}]`,
    };
  };
  return { seed, slowed: judged('slowed'), other: judged('other'), tookMs: performance.now() - startedMs };
}

/** @param {number | null | undefined} percent */
function signed(percent) {
  return percent === null || percent === undefined ? '–' : `${percent > 0 ? '+' : ''}${percent.toFixed(1)} %`;
}

/** The standard output of bench; fails where it could not measure. @param {string[]} words @returns {Promise<string>} */
function run(words) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [BENCH, ...words], { stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (/** @type {string} */ part) => (text += part));
    child.once('close', (code) => {
      if (code === 0 || code === 1) resolve(text);
      else reject(new Error(`bench ended with ${code}: node ${BENCH} ${words.join(' ')}`));
    });
  });
}

/** @type {Round[]} */
const rounds = [];
for (let seed = 1; seed <= Number(values.rounds); seed += 1) {
  rounds.push(await round(seed));
  process.stderr.write(`round ${seed} of ${values.rounds} done\n`);
}
const isRight = (/** @type {Round} */ { slowed, other }) =>
  slowed.outcome === 'REGRESSED' && other.outcome !== 'REGRESSED';
const right = rounds.filter(isRight).length;
const minutes = rounds.reduce((sum, { tookMs }) => sum + tookMs, 0) / 60_000;
const lines = [
  `| round | slowed by ${values.percent} % | p50 of it | left alone | p50 of it |`,
  '|--:|---|--:|---|--:|',
  ...rounds.map(
    ({ seed, slowed, other }) =>
      `| ${seed} | ${slowed.outcome} | ${slowed.p50} | ${other.outcome} | ${other.p50} |`,
  ),
  '',
  `That one and never the other: ${right} of ${rounds.length} rounds, ${minutes.toFixed(1)} minutes in all.`,
];
process.stdout.write(`${lines.join('\n')}\n`);
if (values.out === undefined) rmSync(folder, { recursive: true, force: true });
process.exitCode = right >= 0.9 * rounds.length ? 0 : 1;
