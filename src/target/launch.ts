import { open, readFile } from 'node:fs/promises';
import type { ChildProcess } from 'node:child_process';
import { execaNode } from 'execa';
import { UserError } from '../kernel/errors.js';
import { lastLines, printable } from '../kernel/text.js';
import type { SupervisorOrder, SupervisorReport } from './supervisor-messages.js';
import type { Target } from './target.js';

export interface LaunchOptions {
  /** The supervisor's program. */
  readonly supervisor: URL;
  readonly words: readonly string[];
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  readonly origin: string;
  /** File to which the target's output is appended. */
  readonly logFile: string;
}

/** Starts a target under its supervisor. It is not ready yet: see `waitUntilReady`. */
export async function launch(options: LaunchOptions): Promise<Target> {
  const log = await open(options.logFile, 'a');
  const logStart = (await log.stat()).size;
  // execa's types know small numbers only, its code takes any open descriptor.
  const file = log.fd as 3;
  const supervisor = execaNode(options.supervisor, [], {
    // A session of its own: a signal to the harness's group does not reach it.
    detached: true,
    cleanup: false,
    // The file itself, not a pipe: nothing of the target's output passes through the harness.
    stdin: 'ignore',
    stdout: file,
    stderr: file,
    ipc: true,
    reject: false,
  });
  try {
    const pid = await start(supervisor, options);
    return new SupervisedTarget(options, supervisor, pid, logStart);
  } finally {
    await log.close();
  }
}

type Supervisor = ChildProcess;

async function start(supervisor: Supervisor, { words, folder, env }: LaunchOptions): Promise<number> {
  const answer = new Promise<SupervisorReport>((resolve, reject) => {
    supervisor.once('message', (message) => resolve(message as SupervisorReport));
    supervisor.once('exit', () => reject(new Error('the supervisor of the target ended at once')));
  });
  supervisor.send({ kind: 'start', words, folder, env } satisfies SupervisorOrder);
  const report = await answer;
  if (report.kind === 'started') return report.pid;
  const why = report.kind === 'not-started' ? report.message : 'it ended at once';
  throw new UserError(
    'run',
    `The target could not be started: ${why}`,
    `The command was: ${words.join(' ')}\nIt was run in ${folder}. Check that the program exists there or on the PATH.`,
  );
}

class SupervisedTarget implements Target {
  readonly origin: string;
  death: string | undefined;
  readonly died: Promise<void>;
  private readonly ended: Promise<void>;

  constructor(
    private readonly options: LaunchOptions,
    private readonly supervisor: Supervisor,
    readonly pid: number,
    private readonly logStart: number,
  ) {
    this.origin = options.origin;
    this.ended = new Promise((resolve) => supervisor.once('exit', () => resolve()));
    this.died = new Promise((resolve) => {
      const end = (how: string): void => {
        this.death ??= how;
        resolve();
      };
      supervisor.on('message', (message) => {
        const report = message as SupervisorReport;
        if (report.kind !== 'exited') return;
        end(report.signal === null ? `exited with code ${report.code}` : `was killed by ${report.signal}`);
      });
      supervisor.once('exit', () => {
        end('lost its supervisor');
        // Only if someone killed the supervisor: the target must not outlive it.
        killGroup(pid);
      });
    });
  }

  async lastOutput(lines: number): Promise<string[]> {
    const log = await readFile(this.options.logFile);
    return lastLines(log.subarray(this.logStart).toString('utf8'), lines).map(printable);
  }

  async stop(): Promise<void> {
    if (this.supervisor.connected) this.supervisor.send({ kind: 'end' } satisfies SupervisorOrder);
    await this.ended;
  }
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // The group is gone already, which is what is wanted.
  }
}
