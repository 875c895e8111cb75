import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { SERVER_CORE, pinned } from '../peers/machine.js';
import { own } from '../peers/owned.js';

export const BENCH = fileURLToPath(new URL('../../bin/bench.js', import.meta.url));

/**
 * `bench serve`, on the server's core: the scenario's server with a fresh database of its own.
 *
 * @param {string} scenario
 * @returns {Promise<import('../peers/servers.js').Server>}
 */
export async function serveScenario(scenario) {
  const words = [BENCH, 'serve', scenario, '--port', 'auto'];
  const { program, args } = pinned(SERVER_CORE, process.execPath, words);
  // One that runs already would keep its data from round to round.
  const env = { ...process.env, DATABASE_URL: '' };
  const child = own(spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], env }));
  const ended = once(child, 'exit');
  const origin = await originOf(child);
  return {
    origin,
    stop: async () => {
      child.kill('SIGINT');
      await ended;
    },
  };
}

/** @param {import('node:child_process').ChildProcessByStdio<null, import('node:stream').Readable, import('node:stream').Readable>} child @returns {Promise<string>} */
function originOf(child) {
  let said = '';
  return new Promise((resolve, reject) => {
    child.stderr.setEncoding('utf8').on('data', (/** @type {string} */ text) => (said += text));
    child.stdout.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
      const origin = /^http:\S+/m.exec(text)?.[0];
      if (origin !== undefined) resolve(origin);
    });
    child.once('error', reject);
    child.once('exit', () => reject(new Error(`the scenario did not start: ${said.trim().slice(-500)}`)));
  });
}
