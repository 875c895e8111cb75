import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { dyingWithParent } from '../../src/target/die-with-parent.js';
import { findProgram } from '../../src/target/find-program.js';
import { test } from '../support/folder.js';

describe('a program is found as the system would find it', () => {
  test('by its name on the PATH, the first one that may be executed', ({ folder }) => {
    for (const name of ['a', 'b', 'c']) mkdirSync(join(folder, name));
    writeFileSync(join(folder, 'b', 'serve'), '', { mode: 0o644 });
    writeFileSync(join(folder, 'c', 'serve'), '', { mode: 0o755 });
    const path = ['a', 'b', 'c'].map((name) => join(folder, name)).join(':');
    expect(findProgram('serve', '/', path)).toBe(join(folder, 'c', 'serve'));
  });

  test('by its path from the folder in which it is started', ({ folder }) => {
    writeFileSync(join(folder, 'serve'), '', { mode: 0o755 });
    expect(findProgram('./serve', folder, '/nowhere')).toBe(join(folder, 'serve'));
  });

  test('or not, with the code that says why', ({ folder }) => {
    expect(() => findProgram('serve', '/', folder)).toThrow(/ENOENT/);
    expect(() => findProgram('./serve', folder, '')).toThrow(/ENOENT/);
    writeFileSync(join(folder, 'serve'), '');
    chmodSync(join(folder, 'serve'), 0o644);
    expect(() => findProgram('serve', '/', folder)).toThrow(/EACCES/);
    expect(() => findProgram(folder, '/', '')).toThrow(/EACCES/);
  });
});

test('a program that is not there is refused before setpriv could print it', () => {
  expect(() => dyingWithParent(['no-such-program'], '/', '/usr/bin:/bin')).toThrow(/ENOENT/);
  if (process.platform === 'linux')
    expect(dyingWithParent(['sh', '-c', 'true'], '/', '/usr/bin:/bin').slice(-3)).toEqual([
      'sh',
      '-c',
      'true',
    ]);
});
