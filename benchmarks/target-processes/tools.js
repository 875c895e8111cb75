/*
 * Programs of others that the rows need: got on first use, into a folder that git ignores. What cannot be had
 * makes its rows be skipped, with its name.
 */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const FOLDER = join(import.meta.dirname, '../../.tmp/target-processes');
const NODE = join(FOLDER, 'node');
const PYTHON = join(FOLDER, 'python');
const FROM_NPM = ['nodemon@3', 'tsx@4', 'pm2@6'];
const FROM_PYPI = ['uvicorn>=0.30', 'gunicorn>=22', 'hypercorn>=0.17'];

/** Why a row cannot be run here. */
export class Missing extends Error {}

/** @type {Map<string, string>} */
const failures = new Map();

/** A program of npm; installs them all when it is the first. @param {string} name */
export function fromNpm(name) {
  const file = join(NODE, 'node_modules/.bin', name);
  return have(file, `${name} from npm`, () =>
    run('npm', ['install', '--silent', '--prefix', NODE, ...FROM_NPM]),
  );
}

/** A program of PyPI, or `python` itself. @param {string} name */
export function fromPypi(name) {
  const file = join(PYTHON, 'bin', name);
  return have(file, `${name} from PyPI`, () => {
    run('python3', ['-m', 'venv', PYTHON]);
    run(join(PYTHON, 'bin/pip'), ['install', '--quiet', ...FROM_PYPI]);
  });
}

/** A program of the system. @param {string} name */
export function fromSystem(name) {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/sbin'];
  const file = folders.map((folder) => join(folder, name)).find((one) => existsSync(one));
  if (file === undefined) throw new Missing(name);
  return file;
}

/** @param {string} file @param {string} name @param {() => void} install */
function have(file, name, install) {
  if (existsSync(file)) return file;
  const key = install.toString();
  if (!failures.has(key)) {
    try {
      install();
    } catch (error) {
      failures.set(key, error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error));
    }
  }
  if (!existsSync(file))
    throw new Missing(`${name} (${failures.get(key) ?? 'its package has no such program'})`);
  return file;
}

/** @param {string} program @param {readonly string[]} args */
function run(program, args) {
  process.stderr.write(`getting ${args.at(-1)} and others for the first time\n`);
  execFileSync(program, args, { stdio: ['ignore', 'ignore', 'pipe'], timeout: 300_000 });
}
