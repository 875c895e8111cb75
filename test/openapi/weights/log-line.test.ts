import { expect, test } from 'vitest';
import { readLogLine } from '../../../src/openapi/weights/log-line.js';

const BEFORE = '10.0.0.7 - frank [10/Oct/2026:13:55:36 -0700]';

test.each([
  [`${BEFORE} "GET /items/7 HTTP/1.0" 200 2326`, 'GET', '/items/7'],
  [
    `${BEFORE} "POST /items?x=1 HTTP/1.1" 201 - "https://shop.example/" "Mozilla/5.0 (X11)"`,
    'POST',
    '/items',
  ],
  [`::1 - - [10/Oct/2026:13:55:36 +0000] "GET / HTTP/2.0" 304 0`, 'GET', '/'],
  [
    `shop.example:443 10.0.0.7 - - [10/Oct/2026:13:55:36 +0000] "GET /a%20b HTTP/1.1" 200 1 "-" "-" 0.002`,
    'GET',
    '/a%20b',
  ],
  [`${BEFORE} "GET http://shop.example/items#top HTTP/1.1" 200 1`, 'GET', '/items'],
  [`${BEFORE} "GET /with\\"quote HTTP/1.1" 200 1`, 'GET', '/with\\"quote'],
])('%s', (line, method, path) => {
  expect(readLogLine(line)).toEqual({ method, path });
});

test.each([`${BEFORE} "-" 408 -`, `${BEFORE} "\\x16\\x03\\x01" 400 226`])(
  'a line of the format without a request: %s',
  (line) => {
    expect(readLogLine(line)).toBeNull();
  },
);

test.each([
  '',
  'INFO:     127.0.0.1:51424 - "GET /items HTTP/1.1" 200 OK',
  '{"method":"GET","path":"/items"}',
  '2026-10-10 13:55:36 GET /items 200',
  `${BEFORE} GET /items HTTP/1.1 200 1`,
])('a line of another format: %s', (line) => {
  expect(readLogLine(line)).toBeUndefined();
});

test('a line that goes on for long takes no longer than it is long', () => {
  const startedAt = performance.now();
  readLogLine(`${'a [b '.repeat(10_000)}"`);
  readLogLine(`${BEFORE} "${'\\"'.repeat(30_000)}`);
  expect(performance.now() - startedAt).toBeLessThan(1000);
});
