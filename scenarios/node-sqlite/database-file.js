import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from './database.js';

/**
 * Makes the file ready for many connections: switching to WAL does not wait for locks, so it
 * must be done before any other connection exists.
 *
 * @param {string | undefined} path undefined: a temporary file, removed when this process exits
 * @returns {string} the path of the file
 */
export function createDatabaseFile(path) {
  const file = path ?? temporaryFile();
  const database = openDatabase(file);
  database.pragma('journal_mode = WAL');
  database.exec(
    'CREATE TABLE IF NOT EXISTS bench_items(' +
      'id INTEGER PRIMARY KEY, name VARCHAR(255) NOT NULL, value INTEGER NOT NULL)',
  );
  database.close();
  return file;
}

function temporaryFile() {
  const directory = mkdtempSync(join(tmpdir(), 'node-sqlite-'));
  process.on('exit', () => rmSync(directory, { recursive: true, force: true }));
  return join(directory, 'bench.db');
}
