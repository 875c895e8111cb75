import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { runRecordSchema, type RunRecord } from '../../src/model/results/run-record.js';
import { listeningPorts, markedProcesses, type MarkedProcess } from './marked-processes.js';

const BENCH = resolve('bin/bench.js');
export const QUICK = [
  '--rates',
  '50',
  '--duration',
  '1s',
  '--warmup',
  '0s',
  '--port',
  'auto',
  '--pacing',
  'relaxed',
];

/** The command line that starts a server of test/fixtures/servers. */
export function serverCommand(name: string, words = '--port {port}'): string {
  return `${process.execPath} ${resolve(`test/fixtures/servers/${name}.js`)} ${words}`;
}

export interface Outcome {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder and an environment of its own for one test, so that what its commands leave behind is found. */
export class Sandbox {
  readonly mark = `bench-e2e-${randomUUID()}`;
  readonly folder = mkdtempSync(join(tmpdir(), 'bench-e2e-'));
  readonly out = join(this.folder, 'out');
  private readonly temporary = join(this.folder, 'tmp');

  constructor() {
    mkdirSync(this.temporary);
  }

  /** Starts the real CLI. */
  start(args: readonly string[], env: Readonly<Record<string, string>> = {}): RunningBench {
    return this.startThrough([], args, env);
  }

  /** The same by way of another program, which is given the command as its last words. */
  startThrough(
    words: readonly string[],
    args: readonly string[],
    env: Readonly<Record<string, string>> = {},
  ): RunningBench {
    const [program = process.execPath, ...rest] = [...words, process.execPath, BENCH, ...args];
    const child = spawn(program, rest, {
      cwd: this.folder,
      env: {
        ...process.env,
        NO_COLOR: '1',
        // Tests under GitHub Actions do not write into the summary of its job.
        GITHUB_STEP_SUMMARY: '',
        BENCH_E2E: this.mark,
        // Its generators do not warm up: half of what a run costs. Where figures are looked at, it is given as ''.
        OPENAPI_BENCH_COLD: '1',
        TMPDIR: this.temporary,
        XDG_CACHE_HOME: join(this.folder, 'cache'),
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A process group of its own: a signal to the group is what a terminal's Ctrl-C is.
      detached: true,
    });
    return new RunningBench(child);
  }

  /** Runs the real CLI to its end. */
  bench(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Outcome> {
    return this.start(args, env).ended;
  }

  /** A quick `bench run` of a server of test/fixtures/servers, into `out`. */
  run(server: string, ...args: string[]): Promise<Outcome> {
    return this.bench(['run', ...QUICK, '--command', serverCommand(server), '--out', this.out, ...args]);
  }

  processes(): MarkedProcess[] {
    return markedProcesses(this.mark);
  }

  /** results.json, checked against its schema. */
  record(): RunRecord {
    return runRecordSchema.parse(JSON.parse(this.text('results.json')));
  }

  /** A file of the results directory. */
  text(name: string): string {
    return readFileSync(join(this.out, name), 'utf8');
  }

  /** Fails when a process, a port or a temporary file of ours is left after `graceMs` milliseconds. */
  async close(graceMs = 0): Promise<void> {
    if (!existsSync(this.folder)) return;
    const left = await this.leftProcesses(graceMs);
    const ports = left.flatMap(({ pid }) => listeningPorts(pid));
    for (const { pid } of left) process.kill(pid, 'SIGKILL');
    const files = readdirSync(this.temporary).filter((name) => name.startsWith('openapi-bench-'));
    rmSync(this.folder, { recursive: true, force: true });
    expect({ processes: left.map(({ command }) => command), ports, files }).toEqual({
      processes: [],
      ports: [],
      files: [],
    });
  }

  private async leftProcesses(graceMs: number): Promise<MarkedProcess[]> {
    const end = performance.now() + graceMs;
    for (;;) {
      const left = this.processes();
      if (left.length === 0 || performance.now() >= end) return left;
      await sleep(50);
    }
  }
}

/** Writes a scenario file for a server of test/fixtures/servers; `prepare` names one of test/fixtures/steps, `keys` are more of its lines. */
export function scenarioFile(
  { folder }: Sandbox,
  server: string,
  { ready = '{}', prepare, keys = '' }: { ready?: string; prepare?: string; keys?: string } = {},
): string {
  const file = join(folder, 'scenario.yaml');
  const step = `${process.execPath} ${resolve(`test/fixtures/steps/${prepare}.js`)}`;
  const steps = prepare === undefined ? '[]' : `[{ title: a long step, command: ${step} }]`;
  const start = `{ command: '${serverCommand(server)}', ready: ${ready} }`;
  writeFileSync(file, `name: e2e\nprepare: ${steps}\nstart: ${start}\n${keys}\n`);
  return file;
}

/** A CLI at work. */
export class RunningBench {
  readonly ended: Promise<Outcome>;
  private readonly texts = { stdout: '', stderr: '' };

  constructor(private readonly child: ChildProcess) {
    for (const name of ['stdout', 'stderr'] as const) {
      child[name]?.setEncoding('utf8').on('data', (text: string) => {
        this.texts[name] += text;
      });
    }
    this.ended = new Promise((resolve) => {
      child.once('close', (code, signal) => resolve({ code, signal, ...this.texts }));
    });
  }

  get pid(): number {
    return this.child.pid!;
  }

  /** What it has printed so far. */
  get stdout(): string {
    return this.texts.stdout;
  }

  get stderr(): string {
    return this.texts.stderr;
  }

  /** Resolves once `condition` holds; fails when the CLI ends first. */
  async until(condition: () => unknown): Promise<void> {
    while (!condition()) {
      if (this.child.exitCode !== null || this.child.signalCode !== null)
        throw new Error(`ended too early: ${this.texts.stderr}`);
      await sleep(20);
    }
  }

  untilSays(words: RegExp): Promise<void> {
    return this.until(() => words.test(this.texts.stderr + this.texts.stdout));
  }

  /** To the CLI alone. */
  signal(name: NodeJS.Signals): void {
    this.child.kill(name);
  }

  /** To the whole process group of the CLI, as a terminal does. */
  signalGroup(name: NodeJS.Signals): void {
    process.kill(-this.pid, name);
  }

  /** Reads the first bytes of stdout and closes it, as `| head -1` does. */
  closeStdout(): void {
    this.child.stdout?.destroy();
  }
}

/** The run or the words were wrong, and one message of our own says so, without a stack. */
export function expectError(
  { code, stdout, stderr }: Outcome,
  expectedCode: number,
  ...words: RegExp[]
): void {
  for (const word of words) expect(stderr).toMatch(word);
  expect(stderr.match(/^error:/gim)).toHaveLength(1);
  expect(stderr).not.toMatch(/^\s+at .*:\d+/m);
  expect(stderr).not.toMatch(/Internal error/);
  expect(code).toBe(expectedCode);
  // With --json the record of a run that had begun; nothing else.
  if (stdout !== '') runRecordSchema.parse(JSON.parse(stdout));
}
