import { expect, test } from 'vitest';
import { limitIn } from '../../../src/analyze/preflight/rate-limit.js';

test.each<[Record<string, string>, string | null]>([
  [{ 'ratelimit-policy': '5;w=60', ratelimit: 'limit=5, remaining=0, reset=60' }, '5 requests in 60 s'],
  [{ 'ratelimit-policy': '"default";q=100;w=30' }, '100 requests in 30 s'],
  [{ 'ratelimit-limit': '7', 'retry-after': '12' }, '7 requests, it asks to wait 12 s'],
  [{ 'x-ratelimit-limit': '9' }, '9 requests'],
  [{ 'retry-after': 'Sun, 06 Nov 1994 08:49:37 GMT' }, null],
  [{}, null],
])('%j: %s', (headers, words) => {
  expect(limitIn((name) => headers[name] ?? null)).toBe(words);
});
