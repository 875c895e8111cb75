import Database from 'libsql';

const busyTimeoutMs = 5000;

/**
 * @param {string} path
 */
export function openDatabase(path) {
  const database = open(path);
  database.pragma(`busy_timeout = ${busyTimeoutMs}`);
  database.pragma('synchronous = NORMAL');
  return database;
}

/**
 * libsql gives this one failure no code.
 *
 * @param {string} path
 */
function open(path) {
  try {
    return new Database(path);
  } catch (cause) {
    const error = new Error(`${path} does not open`, { cause });
    throw Object.assign(error, { code: 'SQLITE_CANTOPEN' });
  }
}
