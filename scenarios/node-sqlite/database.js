import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';

/**
 * @typedef {{ id: number, name: string, value: number }} Item
 * @typedef {{ name: string, value: number }} Change
 * @typedef {Item | undefined} Found undefined: no such id
 */

const BUSY_TIMEOUT_MS = 5000;
const SEEDED_COUNT = 2000;

/**
 * Makes the file ready for many connections: switching to WAL does not wait for locks, so it
 * must be done before any other connection exists.
 *
 * @param {string | undefined} path undefined: a temporary file, removed when this process exits
 * @returns {string} the path of the file
 */
export function createDatabaseFile(path) {
  const file = path ?? temporaryFile();
  const database = connect(file);
  database.pragma('journal_mode = WAL');
  database.exec(
    'CREATE TABLE IF NOT EXISTS bench_items(' +
      'id INTEGER PRIMARY KEY, name VARCHAR(255) NOT NULL, value INTEGER NOT NULL)',
  );
  database.close();
  return file;
}

/**
 * Items on a connection of the calling thread, which waits for SQLite.
 *
 * Statements are only ever run by `all`: in libsql 0.5.29 a statement left by a failed `get`, or
 * by `all` followed by `get`, silently keeps the parameters of the call before.
 *
 * @param {string} path
 */
export function openItems(path) {
  const database = connect(path);
  const select = database.prepare('SELECT id, name, value FROM bench_items WHERE id = ?');
  const update = database.prepare(
    'UPDATE bench_items SET name = ?, value = ? WHERE id = ? RETURNING id, name, value',
  );

  return {
    /** @param {number} id */
    read: (id) => first(select.all(id)),

    /**
     * @param {number} id
     * @param {Change} change
     */
    write: (id, { name, value }) => first(update.all(name, value, id)),

    /** @returns {number} how many items there are now */
    seed() {
      const insert = database.prepare('INSERT INTO bench_items(id, name, value) VALUES (?, ?, ?)');
      const replaceAll = database.transaction(() => {
        database.exec('DELETE FROM bench_items');
        for (let id = 1; id <= SEEDED_COUNT; id++) insert.run(id, `item ${id}`, id);
      });
      replaceAll.immediate();
      return SEEDED_COUNT;
    },
  };
}

function temporaryFile() {
  const directory = mkdtempSync(join(tmpdir(), 'node-sqlite-'));
  process.on('exit', () => rmSync(directory, { recursive: true, force: true }));
  return join(directory, 'bench.db');
}

/**
 * @param {string} path
 */
function connect(path) {
  const database = open(path);
  database.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`);
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

/**
 * @param {unknown[]} rows
 */
function first(rows) {
  return /** @type {Found} */ (rows[0]);
}
