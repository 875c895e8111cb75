import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { sleep, type Clock } from '../../kernel/clock.js';
import { reasonOf } from '../../kernel/errors.js';
import { send, type ProcessFamily } from './process-family.js';

/** How a target is ended. */
export interface StopOrder {
  readonly signal: NodeJS.Signals;
  /** For the command to end, and then for the target after the signal. */
  readonly graceMs: number;
  /** Run first; null = the signal alone. */
  readonly command: {
    readonly words: readonly string[];
    readonly folder: string;
    readonly env: Readonly<Record<string, string | undefined>>;
  } | null;
}

/** What it took to end a target. */
export interface EndReport {
  /** What had to be killed, since it lived on after the signal. */
  readonly killed: readonly string[];
  /** What lives all the same. */
  readonly left: readonly string[];
  /** Why the command did not do; null = it did, or there is none. */
  readonly command: string | null;
}

/** After SIGKILL; what still lives then hangs in the kernel or is started anew by others. */
const LAST_WAIT_MS = 1500;
const POLL_MS = 20;

/** Ends all processes of a target; `hurry` leaves out what is gentle. */
export async function endFamily(
  clock: Clock,
  family: ProcessFamily,
  { signal, graceMs, command }: StopOrder,
  hurry: AbortSignal,
): Promise<EndReport> {
  const fault = command === null || hurry.aborted ? null : await runStop(clock, command, graceMs, hurry);
  if (!hurry.aborted) {
    family.signal(signal);
    if (await hasEnded(clock, family, graceMs, hurry)) return { killed: [], left: [], command: fault };
  }
  // In a hurry nothing was given a chance to end by itself.
  const killed = hurry.aborted ? [] : family.commands();
  const endUs = clock.nowUs() + LAST_WAIT_MS * 1000;
  // Again and again: what is started anew in between has to go too.
  do family.signal('SIGKILL');
  while (!(await hasEnded(clock, family, POLL_MS)) && clock.nowUs() < endUs);
  return { killed, left: family.commands(), command: fault };
}

/** False when some of it lives on after `limitMs` milliseconds, or when there is no more time to wait. */
async function hasEnded(
  clock: Clock,
  family: ProcessFamily,
  limitMs: number,
  hurry?: AbortSignal,
): Promise<boolean> {
  const endUs = clock.nowUs() + limitMs * 1000;
  while (family.lives()) {
    if (hurry?.aborted === true || clock.nowUs() >= endUs) return false;
    await sleep(clock, POLL_MS);
  }
  return true;
}

/** Runs the stop command to its end; resolves to what went wrong, or null. */
async function runStop(
  clock: Clock,
  { words, folder, env }: NonNullable<StopOrder['command']>,
  limitMs: number,
  hurry: AbortSignal,
): Promise<string | null> {
  const [program = '', ...args] = words;
  // Its output goes where that of the target goes. A group of its own, to be ended as a whole.
  const child = spawn(program, args, {
    cwd: folder,
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
    detached: true,
  });
  const ended = once(child, 'exit').then(
    ([code, signal]) =>
      code === 0 ? null : signal === null ? `exited with code ${code}` : `was killed by ${signal}`,
    (error: unknown) => `could not be started: ${reasonOf(error)}`,
  );
  const over = new AbortController();
  const late = sleep(clock, limitMs, AbortSignal.any([hurry, over.signal])).then(
    () => 'did not end in time',
    () => 'was cut short',
  );
  const fault = await Promise.race([ended, late]);
  over.abort();
  const hasEnded = child.exitCode !== null || child.signalCode !== null;
  if (!hasEnded && child.pid !== undefined) send(-child.pid, 'SIGKILL');
  return fault;
}
