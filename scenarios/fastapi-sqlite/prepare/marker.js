// The marker is written last, so an environment without a fitting one is half-made or outdated.

import { existsSync, readFileSync, realpathSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @param {string} venvDir
 * @param {string} requirementsHash
 */
export function isReady(venvDir, requirementsHash) {
  const marker = readIfThere(join(venvDir, 'ready.json'));
  return (
    marker !== undefined && existsSync(pythonOf(venvDir)) && marker === fingerprint(venvDir, requirementsHash)
  );
}

/**
 * @param {string} venvDir
 * @param {string} requirementsHash
 */
export function markReady(venvDir, requirementsHash) {
  const markerFile = join(venvDir, 'ready.json');
  writeFileSync(`${markerFile}.tmp`, fingerprint(venvDir, requirementsHash));
  renameSync(`${markerFile}.tmp`, markerFile);
}

/**
 * The environment's interpreter.
 * @param {string} venvDir
 */
export function pythonOf(venvDir) {
  return process.platform === 'win32'
    ? join(venvDir, 'Scripts', 'python.exe')
    : join(venvDir, 'bin', 'python');
}

/**
 * The interpreter's real path is a part of it: when the system replaces Python 3.11 by 3.12,
 * `bin/python` still starts, but no longer finds the packages.
 * @param {string} venvDir
 * @param {string} requirementsHash
 */
function fingerprint(venvDir, requirementsHash) {
  const settings = readIfThere(join(venvDir, 'pyvenv.cfg')) ?? '';
  const pythonVersion = /^version(?:_info)?\s*=\s*(\d+\.\d+\.\d+)/m.exec(settings)?.[1] ?? null;
  const interpreter = realpathSync(pythonOf(venvDir));
  return `${JSON.stringify({ requirementsHash, pythonVersion, interpreter, venvDir }, null, 2)}\n`;
}

/** @param {string} path */
function readIfThere(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT') return undefined;
    throw error;
  }
}
