import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { sleep, type Clock } from '../../kernel/clock.js';
import { codeOf, reasonOf } from '../../kernel/errors.js';
import { formatDuration } from '../../kernel/units.js';
import { send, type ProcessFamily } from './process-family.js';

/** How a target is ended. */
export interface StopOrder {
  readonly signal: NodeJS.Signals;
  /** Time for the command, and then for the target after the signal. */
  readonly graceMs: number;
  /** Run before the signal, or last; null = none. */
  readonly command: {
    readonly words: readonly string[];
    readonly folder: string;
    readonly env: Readonly<Record<string, string | undefined>>;
    /** After all processes have ended, and in a hurry too: what it ends are none of them. */
    readonly isLast?: boolean;
  } | null;
}

/** How the end of a target went. */
export interface EndReport {
  /** What had to be killed because it outlived the grace period. */
  readonly killed: readonly string[];
  /** What is still alive. */
  readonly left: readonly string[];
  /** How the stop command failed; null = it did not, or there is none. */
  readonly command: string | null;
}

/** After SIGKILL, what still lives at the limit hangs in the kernel, or others keep restarting it. */
const USUAL = { limitMs: 1500, quietMs: 0 };
const RESTARTED = { limitMs: 6000, quietMs: 1000 };
const POLL_MS = 20;

/** Ends all processes of a target; once `hurry` aborts, without grace. */
export async function endFamily(
  clock: Clock,
  family: ProcessFamily,
  order: StopOrder,
  hurry: AbortSignal,
): Promise<EndReport> {
  const { command, graceMs } = order;
  if (command?.isLast !== true) return endProcesses(clock, family, order, hurry);
  const report = await endProcesses(clock, family, { ...order, command: null }, hurry);
  return { ...report, command: await runStop(clock, command, graceMs) };
}

async function endProcesses(
  clock: Clock,
  family: ProcessFamily,
  { signal, graceMs, command }: StopOrder,
  hurry: AbortSignal,
): Promise<EndReport> {
  const mayComeBack = family.outsideParents().length > 0;
  const fault = command === null || hurry.aborted ? null : await runStop(clock, command, graceMs, hurry);
  let isOver = false;
  if (!hurry.aborted) {
    family.signal(signal);
    isOver = await hasEnded(clock, family, graceMs, hurry);
    if (isOver && !mayComeBack) return { killed: [], left: [], command: fault };
  }
  // In a hurry nothing was given the time to end by itself.
  const killed = isOver || hurry.aborted ? [] : family.commands();
  await killUntilGone(clock, family, mayComeBack ? RESTARTED : USUAL);
  return { killed, left: family.commands(), command: fault };
}

/** Repeatedly, so that processes started in the meantime go too; a process manager gives up after some restarts. */
async function killUntilGone(
  clock: Clock,
  family: ProcessFamily,
  { limitMs, quietMs }: { readonly limitMs: number; readonly quietMs: number },
): Promise<void> {
  const endUs = clock.nowUs() + limitMs * 1000;
  let seenUs = clock.nowUs();
  while (clock.nowUs() < endUs) {
    if (family.lives()) {
      seenUs = clock.nowUs();
      family.signal('SIGKILL');
    } else if (clock.nowUs() - seenUs >= quietMs * 1000) return;
    await sleep(clock, POLL_MS);
  }
}

/** False when some of it is still alive after `limitMs` milliseconds, or as soon as `hurry` aborts. */
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
  hurry?: AbortSignal,
): Promise<string | null> {
  const [program = '', ...args] = words;
  // Its output goes where the target's goes. In its own group, so that it can be killed as a whole.
  const child = spawn(program, args, {
    cwd: folder,
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
    detached: true,
  });
  const ended = once(child, 'exit').then(
    ([code, signal]) =>
      code === 0 ? null : signal === null ? `exited with code ${code}` : `was killed by ${signal}`,
    (error: unknown) =>
      codeOf(error) === 'ENOENT' ? 'is not there' : `could not be started: ${reasonOf(error)}`,
  );
  const over = new AbortController();
  const cut = hurry === undefined ? over.signal : AbortSignal.any([hurry, over.signal]);
  const late = sleep(clock, limitMs, cut).then(
    () => `did not end within ${formatDuration(limitMs)} (stop.grace)`,
    () => 'was cut short',
  );
  const fault = await Promise.race([ended, late]);
  over.abort();
  const hasEnded = child.exitCode !== null || child.signalCode !== null;
  if (!hasEnded && child.pid !== undefined) send(-child.pid, 'SIGKILL');
  return fault;
}
