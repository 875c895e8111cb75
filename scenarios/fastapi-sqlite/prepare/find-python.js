import { PrepareError } from './errors.js';
import { runCommand } from './run-command.js';

/**
 * @typedef {{ path: string, version: string }} Python
 * @typedef {{ executable: string, version: [number, number, number], sqlite: [number, number, number] | null, venv: boolean }} Probed
 * @typedef {{ name: string, probed: Probed | null }} Candidate
 */

const NAMES = ['python3', 'python3.13', 'python3.12', 'python3.11', 'python3.10', 'python3.14', 'python'];
const OLDEST = /** @type {const} */ ([3, 10]);
const OLDEST_SQLITE = /** @type {const} */ ([3, 35]); // UPDATE … RETURNING
const PROBE_LIMIT_MS = 10_000;

// Has to run in Python 2 as well, to tell the user its version.
const PROBE = `
import json, sys
found = {"executable": sys.executable, "version": sys.version_info[:3], "sqlite": None, "venv": True}
try:
    import sqlite3
    found["sqlite"] = sqlite3.sqlite_version_info
except ImportError:
    pass
try:
    import ensurepip, venv
except ImportError:
    found["venv"] = False
print("probed " + json.dumps(found))
`;

/**
 * The first Python that is new enough and complete.
 * @param {{ venvModule: boolean, signal: AbortSignal }} needs
 * @returns {Promise<Python>}
 */
export async function findPython({ venvModule, signal }) {
  /** @type {Candidate[]} */
  const tried = [];
  for (const name of new Set([process.env['PYTHON'], ...NAMES])) {
    if (name === undefined || name === '') continue;
    const probed = await probe(name, signal);
    if (probed !== null && complaint(probed, venvModule) === undefined) {
      return { path: probed.executable, version: probed.version.join('.') };
    }
    tried.push({ name, probed });
  }
  throw nothingFound(tried, venvModule);
}

/**
 * @param {string} name
 * @param {AbortSignal} signal
 * @returns {Promise<Probed | null>}
 */
async function probe(name, signal) {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(PROBE_LIMIT_MS)]);
  const { output } = await runCommand([name, '-c', PROBE], limit).catch((error) => {
    if (signal.aborted) throw error;
    return { output: '' };
  });
  const found = /^probed (.*)$/m.exec(output)?.[1];
  return found === undefined ? null : JSON.parse(found);
}

/**
 * @param {Probed} probed
 * @param {boolean} venvModule
 */
function complaint(probed, venvModule) {
  if (isBefore(probed.version, OLDEST)) return 'too old';
  if (probed.sqlite === null) return 'built without the sqlite3 module';
  if (isBefore(probed.sqlite, OLDEST_SQLITE))
    return `SQLite ${probed.sqlite.join('.')} in it is older than 3.35`;
  if (venvModule && !probed.venv) return 'without the venv module';
  return undefined;
}

/**
 * @param {readonly [number, number, ...number[]]} version
 * @param {readonly [number, number]} oldest
 */
function isBefore([major, minor], oldest) {
  return major < oldest[0] || (major === oldest[0] && minor < oldest[1]);
}

/**
 * @param {Candidate[]} tried
 * @param {boolean} venvModule
 */
function nothingFound(tried, venvModule) {
  const list = tried
    .map(({ name, probed }) => {
      if (probed === null) return `  ${name}: not found, or does not run`;
      return `  ${name}: ${probed.version.join('.')} (${probed.executable}), ${complaint(probed, venvModule)}`;
    })
    .join('\n');
  const bare = tried.find(({ probed }) => probed !== null && complaint(probed, false) === undefined);
  if (bare?.probed) {
    const version = bare.probed.version.join('.');
    return new PrepareError(
      `Python ${version} is here, but without its venv module, which makes the environment. Tried:\n${list}`,
      `On Debian and Ubuntu: sudo apt install python3-venv (or python${bare.probed.version.slice(0, 2).join('.')}-venv). Or install uv (https://docs.astral.sh/uv), which needs no venv module.`,
    );
  }
  return new PrepareError(
    `no usable Python 3.10 or later was found. Tried:\n${list}`,
    'On Debian and Ubuntu: sudo apt install python3 python3-venv. On macOS: brew install python. A Python elsewhere: set PYTHON to its path.',
  );
}
