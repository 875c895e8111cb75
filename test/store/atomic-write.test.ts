import { mkdir, open, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect } from 'vitest';
import { writeAtomically } from '../../src/store/atomic-write.js';
import { test } from '../support/folder.js';

describe('a file that is written', () => {
  test('holds exactly the text, and nothing else is left behind', async ({ folder }) => {
    const file = join(folder, 'a.json');
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme' }), async (text) => {
        await writeAtomically(file, text);
        expect(await readFile(file, 'utf8')).toBe(text);
        expect(await readdir(folder)).toEqual(['a.json']);
      }),
      { numRuns: 20 },
    );
  });

  test('replaces the one before it in one step: whoever has that open keeps it whole', async ({ folder }) => {
    const file = join(folder, 'a.json');
    await writeFile(file, 'old');
    const reader = await open(file);
    await writeAtomically(file, 'new, and longer');
    expect(await reader.readFile('utf8')).toBe('old');
    await reader.close();
    expect(await readFile(file, 'utf8')).toBe('new, and longer');
  });
});

describe('a write that fails', () => {
  test('at its end leaves what was there, and no draft', async ({ folder }) => {
    const taken = join(folder, 'a.json');
    await mkdir(join(taken, 'inside'), { recursive: true });
    await expect(writeAtomically(taken, 'new')).rejects.toThrow();
    expect(await readdir(folder)).toEqual(['a.json']);
    expect(await readdir(taken)).toEqual(['inside']);
  });

  test('at its start leaves what was there', async ({ folder }) => {
    const file = join(folder, 'a.json');
    await writeFile(file, 'old');
    await mkdir(`${file}.part`);
    await expect(writeAtomically(file, 'new')).rejects.toThrow(/EISDIR/);
    expect(await readFile(file, 'utf8')).toBe('old');
    await rm(`${file}.part`, { recursive: true });
  });

  test('says why it failed, not what the clearing up ran into', async ({ folder }) => {
    const file = join(folder, 'no-such-folder', 'a.json');
    await expect(writeAtomically(file, 'new')).rejects.toThrow(/ENOENT.*open/);
  });
});
