/*
 * The target's guardian: runs in a session of its own, starts the target in a process group of its own,
 * and ends that group when the harness goes away, however it goes: the kernel closes the channel to it
 * even after kill -9. It has no load and no figures, and is no part of the resource samples.
 */
import { spawn } from 'node:child_process';
import type { SupervisorOrder, SupervisorReport } from '../target/supervisor-messages.js';

/** After this long without an end, SIGTERM becomes SIGKILL, in milliseconds. */
const GRACE_MS = 3000;
const GROUP_POLL_MS = 20;

const report = (message: SupervisorReport): void => {
  if (process.connected) process.send?.(message);
};

let group: number | undefined;
let ending = false;

process.on('message', (order: SupervisorOrder) => {
  if (order.kind === 'start') start(order);
  else end();
});
process.on('disconnect', end);
// Ctrl-C is for the harness, which then tells us what to do.
process.on('SIGINT', () => {});
process.on('SIGTERM', end);

function start({ words, folder, env }: Extract<SupervisorOrder, { kind: 'start' }>): void {
  const [program, ...args] = words;
  const target = spawn(program as string, args, {
    cwd: folder,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'inherit', 'inherit'],
    detached: true,
  });
  group = target.pid;
  target.on('error', (error) => {
    report({ kind: 'not-started', message: error.message });
    process.exit(1);
  });
  target.on('spawn', () => {
    report({ kind: 'started', pid: target.pid as number });
  });
  target.on('exit', (code, signal) => {
    report({ kind: 'exited', code, signal });
    // What the target left behind in its group must not outlive it.
    end();
  });
}

function end(): void {
  if (ending) return;
  ending = true;
  signalGroup('SIGTERM');
  setTimeout(() => signalGroup('SIGKILL'), GRACE_MS);
  const poll = setInterval(() => {
    if (!groupLives()) {
      clearInterval(poll);
      process.exit(0);
    }
  }, GROUP_POLL_MS);
}

function groupLives(): boolean {
  return signalGroup(0);
}

/** False when there is no such group any more. */
function signalGroup(signal: NodeJS.Signals | 0): boolean {
  if (group === undefined) return false;
  try {
    return process.kill(-group, signal);
  } catch (error) {
    // ESRCH is the news asked for; anything else (EPERM) means that the group lives on without us.
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
