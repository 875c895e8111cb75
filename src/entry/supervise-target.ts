/*
 * The guardian of a target, or of a step that prepares it: runs in a session of its own, starts the
 * program in another, and ends it with all that it started when the harness goes away, however it goes:
 * the kernel closes the channel to it even after kill -9. If it is killed itself, its guard takes over. It makes no load
 * and is not part of the samples.
 */
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { sleep, systemClock as clock } from '../kernel/clock.js';
import { reasonOf } from '../kernel/errors.js';
import { confinedWords, type GroupOrder } from '../target/confinement/confinement.js';
import { makeGroup, memoryKills, removeGroups } from '../target/confinement/control-group.js';
import { dyingWithParent } from '../target/die-with-parent.js';
import { limitLog } from '../target/limit-log.js';
import { adoptOrphans, type ReapOrphans } from '../target/processes/adopt-orphans.js';
import { endFamily, type EndReport, type StopOrder } from '../target/processes/end-family.js';
import { Guard } from '../target/processes/guard.js';
import { MARK_VARIABLE, ProcessFamily, type FamilySigns } from '../target/processes/process-family.js';
import {
  SCRATCH_VARIABLE,
  type SupervisorOrder,
  type SupervisorReport,
} from '../target/supervisor-messages.js';

type StartOrder = Extract<SupervisorOrder, { kind: 'start' }>;

/** How often orphans are reaped and the log is kept small, in milliseconds. Each time costs 2 ms of CPU. */
const ORDER_PERIOD_MS = 5000;
/** How often it is checked whether a daemon lives. */
const DAEMON_PERIOD_MS = 250;

const END_ORPHANS = new URL('end-orphans.js', import.meta.url);
const harness = process.ppid;
const scratch = process.env[SCRATCH_VARIABLE];
const hurry = new AbortController();
let program: SupervisedChild | undefined;
/** Made for the program; removed when it has ended. */
let groups: readonly GroupOrder[] = [];
let isEnding = false;
let isAbandoned = false;

process.on('message', (order: SupervisorOrder) => {
  if (order.kind === 'start') void start(order);
  else if (order.kind === 'leave') leave();
  else end(order.kind === 'kill');
});
process.on('disconnect', abandon);
// Ctrl-C is for the harness, which then tells us what to do.
for (const name of ['SIGINT', 'SIGHUP']) process.on(name, () => {});
process.on('SIGTERM', () => end(false));
// Gone before we listened: there was no event for us then.
if (!process.connected) abandon();

interface SupervisedChild {
  readonly family: ProcessFamily;
  readonly guard: Guard;
  stop: StopOrder;
  readonly keepOrder: () => void;
}

async function start(order: StartOrder): Promise<void> {
  const reap = await adoptOrphans();
  if (isEnding) return;
  try {
    spawnTarget(order, reap);
  } catch (error) {
    report({ kind: 'not-started', message: reasonOf(error) }, () => end(false));
  }
}

function spawnTarget(order: StartOrder, reap: ReapOrphans): void {
  const env: NodeJS.ProcessEnv = { ...process.env, [SCRATCH_VARIABLE]: undefined, ...order.env };
  const { signal, graceMs, words: stopWords, wordsLast = false } = order.stop;
  const command = stopWords && { words: stopWords, folder: order.folder, env, isLast: wordsLast };
  const stop: StopOrder = { signal, graceMs, command };
  const words = dyingWithParent(order.words, order.folder, env['PATH'] ?? '');
  const [file = '', ...args] = confinedWords(words, order.confinement);
  const guard = new Guard(END_ORPHANS);
  const helpers = guard.pid === undefined ? [] : [guard.pid];
  const signs: FamilySigns = { roots: [], leader: null, mark: order.mark, adopter: process.pid, helpers };
  groups = order.confinement?.groups ?? [];
  const folders = groups.map(({ folder }) => folder);
  // Before anything is started: the mark alone is enough to find it.
  const tellGuard = (told: FamilySigns): void =>
    guard.tell({ signs: { ...told, adopter: null }, stop, harness, scratch, groups: folders });
  tellGuard(signs);
  const refused = groups.map(makeGroup).find((why) => why !== undefined);
  if (refused !== undefined) throw new Error(refused);
  const child = spawn(file, args, {
    cwd: order.folder,
    env: { ...env, [MARK_VARIABLE]: order.mark },
    // Its input is a pipe that stays open: many development servers exit when their input ends.
    stdio: ['pipe', 'inherit', 'inherit'],
    detached: true,
    ...(order.user === null ? {} : { uid: order.user.uid, gid: order.user.gid }),
  });
  child.stdin.on('error', () => {});
  child.on('error', (error) => report({ kind: 'not-started', message: error.message }, () => end(false)));
  if (child.pid === undefined) return;
  const { pid } = child;
  const known: FamilySigns = { ...signs, roots: [pid], leader: pid };
  tellGuard(known);
  const family = new ProcessFamily(known);
  let told = '';
  const keepOrder = (): void => {
    reap([pid, ...helpers]);
    if (order.logFile !== null) limitLog(order.logFile);
    // Once we are gone, process 1 adopts these, and nothing shows whose they were.
    const roots = family.pids();
    if (roots.join() !== told) tellGuard({ ...known, roots });
    told = roots.join();
  };
  program = { family, guard, stop, keepOrder };
  clock.every(ORDER_PERIOD_MS, keepOrder);
  child.on('spawn', () => report({ kind: 'started', signs: known }));
  child.on('exit', (code, signalled) => void exited(order, code, signalled));
}

/** The command itself has ended, which for a daemon is just the beginning. */
async function exited(
  { whenLeft }: StartOrder,
  code: number | null,
  signal: NodeJS.Signals | null,
): Promise<void> {
  if (code === 0 && whenLeft !== 'over' && mayGoOn()) {
    // Processes that are about to end with it are not daemons.
    await sleep(clock, DAEMON_PERIOD_MS);
    if (whenLeft === 'elsewhere') return;
    while (mayGoOn() && program?.family.lives() === true) await sleep(clock, DAEMON_PERIOD_MS);
  }
  report({ kind: 'exited', code, signal, memoryKills: memoryKills(groups) });
  // What it has elsewhere the harness may start again. What it left behind here must not outlive it.
  if (program?.stop.command?.isLast === true && process.connected) leave();
  else end(false);
}

/** Asked anew after each wait. */
function mayGoOn(): boolean {
  return !isEnding;
}

/** Calls `then` when the message is on its way, or cannot be sent any more. */
function report(message: SupervisorReport, then = (): void => {}): void {
  if (process.connected) process.send?.(message, undefined, undefined, () => then());
  else then();
}

function abandon(): void {
  isAbandoned = true;
  end(false);
}

/** What the program has started elsewhere goes on. */
function leave(): void {
  if (program) program.stop = { signal: 'SIGKILL', graceMs: 0, command: null };
  end(false);
}

function end(isUrgent: boolean): void {
  if (isUrgent) {
    hurry.abort();
    // The harness will not take the time to remove the scratch folder.
    isAbandoned = true;
  }
  if (isEnding) return;
  isEnding = true;
  void endAll();
}

async function endAll(): Promise<void> {
  let ended: EndReport = { killed: [], left: [], command: null };
  if (program) {
    ended = await endFamily(clock, program.family, program.stop, hurry.signal);
    program.keepOrder();
  }
  await removeGroups(
    clock,
    groups.map(({ folder }) => folder),
  );
  await program?.guard.dismiss();
  // The harness removes it in its own time; when it is gone, nobody else would.
  if (isAbandoned && scratch !== undefined) rmSync(scratch, { recursive: true, force: true, maxRetries: 3 });
  report({ kind: 'ended', report: ended }, () => process.exit(0));
}
