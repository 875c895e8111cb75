import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { limitLog } from '../../src/target/limit-log.js';
import { test } from '../support/folder.js';

const MIB = 1024 * 1024;

test('a log of at most 16 MiB is left as it is', ({ folder }) => {
  const file = join(folder, 'server.log');
  writeFileSync(file, Buffer.alloc(16 * MIB, 'a'));
  limitLog(file);
  expect(readFileSync(file)).toHaveLength(16 * MIB);
});

test('of a longer one the start and the end stay, with how much is gone between them', ({ folder }) => {
  const file = join(folder, 'server.log');
  writeFileSync(
    file,
    Buffer.concat([Buffer.alloc(2 * MIB, 'a'), Buffer.alloc(20 * MIB, 'b'), Buffer.from('the end\n')]),
  );
  limitLog(file);
  const text = readFileSync(file, 'latin1');
  expect(text).toMatch(/^a+\n\[bench: 17825800 bytes of output were removed here\]\nb+the end\n$/);
  expect(text.length).toBe(5 * MIB + '\n[bench: 17825800 bytes of output were removed here]\n'.length);
  // Whoever appends goes on at the end.
  appendFileSync(file, 'more\n');
  expect(readFileSync(file, 'latin1')).toMatch(/the end\nmore\n$/);
});

test('a log that is gone is nobody’s loss', ({ folder }) => {
  expect(() => limitLog(join(folder, 'none.log'))).not.toThrow();
});
