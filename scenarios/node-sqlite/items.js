import { openDatabase } from './database.js';

/**
 * @typedef {{ id: number, name: string, value: number }} Item
 * @typedef {{ name: string, value: number }} Change
 */

/**
 * Where the work is done is the only difference between the three families of endpoints.
 *
 * @typedef {object} Items
 * @property {(id: number) => Found | Promise<Found>} read
 * @property {(id: number, change: Change) => Found | Promise<Found>} write
 *
 * @typedef {Item | undefined} Found undefined: no such id
 */

const seededCount = 2000;

/**
 * Items on a connection of the calling thread, which waits for SQLite.
 *
 * Statements are only ever run by `all`: in libsql 0.5.29 a statement left by a failed `get`, or
 * by `all` followed by `get`, silently keeps the parameters of the call before.
 *
 * @param {string} path
 */
export function openItems(path) {
  const database = openDatabase(path);
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
        for (let id = 1; id <= seededCount; id++) insert.run(id, `item ${id}`, id);
      });
      replaceAll.immediate();
      return seededCount;
    },
  };
}

/**
 * @param {unknown[]} rows
 */
function first(rows) {
  return /** @type {Found} */ (rows[0]);
}
