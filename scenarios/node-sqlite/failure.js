/**
 * The reason for a failed start: one line for what the user can mend, the stack for what we broke.
 *
 * @param {unknown} error
 * @param {{ host: string, port: number }} address
 */
export function explain(error, { host, port }) {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? String(error.code) : '';
  if (code in listenFailures) return `cannot listen on ${host}:${port}: ${listenFailures[code]}`;
  if (code.startsWith('SQLITE_')) return `cannot use the database: ${error.message} (${code})`;
  return error.stack ?? error.message;
}

/** @type {Record<string, string>} */
const listenFailures = {
  EADDRINUSE: 'the port is in use',
  EADDRNOTAVAIL: 'this machine has no such address',
  EACCES: 'permission denied',
  ENOTFOUND: 'the host name is not known',
};
