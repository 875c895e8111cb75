/*
 * The place of one row: a folder, a TMPDIR and marks of its own, so that whatever a run leaves behind is found
 * and belongs to it alone.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { kill, Running } from './running.js';
import { isListening, Witness } from './witness.js';

/** @typedef {import('./witness.js').Process} Process */
/** What a server writes of each request. @typedef {{ atMs: number, pid: number, port: number, path: string, client?: string }} Request */
/** @typedef {Record<string, { mean: number, max: number }>} Gauges */
/** @typedef {{ id: string, counts: { planned: number, succeeded: number }, gauges: Gauges, gaugesMissing?: Record<string, string> }} Cell */
/** @typedef {import('./running.js').Ending} Ending */
/** `fault` is what was not as expected. @typedef {{ seen: string, fault?: string }} Outcome */
/** @typedef {{ name: string, expected: string, run: () => Promise<Outcome> }} Case */

export const BENCH = join(import.meta.dirname, '../../bin/bench.js');
const SERVERS = join(import.meta.dirname, 'servers');
const QUICK = '--warmup 0s --pacing relaxed --threads 1 --no-html'.split(' ');

/** @type {Set<Stage>} */
const open = new Set();
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
  process.on(signal, () => {
    for (const stage of open) stage.clear();
    process.exit(130);
  });
}

export class Stage {
  folder = mkdtempSync(join(tmpdir(), 'target-processes-'));
  out = join(this.folder, 'out');
  log = join(this.folder, 'requests.log');
  temporary = join(this.folder, 'tmp');
  /** Of bench and of all that it starts. */
  bench = new Witness('CHECK_BENCH', this.folder);
  /** Of the servers that a row itself starts. */
  servers = new Witness('CHECK_SERVER', this.folder);

  constructor() {
    mkdirSync(this.temporary);
    open.add(this);
  }

  /** The words that start a server of the folder `servers`. @param {string} name @param {string[]} options */
  command(name, ...options) {
    return [process.execPath, ...this.program(name, ...options)].join(' ');
  }

  /** @param {string} name @param {string[]} options */
  program(name, ...options) {
    return [join(SERVERS, name), '--log', this.log, ...options];
  }

  /**
   * Starts the real CLI with `bench run`. `through` are words before it, `quick` those that save time.
   * @param {readonly string[]} args @param {{ env?: Record<string, string>, through?: readonly string[], quick?: readonly string[], rate?: number, seconds?: number }} options
   */
  run(args, { env = {}, through = [], quick = QUICK, rate = 50, seconds = 1 } = {}) {
    const load = ['--rates', String(rate), '--duration', `${seconds}s`, '--out', this.out];
    const words = [...through, process.execPath, BENCH, 'run', ...quick, ...load, ...args];
    return this.#start(words, { CHECK_BENCH: this.folder, TMPDIR: this.temporary, NO_COLOR: '1', ...env });
  }

  /** Starts a server that bench has not started. @param {readonly string[]} words @param {Record<string, string>} env */
  serve(words, env = {}) {
    return this.#start(words, { CHECK_SERVER: this.folder, ...env });
  }

  /** @param {readonly string[]} words @param {Record<string, string>} env */
  #start([program = '', ...args], env) {
    const child = spawn(program, args, {
      cwd: this.folder,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A process group of its own: a signal to the group is what a terminal's Ctrl-C is.
      detached: true,
    });
    return new Running(child);
  }

  /** The processes of the target: all of the mark but bench itself and what it starts for its own work. @param {number} benchPid */
  target(benchPid) {
    return this.bench
      .look()
      .filter(({ pid, parent }) => pid !== benchPid && parent !== benchPid)
      .filter(({ command }) => !/dist\/entry\/[\w-]+\.js/.test(command));
  }

  /** What the servers wrote of their requests. @returns {Request[]} */
  requests(file = this.log) {
    return linesOf(file).map((line) => {
      /** @type {Request} */
      const request = JSON.parse(line);
      return request;
    });
  }

  /** What results.json says, if it is there. */
  record() {
    const text = linesOf(join(this.out, 'results.json')).join('\n');
    if (text === '') return undefined;
    /** @type {{ status: string, cells: Cell[], failure: string | null }} */
    const record = JSON.parse(text);
    return record;
  }

  /** Waits until `condition` holds; false when it does not come to that. @param {() => unknown} condition @param {number} limitMs */
  async until(condition, limitMs = 30_000) {
    const endMs = performance.now() + limitMs;
    while (performance.now() < endMs) {
      if (condition()) return true;
      await sleep(30);
    }
    return false;
  }

  /** What bench has left behind, when `graceMs` have passed; empty when nothing. @param {number} graceMs */
  async leftovers(graceMs = 0) {
    await this.until(() => this.bench.look().length === 0 && this.#folders().length === 0, graceMs);
    const ports = [...new Set(this.requests().map(({ port }) => port))].filter(isListening);
    const serving = this.servers.look().length > 0;
    return [
      ...this.bench.look().map(({ pid, command }) => `process ${pid} (${this.short(command)})`),
      ...this.#folders().map((name) => `folder ${name}`),
      ...ports.filter(() => !serving).map((port) => `port ${port}`),
    ].join(', ');
  }

  #folders() {
    return readdirSync(this.temporary).filter((name) => name.startsWith('openapi-bench-'));
  }

  /** @param {string} text */
  short(text) {
    const words = text
      .replaceAll(this.folder, '')
      .replaceAll(SERVERS, '')
      .replaceAll(process.execPath, 'node');
    return words.length > 90 ? `${words.slice(0, 90)}…` : words;
  }

  /** Ends what is left, and takes the folder away. */
  clear() {
    // What lives may start another before its own end: look again.
    for (let round = 0; round < 3; round += 1) {
      for (const { pid } of [...this.bench.look(), ...this.servers.look()]) kill(pid, 'SIGKILL');
    }
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 3 });
    open.delete(this);
  }
}

/** Runs `work` on a stage of its own. @param {(stage: Stage) => Promise<Outcome>} work @returns {() => Promise<Outcome>} */
export function onStage(work) {
  return async () => {
    const stage = new Stage();
    try {
      return await work(stage);
    } finally {
      stage.clear();
    }
  };
}

/** A port that is free now. @returns {Promise<number>} */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** `code 3: error: The target …`, as short as can be. @param {Ending} ending */
export function endingWords({ code, signal, output }) {
  const line = output.split('\n').find((text) => /^error/i.test(text)) ?? '';
  const how = signal === null ? `code ${code}` : signal;
  return line === '' || code === 0 ? how : `${how}: ${line.replace(/^error:\s*/i, '').slice(0, 160)}`;
}

/** The run ended as one that measured. @param {Ending} ending */
export function hasMeasured({ code }) {
  return code === 0 || code === 4;
}

/** An outcome of what was seen and of all that was wrong. @param {string[]} seen @param {(string | false | undefined)[]} faults @returns {Outcome} */
export function outcome(seen, faults) {
  const wrong = faults.filter((fault) => typeof fault === 'string' && fault !== '').join('; ');
  return wrong === '' ? { seen: seen.join('; ') } : { seen: seen.join('; '), fault: wrong };
}

/** @param {string} file */
function linesOf(file) {
  try {
    return readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line !== '');
  } catch {
    return [];
  }
}
