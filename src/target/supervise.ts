import type { ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { sleep, systemClock as clock } from '../kernel/clock.js';
import { UserError } from '../kernel/errors.js';
import { redactCommand } from '../kernel/redact-text.js';
import type { Confinement } from './confinement/confinement.js';
import { ProcessFamily } from './processes/process-family.js';
import type { EndReport } from './processes/end-family.js';
import {
  SCRATCH_VARIABLE,
  type SupervisorOrder,
  type SupervisorReport,
  type WhenLeft,
} from './supervisor-messages.js';

/** What is to run under a supervisor. */
export interface SupervisedWork {
  /** For messages: `The target`. */
  readonly what: string;
  readonly words: readonly string[];
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  readonly whenLeft: WhenLeft;
  readonly stop: StopWish;
  /** Whom it runs as; left out = the user of bench. */
  readonly user?: { readonly uid: number; readonly gid: number } | null;
  /** What it may use; left out = whatever there is. */
  readonly confinement?: Confinement | null;
  /** A log file to be kept small; null = none. */
  readonly logFile: string | null;
}

/** How a program is ended: by the command if there is one, by the signal, then by force. */
export interface StopWish {
  readonly signal: NodeJS.Signals;
  readonly graceMs: number;
  readonly words: readonly string[] | null;
  /** The command comes last, and also in a hurry: what it ends are no processes of ours. Left out = it comes first. */
  readonly wordsLast?: boolean;
}

export const USUAL_STOP: StopWish = { signal: 'SIGTERM', graceMs: 3000, words: null };

interface ProgramExit {
  readonly succeeded: boolean;
  /** `exited with code 1` */
  readonly how: string;
}

/** A program that ends with all that it started when it is told to, and when the harness is gone. */
export interface SupervisedProgram {
  readonly pid: number;
  readonly family: ProcessFamily;
  readonly exited: Promise<ProgramExit>;
  /** Ends it; resolves when nothing of it is left, or when everything has been tried. */
  end(): Promise<EndReport>;
  /** The same without its stop command and without grace, where what that would end is to go on. */
  leave(): Promise<EndReport>;
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

/** The supervisors that are still running. */
const supervisors = new Map<ChildProcess, Promise<void>>();

/** Kills everything that runs under supervisors; resolves when nothing of it is left. */
export async function killSupervised(): Promise<void> {
  for (const supervisor of supervisors.keys()) order(supervisor, { kind: 'kill' });
  await Promise.all(supervisors.values());
}

/** Has a supervisor that was just started start the program; fails when that cannot be done. */
export async function supervise(supervisor: ChildProcess, work: SupervisedWork): Promise<SupervisedProgram> {
  const { what, words, folder, env, whenLeft, stop, user = null, confinement = null, logFile } = work;
  const gone = new Promise<void>((resolve) => supervisor.once('exit', () => resolve()));
  supervisors.set(supervisor, gone);
  void gone.then(() => supervisors.delete(supervisor));
  const first = reportOf(supervisor, 'started', 'not-started');
  const ended = reportOf(supervisor, 'ended');
  // Before it starts: of a program that ends at once the news comes together with that of its start.
  const exited = reportOf(supervisor, 'exited');
  const start = { mark: randomUUID(), words, folder, env, whenLeft, stop, user, confinement, logFile };
  order(supervisor, { kind: 'start', ...start });
  const report = await first;
  if (report?.kind !== 'started') {
    throw new UserError(
      'run',
      `${what} could not be started: ${whyNot(report, words[0] ?? '')}.`,
      `The command was: ${redactCommand(words).join(' ')}\nIt was run in ${folder}. Check that the program exists there or on the PATH.`,
    );
  }
  const family = new ProcessFamily(report.signs);
  const endBy = async (kind: 'end' | 'leave'): Promise<EndReport> => {
    order(supervisor, { kind });
    await gone;
    const last = await ended;
    return last?.kind === 'ended' ? last.report : endOrphans(family);
  };
  return {
    pid: report.signs.leader ?? 0,
    family,
    exited: exitOf(exited, confinement?.memoryLimit ?? null),
    end: () => endBy('end'),
    leave: () => endBy('leave'),
  };
}

type ReportKind = SupervisorReport['kind'];

/** The first report of one of these kinds; undefined when the supervisor ended without sending one. */
function reportOf(supervisor: ChildProcess, ...kinds: ReportKind[]): Promise<SupervisorReport | undefined> {
  return new Promise((resolve) => {
    supervisor.on('message', (message) => {
      const report = message as SupervisorReport;
      if (kinds.includes(report.kind)) resolve(report);
    });
    // Not on `exit`, which may come before the last message.
    if (supervisor.connected) supervisor.once('disconnect', () => resolve(undefined));
    else resolve(undefined);
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

async function exitOf(
  told: Promise<SupervisorReport | undefined>,
  memoryLimit: string | null,
): Promise<ProgramExit> {
  const report = await told;
  if (report?.kind !== 'exited') return { succeeded: false, how: 'lost its supervisor' };
  const { code, signal, memoryKills } = report;
  const limit = `memory (limit ${memoryLimit})`;
  // Not its doing: it has met the limit of its case.
  if (memoryKills > 0 && signal === 'SIGKILL') return { succeeded: false, how: `was killed for ${limit}` };
  const how = signal === null ? `exited with code ${code}` : `was killed by ${signal}`;
  if (memoryKills === 0) return { succeeded: code === 0, how };
  const killed = memoryKills === 1 ? 'one of its processes was' : `${memoryKills} of its processes were`;
  return { succeeded: code === 0, how: `${how} after ${killed} killed for ${limit}` };
}

const ORPHANS_LIMIT_MS = 1500;

/** For when the supervisor was killed: its program must not outlive it. The guard does the same. */
async function endOrphans(family: ProcessFamily): Promise<EndReport> {
  const endUs = clock.nowUs() + ORPHANS_LIMIT_MS * 1000;
  while (family.lives() && clock.nowUs() < endUs) {
    family.signal('SIGKILL');
    await sleep(clock, 20);
  }
  return { killed: [], left: family.commands(), command: null };
}
