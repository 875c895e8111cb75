/* A program that a row has started. */

/** @typedef {{ code: number | null, signal: string | null, output: string }} Ending */

/** No run of a row takes longer, unless it hangs. */
const LONGEST_RUN_MS = 90_000;

export class Running {
  /** @type {Promise<Ending>} */
  ended;
  /** What it has printed, on both ways. */
  output = '';
  isOver = false;

  /** @param {import('node:child_process').ChildProcess} child */
  constructor(child) {
    this.pid = child.pid ?? 0;
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (/** @type {string} */ text) => (this.output += text));
    const limit = setTimeout(() => child.kill('SIGKILL'), LONGEST_RUN_MS).unref();
    this.ended = new Promise((resolve, reject) => {
      child.once('error', reject);
      // Not its output's end: a server that lives on may hold that open.
      child.once('exit', (code, signal) => {
        clearTimeout(limit);
        this.isOver = true;
        this.atExit();
        // The last words may still be under way.
        setTimeout(() => resolve({ code, signal, output: this.output }), 50);
      });
    });
  }

  /** Done at the very moment of the end. */
  atExit() {}

  /** @param {NodeJS.Signals} name */
  signal(name) {
    kill(this.pid, name);
  }

  /** To its whole process group. @param {NodeJS.Signals} name */
  signalGroup(name) {
    kill(-this.pid, name);
  }
}

/** @param {number} pid @param {NodeJS.Signals} signal */
export function kill(pid, signal) {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended by itself.
  }
}
