/* Whatever of a run is killed, and however: nothing of it may live on. */
import { setTimeout as sleep } from 'node:timers/promises';
import { kill } from './running.js';
import { endingWords, hasMeasured, onStage, outcome } from './stage.js';

/** @typedef {import('./stage.js').Case} Case */
/** @typedef {import('./stage.js').Stage} Stage */
/** @typedef {import('./running.js').Running} Running */

const GRACE_MS = 6000;
/** Long enough to be killed in the middle. */
const SECONDS = 4;

/** What is killed, by the process ids of a run. @type {Record<string, (stage: Stage, bench: number) => number[]>} */
const victims = {
  harness: (_stage, bench) => [bench],
  supervisor: (stage) => named(stage, 'supervise-target'),
  'harness and supervisor': (stage, bench) => [...named(stage, 'supervise-target'), bench],
  generator: (stage) => named(stage, 'generator-process'),
  // What it has started is left for bench to end.
  server: (stage, bench) => roots(stage.target(bench)),
};

/** @type {Record<string, string[]>} */
const servers = {
  'two workers': ['--workers', '2'],
  'a stubborn child in a session of its own': ['--stubborn-child'],
};

/** @returns {Case[]} */
export function killCases() {
  return [
    ...Object.entries(servers).flatMap(([server, options]) =>
      Object.keys(victims).map((victim) => killed(victim, server, options)),
    ),
    terminated(),
    interruptedTwice(),
    endsWithItsInput(),
  ];
}

/** @param {string} victim @param {string} server @param {string[]} options @returns {Case} */
function killed(victim, server, options) {
  return {
    name: `kill -9 of the ${victim}; server with ${server}`,
    expected: `nothing is left ${GRACE_MS / 1000} s after the end`,
    run: onStage(async (stage) => {
      const running = start(stage, options);
      if (!(await inTheMiddle(stage, running))) return early(running);
      const pids = victims[victim]?.(stage, running.pid) ?? [];
      for (const pid of pids) kill(pid, 'SIGKILL');
      return ended(stage, running, [pids.length === 0 && 'found nothing to kill']);
    }),
  };
}

/** @returns {Case} */
function terminated() {
  return {
    name: 'SIGTERM of the harness; server that ignores SIGTERM',
    expected: `nothing is left ${GRACE_MS / 1000} s after the end`,
    run: onStage(async (stage) => {
      const running = start(stage, ['--ignores-signals']);
      if (!(await inTheMiddle(stage, running))) return early(running);
      running.signal('SIGTERM');
      return ended(stage, running);
    }),
  };
}

/** @returns {Case} */
function interruptedTwice() {
  return {
    name: 'Ctrl-C twice, 300 ms apart; server that ignores SIGTERM',
    expected: 'nothing is left at the very moment when the harness ends',
    run: onStage(async (stage) => {
      const running = start(stage, ['--ignores-signals']);
      if (!(await inTheMiddle(stage, running))) return early(running);
      let alive = 0;
      running.atExit = () => (alive = stage.bench.look().length);
      const beganMs = performance.now();
      running.signalGroup('SIGINT');
      await sleep(300);
      running.signalGroup('SIGINT');
      const { seen, fault } = await ended(stage, running, [
        () => alive > 0 && `${alive} processes lived when the harness had ended`,
      ]);
      return outcome(
        [seen, `${((performance.now() - beganMs) / 1000).toFixed(1)} s from the first Ctrl-C`],
        [fault],
      );
    }),
  };
}

/** @returns {Case} */
function endsWithItsInput() {
  return {
    name: 'a server that ends when its standard input does',
    expected: 'lives through the run; nothing is left',
    run: onStage(async (stage) => {
      const running = start(stage, ['--ends-with-input']);
      const ending = await running.ended;
      const { planned = 0, succeeded = 0 } = stage.record()?.cells[0]?.counts ?? {};
      return ended(stage, running, [
        !hasMeasured(ending) && 'did not measure',
        hasMeasured(ending) &&
          succeeded < 0.9 * planned &&
          `only ${succeeded} of ${planned} requests succeeded`,
      ]);
    }),
  };
}

/** @param {Stage} stage @param {string} program */
function named(stage, program) {
  return stage.bench
    .look()
    .filter(({ command }) => command.includes(program))
    .map(({ pid }) => pid);
}

/** Those that none of the others has started. @param {import('./witness.js').Process[]} processes */
function roots(processes) {
  const pids = processes.map(({ pid }) => pid);
  return processes.filter(({ parent }) => parent !== 1 && !pids.includes(parent)).map(({ pid }) => pid);
}

/** @param {Stage} stage @param {string[]} options */
function start(stage, options) {
  const command = stage.command('api.js', ...options, '--port', '{port}');
  return stage.run(['--command', command, '--port', 'auto'], { rate: 30, seconds: SECONDS });
}

/** The load is under way. @param {Stage} stage @param {Running} running */
function inTheMiddle(stage, running) {
  const loaded = () => stage.requests().filter(({ path }) => path === '/work').length > 20;
  return stage.until(() => loaded() || running.isOver).then(() => !running.isOver);
}

/** @param {Running} running */
async function early(running) {
  return outcome([endingWords(await running.ended)], ['the run ended before there was anything to kill']);
}

/** @param {Stage} stage @param {Running} running @param {(string | false | (() => string | false))[]} faults */
async function ended(stage, running, faults = []) {
  const ending = await running.ended;
  const endedMs = performance.now();
  const left = await stage.leftovers(GRACE_MS);
  const tookMs = performance.now() - endedMs;
  const gone = left === '' ? [`all gone ${(tookMs / 1000).toFixed(1)} s later`] : [];
  return outcome(
    [endingWords(ending), ...gone],
    [
      ...faults.map((fault) => (typeof fault === 'function' ? fault() : fault)),
      left === '' ? '' : `left: ${left}`,
    ],
  );
}
