import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { describeApi } from '../../../src/openapi/document/describe-api.js';
import { linesOfFile } from '../../../src/openapi/weights/lines-of-file.js';
import { logWeights } from '../../../src/openapi/weights/log-weights.js';
import { UserError } from '../../../src/kernel/errors.js';
import { test } from '../../support/folder.js';

const { operations } = describeApi({
  openapi: '3.1.0',
  paths: { '/items/{id}': { get: {} }, '/items': { get: {}, post: {} } },
});
const line = (request: string): string => `10.0.0.7 - - [10/Oct/2026:13:55:36 +0000] "${request}" 200 1`;

test('counts what it can map, and says what it cannot', async ({ folder }) => {
  const file = join(folder, 'access.log');
  const lines = [
    ...Array.from({ length: 9 }, (_, at) => line(`GET /items/${at} HTTP/1.1`)),
    line('POST /items HTTP/1.1'),
    ...[line('GET /favicon.ico HTTP/1.1'), line('GET /x HTTP/1.1'), line('GET /x HTTP/1.1')],
    ...[line('-'), 'something else', ''],
  ];
  writeFileSync(file, lines.join('\r\n'));
  const { hits, ...rest } = await logWeights(file, operations);

  expect([...hits].map(([{ method, path }, count]) => [`${method} ${path}`, count])).toEqual([
    ['GET /items/{id}', 9],
    ['POST /items', 1],
  ]);
  expect(rest).toEqual({
    lines: 15,
    unreadable: 2,
    unmapped: [
      ['GET /x', 2],
      ['GET /favicon.ico', 1],
    ],
  });
});

test('refuses a file of no known format, an empty one, and what is none', async ({ folder }) => {
  const file = join(folder, 'access.log');
  const messageOf = async (name: string): Promise<string> => {
    const error: unknown = await logWeights(name, operations).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UserError);
    return (error as UserError).message;
  };
  writeFileSync(file, 'INFO: "GET /items HTTP/1.1" 200 OK\n');
  expect(await messageOf(file)).toMatch(
    /is no access log .* the first one is “INFO: "GET \/items HTTP\/1.1" 200 OK”/,
  );
  writeFileSync(file, '');
  expect(await messageOf(file)).toContain('it is empty');
  expect(await messageOf(folder)).toContain('could not be read');
});

test('reads lines wherever a piece of the file ends, and cuts those that are too long', async ({
  folder,
}) => {
  const file = join(folder, 'access.log');
  const lines = Array.from({ length: 5000 }, (_, at) => `${at} ${'x'.repeat(at % 97)}.`);
  writeFileSync(file, [...lines, 'y'.repeat(300_000), 'last'].join('\n'));
  const read: string[] = [];
  for await (const one of linesOfFile(file)) read.push(one);

  expect(read.slice(0, 5000)).toEqual(lines);
  expect(read[5000]!.length).toBeLessThan(100_000);
  expect(read.slice(5001)).toEqual(['last']);
});
