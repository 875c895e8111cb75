// The two ways to make and fill an environment: uv when it is there, because it is faster, else venv and pip.

import { PrepareError } from './errors.js';
import { pythonOf } from './marker.js';
import { lastLines, runCommand, runGuarded } from './run-command.js';

/**
 * @typedef {import('./find-python.js').Python} Python
 * @typedef {{
 *   name: string,
 *   needsVenvModule: boolean,
 *   createEnvironment: (python: Python, venvDir: string, signal: AbortSignal) => Promise<void>,
 *   install: (python: Python, venvDir: string, requirementsFile: string, signal: AbortSignal) => Promise<void>,
 * }} Packager
 */

/** @type {Packager} */
const uv = {
  name: 'uv',
  needsVenvModule: false,
  createEnvironment: (python, venvDir, signal) =>
    mustRun(
      python,
      ['uv', 'venv', '--no-project', '--python', python.path, venvDir],
      `cannot create ${venvDir}`,
      signal,
    ),
  install: (python, venvDir, requirementsFile, signal) =>
    mustRun(
      python,
      ['uv', 'pip', 'install', '--python', pythonOf(venvDir), '--requirement', requirementsFile],
      `cannot install ${requirementsFile} into ${venvDir}`,
      signal,
    ),
};

/** @type {Packager} */
const pip = {
  name: 'venv and pip',
  needsVenvModule: true,
  createEnvironment: (python, venvDir, signal) =>
    mustRun(python, [python.path, '-m', 'venv', venvDir], `cannot create ${venvDir}`, signal),
  install: (python, venvDir, requirementsFile, signal) =>
    mustRun(
      python,
      [
        pythonOf(venvDir),
        '-m',
        'pip',
        'install',
        '--disable-pip-version-check',
        '--no-input',
        '--progress-bar',
        'off',
        '--requirement',
        requirementsFile,
      ],
      `cannot install ${requirementsFile} into ${venvDir}`,
      signal,
    ),
};

// Read from top to bottom; the last pattern fits everything.
const HINTS = /** @type {const} */ ([
  [
    /No space left|Errno 28\b|os error 28\b|quota exceeded/i,
    'The disk is full. Free some space (the environment takes about 60 MB), then run again.',
  ],
  [/Permission denied|Read-only file system/i, 'Choose a directory that this user may write to.'],
  [
    /NewConnectionError|Failed to establish a new connection|Connection refused|ConnectError|connection error|dns error|name resolution|getaddrinfo|ProxyError|timed out|Failed to fetch|error sending request|Network is unreachable/i,
    'The package index could not be reached. Check the network, and behind a proxy or a mirror set HTTPS_PROXY, or PIP_INDEX_URL (for uv: UV_DEFAULT_INDEX), then run again.',
  ],
  [
    /CERTIFICATE_VERIFY_FAILED|invalid peer certificate/i,
    'The certificate of the package index was not accepted. Behind a proxy that replaces it, set PIP_CERT (for uv: SSL_CERT_FILE) to the proxy’s certificate, then run again.',
  ],
  [
    /No matching distribution|no solution found|Could not find a version/i,
    'The package index has no fitting release for this Python. Try another one: set PYTHON to its path.',
  ],
  [/(?:)/, 'Mend what the lines above say, then run again: a half-made environment is built anew.'],
]);

/**
 * @param {AbortSignal} signal
 * @returns {Promise<Packager>}
 */
export async function choosePackager(signal) {
  const { code } = await runCommand(['uv', '--version'], signal);
  return code === 0 ? uv : pip;
}

/**
 * @param {Python} python
 * @param {string[]} command
 * @param {string} failure
 * @param {AbortSignal} signal
 */
async function mustRun(python, command, failure, signal) {
  const { code, output } = await runGuarded(python.path, command, signal);
  if (code === 0) return;
  const hint = HINTS.find(([pattern]) => pattern.test(output))?.[1] ?? '';
  throw new PrepareError(
    `${failure}: ${command.slice(0, 3).join(' ')} … ended with code ${code}. Its last lines:\n${lastLines(output)}`,
    hint,
  );
}
