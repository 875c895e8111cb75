import Database from 'libsql';

/**
 * @typedef {{ userId: number, title: string, body: string }} NewPost
 * @typedef {{ users: number, posts: number, comments: number, albums: number, photos: number }} Sizes
 */

/** @type {Sizes} */
export const SIZES = { users: 2000, posts: 20_000, comments: 250_000, albums: 2000, photos: 100_000 };

const BUSY_TIMEOUT_MS = 5000;
const PAGE = 10;

// Every table has its primary key and nothing else: what a schema looks like before somebody asks why it is slow.
const TABLES = `
  CREATE TABLE users(id INTEGER PRIMARY KEY, name TEXT NOT NULL, email TEXT NOT NULL);
  CREATE TABLE posts(id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL, title TEXT NOT NULL, body TEXT NOT NULL);
  CREATE TABLE comments(id INTEGER PRIMARY KEY, post_id INTEGER NOT NULL, user_id INTEGER NOT NULL, body TEXT NOT NULL);
  CREATE TABLE albums(id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL, title TEXT NOT NULL);
  CREATE TABLE photos(id INTEGER PRIMARY KEY, album_id INTEGER NOT NULL, url TEXT NOT NULL);
`;

/**
 * Makes the file anew, filled.
 *
 * @param {string} path
 * @param {Sizes} sizes
 */
export function createDatabaseFile(path, sizes) {
  const database = connect(path);
  database.pragma('journal_mode = WAL');
  database.exec(TABLES);
  const { users, posts, comments, albums, photos } = sizes;
  // Multiplied by a prime, so that rows which belong together do not lie together.
  fill('users', users, `n, 'user ' || n, 'user' || n || '@example.com'`);
  fill('posts', posts, `n, 1 + n * 7919 % ${users}, 'post ' || n, 'What user ' || n || ' has to say.'`);
  fill('comments', comments, `n, 1 + n * 7919 % ${posts}, 1 + n * 104729 % ${users}, 'comment ' || n`);
  fill('albums', albums, `n, 1 + n * 7919 % ${users}, 'album ' || n`);
  fill('photos', photos, `n, 1 + n * 7919 % ${albums}, 'https://example.com/photos/' || n`);
  database.close();

  /**
   * @param {string} table
   * @param {number} count
   * @param {string} columns
   */
  function fill(table, count, columns) {
    database.exec(
      `INSERT INTO ${table} WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers LIMIT ${count}) ` +
        `SELECT ${columns} FROM numbers`,
    );
  }
}

/**
 * The queries of one thread, on a connection of its own. Counts are asked for row by row, and no index helps them: the
 * time that a request takes is the time that SQLite needs to read its tables from end to end.
 *
 * Statements are only ever run by `all`, for the reason that node-sqlite/database.js gives.
 *
 * @param {string} path
 */
export function openSocial(path) {
  const database = connect(path);
  const newestPosts = database.prepare(`SELECT * FROM posts ORDER BY id DESC LIMIT ${PAGE}`);
  const post = database.prepare('SELECT * FROM posts WHERE id = ?');
  const postsOfUser = database.prepare(`SELECT * FROM posts WHERE user_id = ? ORDER BY id LIMIT ${PAGE}`);
  const commentsOfPost = database.prepare('SELECT * FROM comments WHERE post_id = ? ORDER BY id');
  const commentCount = database.prepare('SELECT count(*) AS n FROM comments WHERE post_id = ?');
  const newestComments = database.prepare(`SELECT * FROM comments ORDER BY id DESC LIMIT ${PAGE}`);
  const commentsByUser = database.prepare('SELECT count(*) AS n FROM comments WHERE user_id = ?');
  const firstUsers = database.prepare(`SELECT * FROM users ORDER BY id LIMIT ${PAGE}`);
  const user = database.prepare('SELECT * FROM users WHERE id = ?');
  const postCount = database.prepare('SELECT count(*) AS n FROM posts WHERE user_id = ?');
  const firstAlbums = database.prepare(`SELECT * FROM albums ORDER BY id LIMIT ${PAGE}`);
  const photoCount = database.prepare('SELECT count(*) AS n FROM photos WHERE album_id = ?');
  const insert = database.prepare(
    'INSERT INTO posts(user_id, title, body) VALUES (?, ?, ?) RETURNING id, user_id, title, body',
  );
  const update = database.prepare(
    'UPDATE posts SET user_id = ?, title = ?, body = ? WHERE id = ? RETURNING id, user_id, title, body',
  );

  /** @param {Row} row */
  const withComments = (row) => ({ ...postOf(row), comments: count(commentCount, row['id']) });

  return {
    listPosts: transaction(() => rows(newestPosts).map(withComments)),
    /** @type {(id: number) => object | undefined} */
    readPost: transaction((id) => rows(post, id).map(withComments)[0]),
    /** @type {(userId: number) => object[]} */
    listPostsOfUser: transaction((userId) => rows(postsOfUser, userId).map(withComments)),
    /** @type {(postId: number) => object[]} */
    listCommentsOfPost: transaction((postId) => rows(commentsOfPost, postId).map(commentOf)),
    listComments: transaction(() =>
      rows(newestComments).map((row) => ({
        ...commentOf(row),
        byAuthor: count(commentsByUser, row['user_id']),
      })),
    ),
    listUsers: transaction(() =>
      rows(firstUsers).map((row) => ({ ...row, posts: count(postCount, row['id']) })),
    ),
    /** @type {(id: number) => object | undefined} */
    readUser: transaction(
      (id) => rows(user, id).map((row) => ({ ...row, comments: count(commentsByUser, row['id']) }))[0],
    ),
    listAlbums: transaction(() =>
      rows(firstAlbums).map(({ id, user_id: userId, title }) => ({
        ...{ id, userId, title, photos: count(photoCount, id) },
      })),
    ),
    /** @param {NewPost} post */
    createPost: ({ userId, title, body }) => rows(insert, userId, title, body).map(postOf)[0],
    /**
     * @param {number} id
     * @param {NewPost} post
     */
    replacePost: (id, { userId, title, body }) => rows(update, userId, title, body, id).map(postOf)[0],
    close: () => database.close(),
  };

  /**
   * All that one request reads is of one moment.
   *
   * @template {unknown[]} Args
   * @template Result
   * @param {(...args: Args) => Result} work
   * @returns {(...args: Args) => Result}
   */
  function transaction(work) {
    return database.transaction(work);
  }
}

/** @typedef {Record<string, unknown>} Row */

/** @param {Row} row */
function postOf({ id, user_id: userId, title, body }) {
  return { id, userId, title, body };
}

/** @param {Row} row */
function commentOf({ id, post_id: postId, user_id: userId, body }) {
  return { id, postId, userId, body };
}

/**
 * @param {import('libsql').Statement} statement
 * @param {...unknown} values
 */
function rows(statement, ...values) {
  return /** @type {Row[]} */ (statement.all(...values));
}

/**
 * @param {import('libsql').Statement} statement
 * @param {unknown} value
 */
function count(statement, value) {
  return Number(rows(statement, value)[0]?.['n']);
}

/** @param {string} path */
function connect(path) {
  const database = new Database(path);
  database.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`);
  database.pragma('synchronous = NORMAL');
  return database;
}
