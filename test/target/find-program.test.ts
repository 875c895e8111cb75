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

describe.skipIf(process.platform !== 'linux')('a program that is to die with its parent', () => {
  test('is refused when it is not there, before setpriv could print that', () => {
    expect(() => dyingWithParent(['no-such-program'], '/', '/usr/bin:/bin')).toThrow(/ENOENT/);
  });

  test('is started by a setpriv that knows how', ({ folder }) => {
    writeFileSync(join(folder, 'setpriv'), '#!/bin/sh\nexit 0\n', { mode: 0o755 });
    expect(dyingWithParent(['sh', '-c', 'true'], '/', `${folder}:/bin`)).toEqual([
      ...[join(folder, 'setpriv'), '--pdeathsig', 'KILL', '--'],
      ...['sh', '-c', 'true'],
    ]);
  });

  test('is started as it is where setpriv does not know how, or is not installed', ({ folder }) => {
    writeFileSync(join(folder, 'sh'), '', { mode: 0o755 });
    expect(dyingWithParent(['sh'], '/', folder)).toEqual(['sh']);
    writeFileSync(join(folder, 'setpriv'), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
    expect(dyingWithParent(['sh'], '/', folder)).toEqual(['sh']);
  });
});
