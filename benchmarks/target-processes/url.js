/* A server that runs already: bench may measure what listens there, all of it and nothing else, and must not end it. */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { endingWords, freePort, hasMeasured, onStage, outcome } from './stage.js';
import { fromPypi, fromSystem, Missing } from './tools.js';
import { missing, usage, usageWords } from './usage.js';
import { isListening, watchUsage } from './witness.js';

/** @typedef {import('./stage.js').Case} Case */
/** @typedef {import('./stage.js').Stage} Stage */

const SECONDS = 2;
const BURN_MS = 6;
/** Who can neither look into our processes nor be looked into. */
const NOBODY = 65534;
/** Without these even root sees of other users' processes only what everyone sees. */
const BLIND = ['--bounding-set=-sys_ptrace,-dac_override,-dac_read_search', '--inh-caps=-all'];

/** @returns {Case[]} */
export function urlCases() {
  return [
    {
      name: 'another server on 127.0.0.2 of the same port burns a core',
      expected: 'only the one on 127.0.0.1 is measured',
      run: onStage(async (stage) => {
        const port = await freePort();
        // The other one first: who goes by the lowest process id takes it for the server.
        await serve(stage, port, ['--host', '127.0.0.2', '--idle', '60']);
        const server = await serve(stage, port);
        return measured(stage, port, ({ pid }) => pid === server.pid);
      }),
    },
    {
      name: 'four servers that share the port (SO_REUSEPORT)',
      expected: 'the sum of the four is measured',
      run: onStage(async (stage) => {
        const port = await freePort();
        const program = join(import.meta.dirname, 'servers/sibling.py');
        const env = { CHECK_LOG: stage.log, CHECK_BURN: String(BURN_MS), PYTHONDONTWRITEBYTECODE: '1' };
        const words = [fromPypi('python'), program, String(port), '12'];
        for (let sibling = 0; sibling < 4; sibling += 1) stage.serve(words, env);
        await sleep(1500);
        return measured(stage, port, () => true);
      }),
    },
    {
      name: 'a forwarder (socat) in front of the server',
      expected: 'no CPU and memory, with the reason in gaugesMissing',
      run: onStage(async (stage) => {
        const socat = fromSystem('socat');
        const [port, front] = [await freePort(), await freePort()];
        await serve(stage, port);
        const listen = `TCP-LISTEN:${front},fork,reuseaddr,backlog=512,bind=127.0.0.1`;
        stage.serve([socat, listen, `TCP:127.0.0.1:${port}`]);
        await stage.until(() => isListening(front));
        return unmeasured(stage, front);
      }),
    },
    {
      name: "another user's server",
      expected: 'no CPU and memory, with the reason in gaugesMissing',
      run: onStage(async (stage) => {
        const setpriv = fromSystem('setpriv');
        if (process.getuid?.() !== 0) throw new Missing('root');
        const port = await freePort();
        const user = [`--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups'];
        const log = ['--log', '/dev/null'];
        await serve(stage, port, log, [setpriv, ...user]);
        return unmeasured(stage, port, [setpriv, ...BLIND]);
      }),
    },
  ];
}

/** @param {Stage} stage @param {number} port @param {string[]} options @param {string[]} through */
async function serve(stage, port, options = [], through = []) {
  const words = stage.program('api.js', '--burn', String(BURN_MS), '--port', String(port), ...options);
  const running = stage.serve([...through, process.execPath, ...words]);
  await stage.until(() => isListening(port) || running.isOver);
  // The second server of a port cannot be told from the first one by its port.
  await sleep(500);
  if (running.isOver) throw new Error(`the server did not start: ${running.output.trim().slice(-300)}`);
  return running;
}

/** @param {Stage} stage @param {number} port @param {(process: import('./witness.js').Process) => boolean} isTarget */
async function measured(stage, port, isTarget) {
  const watch = watchUsage(() => stage.servers.look().filter(isTarget));
  const ending = await run(stage, port);
  watch.stop();
  if (!hasMeasured(ending)) return outcome([endingWords(ending)], ['did not measure']);
  const figures = usage(stage, watch.looks, SECONDS);
  return outcome(
    [`code ${ending.code}`, usageWords(figures)],
    [...figures.faults, await left(stage), !isListening(port) && 'the server was ended'],
  );
}

/** @param {Stage} stage @param {number} port @param {string[]} through */
async function unmeasured(stage, port, through = []) {
  const ending = await run(stage, port, through);
  const cell = stage.record()?.cells[0];
  const { planned = 0, succeeded = 0 } = cell?.counts ?? {};
  const reason = missing(stage);
  return outcome(
    [endingWords(ending), `${succeeded} of ${planned} answered`, `gaugesMissing: ${reason ?? '–'}`],
    [
      !hasMeasured(ending) && 'did not measure',
      cell !== undefined && succeeded < 0.9 * planned && 'the load did not work',
      cell?.gauges['target.cpu'] ? `figures of ${cell.gauges['target.processes']?.max} processes` : '',
      (reason ?? '') === '' && 'no reason',
      await left(stage),
      !isListening(port) && 'the server was ended',
    ],
  );
}

/** @param {Stage} stage @param {number} port @param {string[]} through */
function run(stage, port, through = []) {
  return stage.run(['--url', `http://127.0.0.1:${port}`], { seconds: SECONDS, through }).ended;
}

/** @param {Stage} stage */
async function left(stage) {
  const words = await stage.leftovers(500);
  return words === '' ? '' : `left: ${words}`;
}
