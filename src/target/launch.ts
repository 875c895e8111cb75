import { open, readFile } from 'node:fs/promises';
import { execa } from 'execa';
import { lastLines, printable } from '../kernel/text.js';
import type { Fetch } from '../model/fetch.js';
import { supervise, supervisorCommand, supervisorOptions, type SupervisedProgram } from './supervise.js';
import type { Target } from './target.js';

export interface LaunchOptions {
  /** The supervisor's program. */
  readonly supervisor: URL;
  readonly words: readonly string[];
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  /** Folder to remove if the harness is gone before it could do so itself. */
  readonly scratch: string;
  readonly origin: string;
  readonly fetch: Fetch;
  /** File to which the target's output is appended. */
  readonly logFile: string;
}

/** Starts a target under its supervisor. It is not ready yet: see `waitUntilReady`. */
export async function launch(options: LaunchOptions): Promise<Target> {
  const log = await open(options.logFile, 'a');
  try {
    const logStart = (await log.stat()).size;
    // The file itself, not a pipe: nothing of the target's output passes through the harness.
    // execa's types know small numbers only, its code takes any open descriptor.
    const file = log.fd as 3;
    const supervisor = execa(...supervisorCommand(options.supervisor), {
      ...supervisorOptions(options.scratch),
      stdout: file,
      stderr: file,
    });
    return new LaunchedTarget(
      options,
      await supervise(supervisor, { ...options, what: 'The target' }),
      logStart,
    );
  } finally {
    await log.close();
  }
}

class LaunchedTarget implements Target {
  readonly origin: string;
  readonly fetch: Fetch;
  readonly pid: number;
  death: string | undefined;
  readonly died: Promise<void>;

  constructor(
    private readonly options: LaunchOptions,
    private readonly program: SupervisedProgram,
    private readonly logStart: number,
  ) {
    this.origin = options.origin;
    this.fetch = options.fetch;
    this.pid = program.pid;
    this.died = program.exited.then(({ how }) => {
      this.death = how;
    });
  }

  async lastOutput(lines: number): Promise<string[]> {
    const log = await readFile(this.options.logFile);
    return lastLines(log.subarray(this.logStart).toString('utf8'), lines).map(printable);
  }

  stop(): Promise<void> {
    return this.program.end();
  }
}
