import type * as files from 'node:fs/promises';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, vi } from 'vitest';
import { appendOutput, writeOutput } from '../../src/store/write-output.js';
import { userErrorOf } from '../support/caught.js';
import { test } from '../support/folder.js';

vi.mock('node:fs/promises', async (importOriginal) => {
  const real = await importOriginal<typeof files>();
  return { ...real, writeFile: vi.fn(real.writeFile) };
});

const FILE = { name: 'report.md', text: 'new' };

describe('an output', () => {
  test('replaces the one before it, and resolves to its path', async ({ folder }) => {
    await writeFile(join(folder, 'report.md'), 'a longer old one');
    expect(await writeOutput(folder, FILE)).toBe(join(folder, 'report.md'));
    expect(await readFile(join(folder, 'report.md'), 'utf8')).toBe('new');
    expect(await readdir(folder)).toEqual(['report.md']);
  });

  test('leaves the one before it alone when the disk is full', async ({ folder }) => {
    await writeFile(join(folder, 'report.md'), 'old');
    vi.mocked(writeFile).mockRejectedValueOnce(Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' }));
    const error = await userErrorOf(() => writeOutput(folder, FILE));
    expect(error.fault).toBe('run');
    expect(error.message).toBe(`${join(folder, 'report.md')} could not be written: the disk is full.`);
    expect(error.hint).toContain('The results themselves are whole');
    expect(await readFile(join(folder, 'report.md'), 'utf8')).toBe('old');
    expect(await readdir(folder)).toEqual(['report.md']);
  });

  test('says when its folder is missing, is a file, or has a folder of its name', async ({ folder }) => {
    const missing = join(folder, 'nowhere');
    expect((await userErrorOf(() => writeOutput(missing, FILE))).message).toContain(
      `there is no folder ${missing}`,
    );
    const file = join(folder, 'a.txt');
    await writeFile(file, '');
    expect((await userErrorOf(() => writeOutput(file, FILE))).fault).toBe('run');
    await mkdir(join(folder, 'report.md'));
    expect((await userErrorOf(() => writeOutput(folder, FILE))).message).toContain('it is a folder');
  });
});

describe('an addition', () => {
  test('comes after what others have written', async ({ folder }) => {
    const path = join(folder, 'summary');
    await writeFile(path, 'theirs\n');
    expect(await appendOutput(path, 'ours\n')).toBe(path);
    expect(await readFile(path, 'utf8')).toBe('theirs\nours\n');
  });

  test('says when the disk is full', async () => {
    const error = await userErrorOf(() => appendOutput('/dev/full', 'text'));
    expect(error.message).toBe('/dev/full could not be written: the disk is full.');
  });
});
