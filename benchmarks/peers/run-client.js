import { spawn } from 'node:child_process';
import { GENERATOR_CORE, SERVER_CORE, pinned } from './machine.js';
import { own, ownFolder, removeFolder } from './owned.js';

const GRACE_SECONDS = 30;
const INVALID = 4; // bench: the generator was the limit. A result, as any other.

/**
 * One trial of one tool, on the generator's core unless the order leaves it free.
 *
 * @template O
 * @param {import('./client.js').Client<O>} client
 * @param {Omit<import('./client.js').Job, 'folder'>} order
 * @param {(pid: number, ended: Promise<void>) => Promise<void>} [watch] while it runs
 * @returns {Promise<O>}
 */
export async function runClient(client, order, watch) {
  const folder = ownFolder();
  const job = { ...order, folder };
  const cores = order.isFree === true ? `${GENERATOR_CORE},${SERVER_CORE}` : GENERATOR_CORE;
  const child = start(client.command(job), cores, order.seconds + GRACE_SECONDS);
  try {
    const output = collect(child);
    const ended = output.then(() => {});
    if (watch && child.pid !== undefined) await watch(child.pid, ended);
    const { code, stdout, stderr } = await output;
    if (code !== 0 && code !== INVALID)
      throw new Error(`${client.name} ended with ${code ?? 'a signal'}: ${lastLine(stderr)}`);
    return client.read(job, stdout);
  } finally {
    child.kill('SIGKILL'); // it still runs only if watching it failed
    removeFolder(folder);
  }
}

/** @param {import('./client.js').Command} command @param {number | string} cores @param {number} seconds */
function start({ program, args }, cores, seconds) {
  const command = pinned(cores, program, args);
  return own(
    spawn(command.program, command.args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: seconds * 1000,
      killSignal: 'SIGKILL',
    }),
  );
}

/** @param {import('node:child_process').ChildProcessByStdio<null, import('node:stream').Readable, import('node:stream').Readable>} child @returns {Promise<{ code: number | null, stdout: string, stderr: string }>} */
function collect(child) {
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (/** @type {string} */ text) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (/** @type {string} */ text) => (stderr += text));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });
}

/** @param {string} text */
function lastLine(text) {
  return text.trim().split('\n').at(-1)?.slice(0, 300) ?? '';
}
