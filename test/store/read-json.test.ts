import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { z } from 'zod';
import { readJson } from '../../src/store/read-json.js';
import { test } from '../support/folder.js';

const SCHEMA = z.object({ schemaVersion: z.literal(2), inner: z.object({ name: z.string() }) });

test.for([
  [
    '{"schemaVersion":2,"inner":{"name":"a"}}',
    { kind: 'read', value: { schemaVersion: 2, inner: { name: 'a' } } },
  ],
  ['{"schemaVersion":3,"other":true}', { kind: 'newer', schemaVersion: 3 }],
  [
    '{"schemaVersion":2,"inner":{"name":5}}',
    { kind: 'damaged', why: expect.stringMatching(/^inner\.name: /) },
  ],
  [
    '{"schemaVersion":0,"inner":{"name":"a"}}',
    { kind: 'damaged', why: expect.stringMatching(/^schemaVersion: /) },
  ],
  ['{"schemaVersion":"2"}', { kind: 'damaged', why: expect.stringMatching(/^schemaVersion: /) }],
  ['null', { kind: 'damaged', why: expect.stringMatching(/^it: /) }],
  ['{"schemaVersion":1', { kind: 'damaged', why: 'it is not JSON' }],
  ['\0\0\0', { kind: 'damaged', why: 'it is not JSON' }],
] as const)('%s is read for what it is', async ([content, expected], { folder }) => {
  const file = join(folder, 'a.json');
  await writeFile(file, content);
  expect(readJson(file, SCHEMA)).toEqual(expected);
});

test('a file that is not there is missing, and a folder of its name is damage', async ({ folder }) => {
  expect(readJson(join(folder, 'a.json'), SCHEMA)).toEqual({ kind: 'missing' });
  await mkdir(join(folder, 'a.json'));
  expect(readJson(join(folder, 'a.json'), SCHEMA)).toMatchObject({ kind: 'damaged' });
});
