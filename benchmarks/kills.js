/*
 * Whatever of a run is killed or interrupted, and at whatever moment: is anything left? The real CLI with a server of
 * two workers and two generator threads. Prints a line for each moment, and a count at the end; ends with 1 when
 * something was left. All of it stays on this machine. Linux only.
 *
 *   node benchmarks/kills.js [kills] [signals] [--count 50] [--at-once 2] [--seed 1]
 *
 * kills: SIGKILL of the harness, the supervisor, a generator, or harness and supervisor, at random moments of a run of
 * some 15 s. No process, port, scratch folder or draft may be left after 6 s, and `bench plot` must read the results
 * directory, unless nothing was written yet. signals: SIGTERM, SIGINT and SIGHUP at moments spread over the first two
 * seconds. The run must end with 130 or by the signal, and leave nothing at all. Needs `npm run build`.
 */
import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { kill } from './target-processes/running.js';
import { BENCH, endingWords, Stage } from './target-processes/stage.js';

/** `fault` is empty when all was as expected. @typedef {{ name: string, fault: string }} Result */

const GRACE_MS = 6000;
const RUN_MS = 15_000;
const FIRST_MS = 2000;
const SIGNALS = /** @type {const} */ (['SIGTERM', 'SIGINT', 'SIGHUP']);
const VICTIMS = {
  harness: ['bench.js'],
  supervisor: ['supervise-target'],
  generator: ['generator-process'],
  'harness and supervisor': ['supervise-target', 'bench.js'],
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    count: { type: 'string', default: '50' },
    'at-once': { type: 'string', default: '2' },
    seed: { type: 'string', default: '1' },
  },
});
const count = Number(values.count);
const random = randomFrom(Number(values.seed));

/** @type {Record<string, () => ((stage: Stage) => Promise<Result>)[]>} */
const parts = {
  kills: () => range(count).map((index) => killOne(index, random() * RUN_MS)),
  signals: () => range(count).map((index) => signalOne(index, (FIRST_MS * (index + random())) / count)),
};

/** @param {number} index @param {number} atMs @returns {(stage: Stage) => Promise<Result>} */
function killOne(index, atMs) {
  const names = Object.keys(VICTIMS);
  const victim = /** @type {keyof typeof VICTIMS} */ (names[index % names.length]);
  return async (stage) => {
    // Two cells of four seconds, each on a fresh server.
    const running = start(stage, '--repeats', '2');
    await sleep(atMs);
    const wanted = VICTIMS[victim];
    await stage.until(() => running.isOver || wanted.every((program) => named(stage, program).length > 0));
    for (const program of wanted) kill(named(stage, program)[0] ?? 0, 'SIGKILL');
    const ending = await running.ended;
    return {
      name: `kill -9 of the ${victim} after ${inSeconds(atMs)}: ${endingWords(ending)}`,
      fault: [oddEnd(ending), await stage.leftovers(GRACE_MS), drafts(stage), await plotted(stage)]
        .filter(Boolean)
        .join(', '),
    };
  };
}

/** @param {number} index @param {number} atMs @returns {(stage: Stage) => Promise<Result>} */
function signalOne(index, atMs) {
  const name = SIGNALS[index % SIGNALS.length] ?? 'SIGTERM';
  return async (stage) => {
    const running = start(stage);
    await sleep(atMs);
    running.signal(name);
    const ending = await running.ended;
    const wentOn = ending.code !== 130 && ending.signal !== name && 'went on';
    const unsaid = stage.record()?.status === 'running' && 'the record says that it runs';
    return {
      name: `${name} after ${inSeconds(atMs)}: ${endingWords(ending)}`,
      fault: [wentOn, unsaid, await stage.leftovers(), drafts(stage)].filter(Boolean).join(', '),
    };
  };
}

/** @param {Stage} stage @param {string[]} more */
function start(stage, ...more) {
  const command = stage.command('api.js', '--workers', '{workers}', '--port', '{port}');
  const target = ['--command', command, '--workers', '2', '--port', 'auto'];
  return stage.run([...target, ...more], { rate: 50, seconds: 4, quick: QUICK });
}

/** With all reports, for they are files too. */
const QUICK = '--warmup 0s --pacing relaxed --threads 2 --format csv md'.split(' ');

/** Processes of bench itself; the first one is the oldest. @param {Stage} stage @param {string} program */
function named(stage, program) {
  return stage.bench
    .look()
    .filter(({ command }) => command.split(' ').some((word) => word.includes(program)))
    .map(({ pid }) => pid);
}

/** A run ends by the kill, or says why it could not go on. @param {import('./target-processes/running.js').Ending} ending */
function oddEnd({ code, signal, output }) {
  if (output.includes('Internal error')) return 'internal error';
  return signal !== 'SIGKILL' && ![0, 3, 4].includes(code ?? NaN) && `ended with ${code ?? signal}`;
}

/** @param {Stage} stage */
function drafts({ out, temporary }) {
  const found = [out, temporary].flatMap((folder) => (existsSync(folder) ? readdirSync(folder) : []));
  return found.filter((name) => name.endsWith('.part')).join(', ');
}

/** What is wrong with the results directory. @param {Stage} stage @returns {Promise<string>} */
function plotted({ out }) {
  if (!existsSync(out) || readdirSync(out).length === 0) return Promise.resolve('');
  return new Promise((resolve) => {
    execFile(process.execPath, [BENCH, 'plot', out], (error, _stdout, stderr) =>
      resolve(error === null ? '' : `bench plot: ${stderr.trim() || error.message}`),
    );
  });
}

/** @param {number} ms */
function inSeconds(ms) {
  return `${(ms / 1000).toFixed(2)} s`;
}

/** @param {number} length */
function range(length) {
  return Array.from({ length }, (_, index) => index);
}

/** The same numbers in [0, 1) each time: mulberry32. @param {number} seed */
function randomFrom(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** @param {string} name @param {((stage: Stage) => Promise<Result>)[]} moments */
async function runPart(name, moments) {
  const waiting = [...moments];
  let done = 0;
  let good = 0;
  const work = async () => {
    for (let moment = waiting.shift(); moment; moment = waiting.shift()) {
      const stage = new Stage();
      const result = await moment(stage).finally(() => stage.clear());
      done += 1;
      if (result.fault === '') good += 1;
      const verdict = result.fault === '' ? 'ok' : `FAULT: ${result.fault}`;
      process.stdout.write(`[${done}/${moments.length}] ${result.name}: ${verdict}\n`);
    }
  };
  await Promise.all(range(Number(values['at-once'])).map(work));
  process.stdout.write(`${name}: ${good} of ${moments.length}\n`);
  if (good < moments.length) process.exitCode = 1;
}

const wanted = positionals.length === 0 ? Object.keys(parts) : positionals;
const unknown = wanted.find((name) => !Object.hasOwn(parts, name));
if (unknown !== undefined) throw new Error(`no part ${unknown}: ${Object.keys(parts).join(', ')}`);
if (process.platform === 'linux') for (const name of wanted) await runPart(name, parts[name]?.() ?? []);
else process.stdout.write('skipped: it reads /proc, which only Linux has\n');
