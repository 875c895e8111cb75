/*
 * How often `bench compare` is wrong, and what it finds.
 *
 *   node benchmarks/comparing.js simulation [--comparisons 2000]   made-up runs, minutes
 *   node benchmarks/comparing.js pool [--runs 40] [--keep DIR]     runs of the embedded target that nothing changes,
 *                                                                  resampled into 1,000 comparisons of 5 against 5
 *
 * `--realtime` is given to bench: for a machine of few cores.
 * Both print a table for docs/comparing.md. A pool that is kept is not measured again.
 */
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { compareReports } from '../dist/analyze/compare/compare-reports.js';
import { judgePairs } from '../dist/analyze/compare/verdicts/judge-pairs.js';
import { readReport } from '../dist/app/outputs/read-report.js';
import { seededRandom, shuffled } from '../dist/kernel/random.js';
import { syntheticPairs } from './comparing/synthetic-pairs.js';

/** @typedef {import('./comparing/synthetic-pairs.js').Plan} Plan */
/** @typedef {import('../dist/analyze/compare/verdicts/judge-pairs.js').JudgedCell} JudgedCell */

const BENCH = fileURLToPath(new URL('../bin/bench.js', import.meta.url));
const SEED = 20;
const CELLS = 60;
const CHANGED = 6;
/** Of a pool: runs on each side, and how often they are drawn. */
const SIDE = 5;
const RESAMPLED = 1000;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    comparisons: { type: 'string', default: '2000' },
    runs: { type: 'string', default: '40' },
    keep: { type: 'string' },
    realtime: { type: 'boolean', default: false },
  },
});

const parts = { simulation, pool };
const [part] = positionals;
if (part !== 'simulation' && part !== 'pool') {
  process.stderr.write('Say which part: simulation or pool.\n');
  process.exit(2);
}
await parts[part]();

/** Made-up comparisons of 60 cells: without a change, then with six cells that are slower. */
function simulation() {
  const count = Number(values.comparisons);
  print([
    'n',
    'runs vary by',
    'any false REGRESSED',
    '+10 % found',
    '+20 % found',
    '+50 % found',
    'UNCHANGED is said',
    'others REGRESSED beside +20 %',
  ]);
  const spreads = /** @type {const} */ ([
    [0.06, 'normal'],
    [0.06, 'heavy'],
    [0.03, 'normal'],
  ]);
  for (const [spread, tails] of spreads)
    for (const repeats of [1, 3, 5, 7, 10]) simulate(count, { cells: CELLS, repeats, spread, tails });
}

/** @param {number} count @param {Plan & { spread: number, tails: 'normal' | 'heavy' }} plan */
function simulate(count, plan) {
  const none = judged(count, plan, SEED);
  const slower = [1.1, 1.2, 1.5].map((factor, at) =>
    judged(Math.ceil(count / 5), { ...plan, changed: CHANGED, factor }, SEED + 1 + at),
  );
  // Of single runs nothing more is said than that they are suspect.
  const found = plan.repeats === 1 ? 'SUSPECT' : 'REGRESSED';
  /** @param {JudgedCell} cell */
  const isFound = ({ outcome }) => outcome === found;
  print([
    String(plan.repeats),
    `${100 * plan.spread} %${plan.tails === 'heavy' ? ', heavy tails' : ''}`,
    `${percent(none, (cells) => cells.some(isFound))}${plan.repeats === 1 ? ' (SUSPECT)' : ''}`,
    ...slower.map((comparisons) =>
      percent(
        comparisons.flatMap((cells) => cells.slice(0, CHANGED)),
        isFound,
      ),
    ),
    percent(none.flat(), ({ outcome }) => outcome === 'UNCHANGED'),
    percent(slower[1] ?? [], (cells) => cells.slice(CHANGED).some(isFound)),
  ]);
}

/** @param {number} count @param {Plan & { spread: number }} plan @param {number} seed @returns {JudgedCell[][]} */
function judged(count, plan, seed) {
  const random = seededRandom(seed);
  const evidence = { pairOf: () => undefined, noise: () => plan.spread, isSame: false };
  return Array.from({ length: count }, () => judgePairs(syntheticPairs(random, plan), evidence));
}

/** Runs of the same against runs of the same: whatever is found is a false alarm. */
async function pool() {
  const folder = values.keep ?? mkdtempSync(join(tmpdir(), 'bench-pool-'));
  mkdirSync(folder, { recursive: true });
  try {
    const folders = [];
    for (let run = 1; run <= Number(values.runs); run += 1) {
      const out = join(folder, `run_${String(run).padStart(2, '0')}`);
      if (!existsSync(join(out, 'results.json'))) await measure(out);
      folders.push(out);
    }
    await resample(folders);
  } finally {
    if (values.keep === undefined) rmSync(folder, { recursive: true, force: true });
  }
}

/** Four cells of 5 s. @param {string} out @returns {Promise<void>} */
function measure(out) {
  const flags = [
    '--include',
    'simple_async',
    'get_item_async_read',
    '--rates',
    '500',
    '1000',
    '--duration',
    '5s',
    '--no-html',
    '--quiet',
    ...(values.realtime ? ['--realtime'] : []),
  ];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [BENCH, 'run', ...flags, '--out', out], (error, _stdout, stderr) => {
      // 4 = a cell is INVALID: it is left out of comparisons, as it would be of others.
      if (error && error.code !== 4) reject(new Error(`bench run failed: ${stderr}`));
      else resolve();
    });
  });
}

/** @param {readonly string[]} folders */
async function resample(folders) {
  /** @type {import('../dist/model/report/report.js').JudgedReport[]} */
  const reports = [];
  for (const folder of folders) reports.push(await readReport(folder, undefined, { depth: 'figures' }));
  const side = Math.min(SIDE, Math.floor(reports.length / 2));
  const random = seededRandom(SEED);
  const outcomes = Array.from({ length: RESAMPLED }, () => {
    const drawn = shuffled(reports, random);
    return compareReports(drawn.slice(0, side), drawn.slice(side, 2 * side)).outcome;
  });
  print([
    'runs',
    'comparisons',
    'of',
    'any REGRESSED',
    'any IMPROVED',
    'cells UNCHANGED',
    'cells INCONCLUSIVE',
  ]);
  const cells = outcomes.reduce(
    (sum, one) => sum + one.regressed + one.improved + one.unchanged + one.inconclusive,
    0,
  );
  /** @param {'unchanged' | 'inconclusive'} name */
  const share = (name) =>
    `${((100 * outcomes.reduce((sum, one) => sum + one[name], 0)) / Math.max(1, cells)).toFixed(1)} %`;
  print([
    ...[String(reports.length), String(RESAMPLED), `${side} against ${side}`],
    percent(outcomes, ({ regressed }) => regressed > 0),
    percent(outcomes, ({ improved }) => improved > 0),
    ...[share('unchanged'), share('inconclusive')],
  ]);
}

/** @template Item @param {readonly Item[]} items @param {(item: Item) => boolean} isOne */
function percent(items, isOne) {
  return `${((100 * items.filter(isOne).length) / Math.max(1, items.length)).toFixed(1)} %`;
}

/** @param {readonly string[]} cells */
function print(cells) {
  process.stdout.write(`| ${cells.join(' | ')} |\n`);
}
