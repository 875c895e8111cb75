// Makes the Python environment of a scenario: node prepare.js TARGET_DIR [REQUIREMENTS…] [--sqlite 3.35]
// → TARGET_DIR/venv. Without REQUIREMENTS it takes requirements.txt of the working folder; with --sqlite only a Python
// with that SQLite or a later one will do. Quick when it is already made; safe to call twice at the same time.

import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { findPython } from './find-python.js';
import { withLock } from './lock.js';
import { Problem, endOnSignals, run, step } from './run.js';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { sqlite: { type: 'string' } },
});
const [targetDir = '', ...given] = positionals;
const requirements = (given.length === 0 ? ['requirements.txt'] : given).map((file) => resolve(file));
const asRequirements = requirements.flatMap((file) => ['--requirement', file]);
const venv = resolve(targetDir, 'venv');
const venvPython = join(venv, 'bin', 'python');
// Written last: without a fitting one the environment is half-made or outdated.
const marker = join(venv, 'ready.txt');

async function prepare() {
  if (targetDir === '') throw new Problem('no directory was given. Call it as: node prepare.js TARGET_DIR');
  if (isReady()) return;
  mkdirSync(targetDir, { recursive: true });
  await withLock(`${venv}.lock`, async () => {
    // Whoever held the lock before may have done the work.
    if (isReady()) return;
    const hasUv = !(await run(['uv', '--version'])).failed;
    const python = await findPython(hasUv ? [] : ['venv', 'ensurepip'], values.sqlite);
    rmSync(venv, { recursive: true, force: true });
    await (hasUv ? buildWithUv(python) : buildWithPip(python));
    writeFileSync(marker, fingerprint());
  });
}

/** @param {string} python */
async function buildWithUv(python) {
  await step('creating the environment with uv', ['uv', 'venv', '--no-project', '--python', python, venv]);
  const install = ['uv', 'pip', 'install', '--python', venvPython, ...asRequirements];
  await step('installing the packages with uv', install);
}

/** @param {string} python */
async function buildWithPip(python) {
  await step('creating the environment with venv', [python, '-E', '-m', 'venv', venv]);
  // --no-user: some hosts set PIP_USER, which pip refuses in an environment.
  const options = ['--quiet', '--no-user', '--no-input', '--disable-pip-version-check'];
  const install = [venvPython, '-E', '-m', 'pip', 'install', ...options, ...asRequirements];
  await step('installing the packages with pip', install);
}

function isReady() {
  try {
    return readFileSync(marker, 'utf8') === fingerprint();
  } catch {
    return false; // no marker, or no interpreter any more
  }
}

/**
 * With the interpreter's real path: when the system replaces Python 3.11 by 3.12, `bin/python`
 * still starts, but no longer finds the packages.
 */
function fingerprint() {
  const hash = createHash('sha256');
  for (const file of requirements) hash.update(readFileSync(file));
  return `${hash.digest('hex')} ${realpathSync(venvPython)}\n`;
}

endOnSignals();
await prepare().catch((/** @type {unknown} */ error) => {
  // What the user can mend, in one piece; what we broke keeps its stack.
  if (!(error instanceof Problem) && !(error instanceof Error && 'syscall' in error)) throw error;
  process.stderr.write(`prepare.js: ${error.message}\n`);
  process.exitCode = 1;
});
