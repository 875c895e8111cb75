import { Problem, run, say } from './run.js';

const NAMES = ['python3', 'python3.13', 'python3.12', 'python3.11', 'python3.10', 'python3.14', 'python'];
const PROBE_LIMIT_MS = 10_000;

// Runs in Python 2 as well, to tell the user its version. Its arguments: the oldest SQLite, or nothing, then modules.
const PROBE = `
import sys
def complaint():
    if sys.version_info < (3, 10):
        return "too old"
    oldest = sys.argv[1]
    try:
        for name in sys.argv[2:]:
            __import__(name)
        if not oldest:
            return ""
        import sqlite3
    except ImportError as error:
        return "without the module %s" % error.name
    is_older = sqlite3.sqlite_version_info < tuple(int(part) for part in oldest.split("."))
    return "with an SQLite older than %s" % oldest if is_older else ""
print("\\t".join(["probed", "%d.%d.%d" % sys.version_info[:3], sys.executable, complaint()]))
`;

/**
 * The path of the first Python that is new enough and has what is needed.
 *
 * @param {string[]} modules
 * @param {string} [oldestSqlite] such as 3.35; without it, Python need not have SQLite
 */
export async function findPython(modules, oldestSqlite = '') {
  const tried = [];
  for (const name of [process.env['PYTHON'], ...NAMES]) {
    if (!name) continue;
    const { all } = await run([name, '-E', '-c', PROBE, oldestSqlite, ...modules], PROBE_LIMIT_MS);
    const [, version, path = '', complaint] = /^probed\t(.*)\t(.*)\t(.*)$/m.exec(all) ?? [];
    if (complaint === '') {
      say(`using Python ${version} at ${path}`);
      return path;
    }
    tried.push(`  ${name}: ${version ? `${version}, ${complaint} (${path})` : 'not found, or does not run'}`);
  }
  const list = tried.join('\n');
  const lacking = /without the module (venv|ensurepip)/.test(list) ? ' with its venv module' : '';
  throw new Problem(
    `no Python 3.10 or later${lacking} was found. Tried:\n${list}\n` +
      'On Debian and Ubuntu: sudo apt install python3 python3-venv; or install uv, which needs no venv module. ' +
      'On macOS: brew install python. For a Python elsewhere set PYTHON to its path.',
  );
}
