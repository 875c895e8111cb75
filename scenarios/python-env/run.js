import { spawnSync } from 'node:child_process';
import { constants } from 'node:os';
import { execa } from 'execa';
import pidtree from 'pidtree';

/** Something that the user can mend: shown without a stack. */
export class Problem extends Error {}

// With heading and hint they fit into the 15 lines that bench shows.
const SHOWN_LINES = 10;
const UNREACHABLE =
  /new connection|connect(ion)? ?(error|refused|reset)|dns error|name resolution|getaddrinfo|proxyerror|timed out|failed to fetch|error sending request|network is unreachable|certificate/i;
const HINT_UNREACHABLE =
  'The package index could not be reached. Check the network; for a proxy or a mirror set HTTPS_PROXY, ' +
  'PIP_INDEX_URL and PIP_CERT (for uv: UV_DEFAULT_INDEX and SSL_CERT_FILE).';
const HINT = 'Mend what the lines above say, then run again: a half-made environment is built anew.';

/**
 * Says what it does, and does it; shows the command's last lines only when it fails.
 *
 * @param {string} title
 * @param {string[]} command
 */
export async function step(title, command) {
  say(title);
  const { failed, all, originalMessage = '' } = await run(command);
  if (!failed) return;
  const lines = (all || originalMessage).split(/[\r\n]+/).filter((line) => line.trim() !== '');
  const hint = lines.some((line) => UNREACHABLE.test(line)) ? HINT_UNREACHABLE : HINT;
  throw new Problem(
    `${title} failed. The last lines were:\n${lines.slice(-SHOWN_LINES).join('\n')}\n${hint}`,
  );
}

/**
 * @param {string[]} command
 * @param {number} [timeoutMs] 0 = none
 */
export function run([file = '', ...args], timeoutMs = 0) {
  // With UV_SYSTEM_PYTHON set, uv would install elsewhere than into the environment it is given.
  const env = { UV_SYSTEM_PYTHON: undefined };
  return execa(file, args, { env, stdin: 'ignore', all: true, reject: false, timeout: timeoutMs });
}

/** @param {string} line one line of progress for bench */
export function say(line) {
  process.stdout.write(`${line}\n`);
}

/** A signal ends us with all descendants: venv starts processes of its own, which would write on. */
export function endOnSignals() {
  for (const name of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(name, () => void endTree(128 + constants.signals[name]));
  }
}

/**
 * Stops all before it kills one: what a dead process has just started could not be found.
 *
 * @param {number} exitCode
 * @param {number} known how many have been stopped
 */
async function endTree(exitCode, known = 0) {
  const pids = (await pidtree(process.pid).catch(() => [])).map(String);
  spawnSync('kill', ['-STOP', ...pids]);
  if (pids.length > known) return endTree(exitCode, pids.length);
  spawnSync('kill', ['-KILL', ...pids]);
  process.exit(exitCode);
}
