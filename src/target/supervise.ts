import type { ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { UserError } from '../kernel/errors.js';
import { ProcessFamily } from './process-family.js';
import { SCRATCH_VARIABLE, type SupervisorOrder, type SupervisorReport } from './supervisor-messages.js';

/** What is to run under a supervisor. */
export interface SupervisedWork {
  /** For messages: `The target`. */
  readonly what: string;
  readonly words: readonly string[];
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
}

interface ProgramExit {
  readonly succeeded: boolean;
  /** `exited with code 1` */
  readonly how: string;
}

/** A program that ends with all that it started when it is told to, and when the harness is gone. */
export interface SupervisedProgram {
  readonly pid: number;
  readonly exited: Promise<ProgramExit>;
  /** Resolves when nothing of it is left. */
  end(): Promise<void>;
}

/**
 * The command of a supervisor. Not execaNode: that puts Node's own folder first on the PATH, so that a
 * target would get the Python next to Node instead of the user's.
 */
export function supervisorCommand(program: URL): [string, [string]] {
  return [process.execPath, [fileURLToPath(program)]];
}

/**
 * How every supervisor is started: with a channel, and out of reach of signals to the harness's group.
 * `scratch` is a folder that it removes when the harness is gone; in the environment, so that it knows
 * even if the harness ends before it can say a word.
 */
export function supervisorOptions(scratch: string) {
  return {
    detached: true,
    cleanup: false,
    stdin: 'ignore',
    ipc: true,
    reject: false,
    env: { ...withoutCredentials(), [SCRATCH_VARIABLE]: scratch },
  } as const;
}

/** The target gets what it is started with, not what bench signs in with: it might print its environment. */
function withoutCredentials(): Record<string, undefined> {
  const names = Object.keys(process.env).filter((name) => name.startsWith('BENCH_AUTH_'));
  return Object.fromEntries(names.map((name) => [name, undefined]));
}

/** Has a supervisor that was just started start the program; fails when that cannot be done. */
export async function supervise(supervisor: ChildProcess, work: SupervisedWork): Promise<SupervisedProgram> {
  const { what, words, folder, env } = work;
  const gone = new Promise<void>((resolve) => supervisor.once('exit', () => resolve()));
  const first = firstReport(supervisor);
  order(supervisor, { kind: 'start', words, folder, env });
  const report = await first;
  if (report?.kind !== 'started') {
    throw new UserError(
      'run',
      `${what} could not be started: ${whyNot(report, words[0] ?? '')}.`,
      `The command was: ${words.join(' ')}\nIt was run in ${folder}. Check that the program exists there or on the PATH.`,
    );
  }
  return {
    pid: report.pid,
    exited: exitOf(supervisor, report.pid),
    async end() {
      order(supervisor, { kind: 'end' });
      await gone;
    },
  };
}

/** Undefined when the supervisor ended without a word. */
function firstReport(supervisor: ChildProcess): Promise<SupervisorReport | undefined> {
  return new Promise((resolve) => {
    supervisor.once('message', (message) => resolve(message as SupervisorReport));
    supervisor.once('exit', () => resolve(undefined));
  });
}

function order(supervisor: ChildProcess, message: SupervisorOrder): void {
  // A supervisor that is gone cannot be told; its exit says so elsewhere.
  if (supervisor.connected) supervisor.send(message, () => {});
}

function whyNot(report: SupervisorReport | undefined, program: string): string {
  if (report?.kind !== 'not-started') return 'its supervisor was ended';
  if (report.message.includes('ENOENT')) return `there is no program ${program}`;
  if (report.message.includes('EACCES')) return `this user may not execute ${program}`;
  return report.message;
}

function exitOf(supervisor: ChildProcess, pid: number): Promise<ProgramExit> {
  return new Promise((resolve) => {
    supervisor.on('message', (message) => {
      const report = message as SupervisorReport;
      if (report.kind !== 'exited') return;
      const { code, signal } = report;
      const how = signal === null ? `exited with code ${code}` : `was killed by ${signal}`;
      resolve({ succeeded: code === 0, how });
    });
    supervisor.once('exit', () => {
      resolve({ succeeded: false, how: 'lost its supervisor' });
      // Only if someone killed the supervisor: its program must not outlive it.
      new ProcessFamily(pid).signal('SIGKILL');
    });
  });
}
