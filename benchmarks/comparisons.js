/*
 * How long comparing two runs of many cells takes, as a whole process: makes the runs up in a temporary folder and times
 * `bench compare` with and without its page, and beside it that of another built checkout, turn by turn.
 *
 *   node benchmarks/comparisons.js [--beside CHECKOUT] [--cells 1000] [--times 7]
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { writeSyntheticRun } from './reports/synthetic-run.js';

const HERE = fileURLToPath(new URL('..', import.meta.url));
const SECONDS = 10;
const WAYS = [
  { title: 'compare --no-html --quiet', words: ['compare', 'A', 'B', '--no-html', '--quiet'] },
  { title: 'compare --quiet', words: ['compare', 'A', 'B', '--html', 'page.html', '--quiet'] },
  { title: 'plot --no-html', words: ['plot', 'A', '--no-html'] },
  { title: 'plot', words: ['plot', 'A', '--output', 'plot.html'] },
];

const { values } = parseArgs({
  options: {
    beside: { type: 'string' },
    cells: { type: 'string', default: '1000' },
    times: { type: 'string', default: '7' },
  },
});
const checkouts = [HERE, ...(values.beside === undefined ? [] : [values.beside])];

/** @param {string} checkout @param {readonly string[]} words @param {string} folder @returns {Promise<number>} seconds */
async function timed(checkout, words, folder) {
  const startMs = performance.now();
  const args = [join(checkout, 'bin/bench.js'), ...words];
  // Whatever it thinks of the change, it has compared: the exit code says that alone.
  await promisify(execFile)(process.execPath, args, { cwd: folder, maxBuffer: 1e9 }).catch(
    (/** @type {unknown} */ error) => {
      const { code } = /** @type {{ code?: unknown }} */ (error);
      if (code !== 1 && code !== 4) throw error;
    },
  );
  return (performance.now() - startMs) / 1000;
}

/** @param {readonly number[]} numbers */
function spread(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  return { middle, words: `${middle.toFixed(2)} (${sorted[0]?.toFixed(2)} to ${sorted.at(-1)?.toFixed(2)})` };
}

const folder = mkdtempSync(join(tmpdir(), 'bench-comparisons-'));
try {
  const cells = Number(values.cells);
  writeSyntheticRun(join(folder, 'A'), { cells, seconds: SECONDS });
  writeSyntheticRun(join(folder, 'B'), { cells, seconds: SECONDS });
  process.stdout.write(
    `${cells} cells of ${SECONDS} s; seconds, median of ${values.times} (lowest to highest)\n`,
  );
  for (const { title, words } of WAYS) {
    /** @type {number[][]} */
    const times = checkouts.map(() => []);
    for (let time = 0; time < Number(values.times); time += 1) {
      for (const [at, checkout] of checkouts.entries()) times[at]?.push(await timed(checkout, words, folder));
    }
    const [here, beside] = times.map(spread);
    const ratio =
      beside === undefined
        ? ''
        : `, beside ${beside.words}: ×${(beside.middle / (here?.middle ?? 1)).toFixed(2)}`;
    process.stdout.write(`${title}: ${here?.words}${ratio}\n`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
