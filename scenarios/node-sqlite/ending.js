/** @type {Record<string, string>} */
const LISTEN_FAILURES = {
  EADDRINUSE: 'the port is in use',
  EADDRNOTAVAIL: 'this machine has no such address',
  EACCES: 'permission denied',
  ENOTFOUND: 'the host name is not known',
};

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
  process.on('SIGTERM', () => void stop());
  process.on('SIGINT', () => void stop());
}

/**
 * The reason for a failed start: one line for what the user can mend, the stack for what we broke.
 *
 * @param {unknown} error
 * @param {{ host: string, port: number }} address
 */
export function explain(error, { host, port }) {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? String(error.code) : '';
  if (code in LISTEN_FAILURES) return `cannot listen on ${host}:${port}: ${LISTEN_FAILURES[code]}`;
  if (code.startsWith('SQLITE_')) return `cannot use the database: ${error.message} (${code})`;
  return error.stack ?? error.message;
}
