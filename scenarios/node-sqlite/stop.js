/**
 * Ends the process with code 0 on SIGTERM or SIGINT once `close` is done; `giveUp` must end it
 * when that takes longer than the deadline.
 *
 * @param {{ close: () => Promise<void>, deadlineMs: number, giveUp: () => void }} options
 */
export function stopOnSignal({ close, deadlineMs, giveUp }) {
  let stopping = false;
  const stop = async () => {
    // A second signal is usual: Ctrl-C reaches the workers too, before the supervisor stops them.
    if (stopping) return;
    stopping = true;
    setTimeout(giveUp, deadlineMs);
    await close();
    process.exit(0);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

/**
 * For when time is short: `process.exit` waits for every thread, and libsql aborts the process
 * when its thread is ended in the middle of a call.
 */
export function dieAtOnce() {
  process.kill(process.pid, 'SIGKILL');
}
