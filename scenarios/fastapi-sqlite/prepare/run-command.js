import { spawn } from 'node:child_process';

/** @typedef {{ code: number | null, output: string }} Outcome `code` is null when it could not be started */

const OUTPUT_LIMIT = 64 * 1024;
const GRACE_MS = 3000;
// Settings of the caller's Python that would lead packages elsewhere than into the environment.
const MISLEADING = [
  'PYTHONHOME',
  'PYTHONPATH',
  '__PYVENV_LAUNCHER__',
  'VIRTUAL_ENV',
  'CONDA_PREFIX',
  'UV_SYSTEM_PYTHON',
  'PIP_TARGET',
  'PIP_PREFIX',
  'PIP_ROOT',
  'PIP_USER',
  'PIP_REQUIREMENT',
  'PIP_CONSTRAINT',
  'PIP_DRY_RUN',
];

// Runs a command for as long as our end of its stdin is open. So nothing is left running even when
// we are killed without a chance to pass the signal on.
const GUARD = `
import os, signal, subprocess, sys, threading
child = subprocess.Popen(sys.argv[1:], stdin=subprocess.DEVNULL)
def follow_the_parent():
    os.read(0, 1)
    os.killpg(0, signal.SIGKILL) if hasattr(os, "killpg") else child.kill()
threading.Thread(target=follow_the_parent, daemon=True).start()
os._exit(child.wait() & 255)
`;

/**
 * Runs a command under the guard, in a process group of its own.
 * @param {string} python the interpreter for the guard
 * @param {string[]} command
 * @param {AbortSignal} signal
 */
export function runGuarded(python, command, signal) {
  return runCommand([python, '-c', GUARD, ...command], signal);
}

/**
 * Runs a command to its end; its output, both streams in one, comes with the outcome.
 * Rejects only when aborted, and then only once the command and its children are gone.
 * @param {string[]} command
 * @param {AbortSignal} signal its reason may be the name of the signal to pass on, else SIGTERM
 * @returns {Promise<Outcome>}
 */
export function runCommand([file = '', ...args], signal) {
  return new Promise((fulfil, reject) => {
    signal.throwIfAborted();
    const child = spawn(file, args, {
      stdio: 'pipe',
      env: cleanEnvironment(),
      detached: process.platform !== 'win32',
    });
    let output = '';
    /** @param {string} text */
    const keep = (text) => {
      output = (output + text).slice(-OUTPUT_LIMIT);
    };
    child.stdout.setEncoding('utf8').on('data', keep);
    child.stderr.setEncoding('utf8').on('data', keep);
    child.stdin.on('error', () => {});

    const stop = () => stopGroup(child, typeof signal.reason === 'string' ? signal.reason : 'SIGTERM');
    signal.addEventListener('abort', stop, { once: true });
    /** @param {number | null} code */
    const finish = (code) => {
      signal.removeEventListener('abort', stop);
      if (signal.aborted) reject(signal.reason);
      else fulfil({ code, output });
    };
    child.on('error', (error) => {
      keep(error.message);
      if (child.pid === undefined) finish(null);
    });
    // 'close' comes after the last process that holds the output has gone, children included.
    child.on('close', (code) => finish(code ?? 1));
  });
}

/** @param {string} output */
export function lastLines(output, count = 15) {
  const lines = output.split(/[\r\n]+/).filter((line) => line.trim() !== '');
  return lines
    .slice(-count)
    .map((line) => `  | ${line}`)
    .join('\n');
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {string} name
 */
function stopGroup(child, name) {
  signalGroup(child, name);
  const last = setTimeout(() => signalGroup(child, 'SIGKILL'), GRACE_MS);
  child.once('close', () => clearTimeout(last));
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {string} name
 */
function signalGroup(child, name) {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill();
    else process.kill(-child.pid, name);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ESRCH') throw error;
  }
}

function cleanEnvironment() {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !MISLEADING.includes(name)));
}
