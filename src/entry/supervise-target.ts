/*
 * The guardian of a target, or of a step that prepares it: runs in a session of its own, starts the
 * program in another, and ends it with all that it started when the harness goes away, however it goes:
 * the kernel closes the channel to it even after kill -9. It has no load and no figures, and is no part
 * of the resource samples.
 */
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { ProcessFamily } from '../target/process-family.js';
import {
  SCRATCH_VARIABLE,
  type SupervisorOrder,
  type SupervisorReport,
} from '../target/supervisor-messages.js';

/** After this long without an end, SIGTERM becomes SIGKILL, in milliseconds. */
const GRACE_MS = 3000;
/** After SIGKILL; what still lives then hangs in the kernel, and waiting for it would hang the harness. */
const LAST_WAIT_MS = 1500;
const POLL_MS = 20;

const scratch = process.env[SCRATCH_VARIABLE];
let family: ProcessFamily | undefined;
let ending = false;
let isAbandoned = false;

process.on('message', (order: SupervisorOrder) => {
  if (order.kind === 'start') start(order);
  else end();
});
process.on('disconnect', abandon);
// Ctrl-C is for the harness, which then tells us what to do.
process.on('SIGINT', () => {});
process.on('SIGTERM', end);
// Gone before we listened: there was no event for us then.
if (!process.connected) abandon();

function start(order: Extract<SupervisorOrder, { kind: 'start' }>): void {
  if (ending) return;
  const [program, ...args] = order.words;
  const target = spawn(program as string, args, {
    cwd: order.folder,
    env: { ...process.env, [SCRATCH_VARIABLE]: undefined, ...order.env },
    stdio: ['ignore', 'inherit', 'inherit'],
    detached: true,
  });
  if (target.pid !== undefined) family = new ProcessFamily(target.pid);
  target.on('error', (error) => {
    report({ kind: 'not-started', message: error.message }, end);
  });
  target.on('spawn', () => {
    report({ kind: 'started', pid: target.pid as number });
  });
  target.on('exit', (code, signal) => {
    report({ kind: 'exited', code, signal });
    // What the target left behind must not outlive it.
    end();
  });
}

/** Calls `then` when the message is on its way, or cannot be sent any more. */
function report(message: SupervisorReport, then = (): void => {}): void {
  if (process.connected) process.send?.(message, undefined, undefined, () => then());
  else then();
}

function abandon(): void {
  isAbandoned = true;
  end();
}

function end(): void {
  if (ending) return;
  ending = true;
  family?.signal('SIGTERM');
  setTimeout(() => family?.signal('SIGKILL'), GRACE_MS);
  setTimeout(leave, GRACE_MS + LAST_WAIT_MS);
  setInterval(() => {
    if (family?.lives() !== true) leave();
  }, POLL_MS);
}

function leave(): void {
  // The harness removes it in its own time; when it is gone, nobody else would.
  if (isAbandoned && scratch !== undefined) rmSync(scratch, { recursive: true, force: true, maxRetries: 3 });
  process.exit(0);
}
