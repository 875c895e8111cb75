import { createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import { placeOf, refuseUnusable } from '../../../src/target/services/check-url.js';
import { postgres } from '../../../src/target/services/postgres.js';
import { redis } from '../../../src/target/services/redis.js';
import { userErrorOf } from '../../support/caught.js';

const tcp = (host: string, port: number) => ({ kind: 'tcp', host, port });

test.each([
  ['postgresql://me:secret@db.local:6000/shop', tcp('db.local', 6000)],
  ['postgres://me:secret@127.0.0.1/shop?sslmode=disable', tcp('127.0.0.1', 5432)],
  ['postgresql+asyncpg://me:se%2Fcret@[::1]:80/shop', tcp('::1', 80)],
  ['postgresql://me@/shop?host=/run/postgresql', { kind: 'unix', path: '/run/postgresql/.s.PGSQL.5432' }],
  // Its driver has a place of its own for it, or takes the first that answers.
  ['postgresql:///shop', null],
  ['postgresql://me:secret@one:1,two:2/shop', null],
])('%s is asked for where it leads', (url, place) => {
  expect(placeOf(postgres, url)).toEqual(place);
});

test('one of Redis may be a socket, of which its driver knows', () => {
  expect(placeOf(redis, 'unix:///run/redis.sock')).toBeNull();
  expect(placeOf(redis, 'redis://:secret@127.0.0.1')).toEqual(tcp('127.0.0.1', 6379));
});

describe('what is no URL of this database', () => {
  test.each([
    ['me:open-sesame@127.0.0.1:5432/shop', 'DATABASE_URL holds no URL'],
    ['open-sesame', 'DATABASE_URL holds no URL'],
    ['mysql://me:open-sesame@127.0.0.1/shop', 'DATABASE_URL names no PostgreSQL: its URL begins with mysql:'],
    ['postgresql://me:open#sesame@127.0.0.1/shop', 'DATABASE_URL is no valid URL'],
    ['postgresql://me:open/sesame@127.0.0.1/shop', 'DATABASE_URL is no valid URL'],
    ['postgresql://me:open-sesame@127.0.0.1:port/shop', 'DATABASE_URL is no valid URL'],
  ])('%s is wrong use, and nothing of it is told', async (url, says) => {
    const { message, hint, fault } = await userErrorOf(() => refuseUnusable(postgres, url));
    expect(message).toContain(says);
    expect(fault).toBe('usage');
    expect(`${message} ${hint}`).not.toMatch(/sesame/);
  });
});

test('one at which nothing listens is refused, with its place and without its password', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  const url = `postgresql://me:open-sesame@127.0.0.1:${port}/shop`;
  await expect(refuseUnusable(postgres, url)).resolves.toBeUndefined();
  await new Promise((resolve) => server.close(resolve));
  const { message, hint } = await userErrorOf(() => refuseUnusable(postgres, url));
  expect(message).toBe(
    `PostgreSQL cannot be reached at 127.0.0.1:${port}, which DATABASE_URL names: nothing listens there.`,
  );
  expect(`${message} ${hint}`).not.toContain('sesame');
});
