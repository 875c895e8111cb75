import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildApp } from './app.js';
import { createDatabaseFile } from './database.js';

const folder = mkdtempSync(join(tmpdir(), 'social-test-'));
/** @type {Awaited<ReturnType<typeof buildApp>>} */
let app;

beforeAll(async () => {
  const databasePath = join(folder, 'social.db');
  createDatabaseFile(databasePath, { users: 20, posts: 200, comments: 1000, albums: 20, photos: 100 });
  app = await buildApp({ databasePath, threads: 2 });
});
afterAll(async () => {
  await app.close();
  rmSync(folder, { recursive: true });
});

/**
 * @param {'GET' | 'POST' | 'PUT'} method
 * @param {string} url
 * @param {object} [payload]
 */
async function ask(method, url, payload) {
  const answer = await app.inject({ method, url, ...(payload === undefined ? {} : { payload }) });
  return { status: answer.statusCode, body: /** @type {unknown} */ (answer.json()) };
}

describe('lists', () => {
  test.each([
    ['/posts', { id: 200, userId: 1, comments: 5 }],
    ['/comments', { id: 1000, postId: 1, userId: 1, byAuthor: 50 }],
    ['/users', { id: 1, name: 'user 1', posts: 10 }],
    ['/albums', { id: 1, userId: 20, photos: 5 }],
  ])('%s has ten rows, each with its count', async (url, first) => {
    const { status, body } = await ask('GET', url);
    expect(status).toBe(200);
    expect(body).toHaveLength(10);
    expect(body).toMatchObject({ 0: first });
  });

  test('of one user and of one post hold what is theirs', async () => {
    const { body: posts } = await ask('GET', '/users/7/posts');
    expect(posts).toHaveLength(10);
    expect(posts).toMatchObject(Array.from({ length: 10 }, () => ({ userId: 7, comments: 5 })));
    const { body: comments } = await ask('GET', '/posts/7/comments');
    expect(comments).toMatchObject(Array.from({ length: 5 }, () => ({ postId: 7 })));
  });
});

test('a post is written, read and written anew', async () => {
  const { status, body } = await ask('POST', '/posts', { userId: 3, title: 'first', body: 'words' });
  expect(status).toBe(201);
  const { id } = /** @type {{ id: number }} */ (body);
  expect(await ask('GET', `/posts/${id}`)).toEqual({
    ...{ status: 200, body: { id, userId: 3, title: 'first', body: 'words', comments: 0 } },
  });
  const changed = { userId: 4, title: 'second', body: 'others' };
  expect(await ask('PUT', `/posts/${id}`, changed)).toEqual({ status: 200, body: { id, ...changed } });
});

test('what is not there is a 404, what is not valid a 400', async () => {
  for (const url of ['/posts/999999', '/users/999999'])
    expect(await ask('GET', url)).toMatchObject({
      status: 404,
      body: { message: `There is nothing at ${url}.` },
    });
  const post = { userId: 1, title: 'a', body: 'b' };
  expect(await ask('PUT', '/posts/999999', post)).toMatchObject({ status: 404 });
  expect(await ask('GET', '/posts/0')).toMatchObject({ status: 400 });
  expect(await ask('POST', '/posts', { ...post, title: '' })).toMatchObject({ status: 400 });
});

test('requests beyond the threads wait for one, and all are answered', async () => {
  const answers = await Promise.all(Array.from({ length: 50 }, () => ask('GET', '/posts')));
  expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 50 }, () => 200));
});

test('the document has ten operations in four groups', async () => {
  const { body } = await ask('GET', '/openapi.json');
  const { paths } = /** @type {{ paths: Record<string, Record<string, { tags: string[] }>> }} */ (body);
  const operations = Object.values(paths).flatMap((path) => Object.values(path));
  expect(operations).toHaveLength(10);
  const groups = new Set(operations.flatMap(({ tags }) => tags));
  expect(groups).toEqual(new Set(['posts', 'comments', 'users', 'albums']));
});
