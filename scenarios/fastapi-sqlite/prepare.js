// Makes the Python environment of this scenario: node prepare.js TARGET_DIR → TARGET_DIR/venv.
// Quick when it is already made; safe to call twice at the same time; leaves nothing running.

import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { constants } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, PrepareError } from './prepare/errors.js';
import { findPython } from './prepare/find-python.js';
import { choosePackager } from './prepare/packagers.js';
import { isReady, markReady } from './prepare/marker.js';
import { withLock } from './prepare/lock.js';

const REQUIREMENTS_FILE = join(import.meta.dirname, 'requirements.txt');
const SIGNALS = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);

/**
 * @param {string} targetDir
 * @param {AbortSignal} signal stops the work and every process started for it
 */
async function prepare(targetDir, signal) {
  const venvDir = join(targetDir, 'venv');
  const requirements = readFileSync(REQUIREMENTS_FILE, 'utf8');
  const requirementsHash = createHash('sha256').update(requirements).digest('hex');
  if (isReady(venvDir, requirementsHash)) return;

  mkdirSync(targetDir, { recursive: true });
  await withLock(`${venvDir}.lock`, { signal, say }, async () => {
    // Whoever held the lock before may have done the work.
    if (isReady(venvDir, requirementsHash)) return;
    await build(venvDir, signal);
    markReady(venvDir, requirementsHash);
  });
}

/**
 * @param {string} venvDir
 * @param {AbortSignal} signal
 */
async function build(venvDir, signal) {
  const packager = await choosePackager(signal);
  const python = await findPython({ venvModule: packager.needsVenvModule, signal });
  rmSync(venvDir, { recursive: true, force: true, maxRetries: 5 });
  say(`creating the Python ${python.version} environment in ${venvDir} with ${packager.name}`);
  await packager.createEnvironment(python, venvDir, signal);
  say('installing fastapi, uvicorn, aiosqlite');
  await packager.install(python, venvDir, REQUIREMENTS_FILE, signal);
}

/** @param {string} line */
function say(line) {
  process.stdout.write(`${line}\n`);
}

/** @param {string | undefined} targetDir */
async function main(targetDir) {
  if (targetDir === undefined || targetDir === '') {
    throw new PrepareError('no target directory was given', 'call it as: node prepare.js TARGET_DIR');
  }
  const interrupt = new AbortController();
  for (const name of SIGNALS) process.on(name, () => interrupt.abort(name));
  // A reader that has gone away must not stop the work.
  process.stdout.on('error', () => {});
  try {
    await prepare(resolve(targetDir), interrupt.signal);
  } catch (error) {
    if (!interrupt.signal.aborted) throw error;
    const name = /** @type {typeof SIGNALS[number]} */ (interrupt.signal.reason);
    process.exitCode = 128 + constants.signals[name];
  }
}

try {
  await main(process.argv[2]);
} catch (error) {
  process.stderr.write(`${describe(error)}\n`);
  process.exitCode = 1;
}
