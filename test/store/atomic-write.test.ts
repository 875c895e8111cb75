import type * as files from 'node:fs/promises';
import { spawnSync } from 'node:child_process';
import { mkdir, open, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, vi } from 'vitest';
import { safeFileName } from '../../src/kernel/text.js';
import { removeStaleDrafts, writeAtomically } from '../../src/store/atomic-write.js';
import { test } from '../support/folder.js';

vi.mock('node:fs/promises', async (importOriginal) => {
  const real = await importOriginal<typeof files>();
  return { ...real, writeFile: vi.fn(real.writeFile) };
});

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

describe('links in the folder', () => {
  test('are not written through: neither at the name of a draft nor at that of the file', async ({
    folder,
  }) => {
    const victim = join(folder, 'victim');
    await writeFile(victim, 'precious');
    for (const name of ['a.json', 'a.json.part']) await symlink(victim, join(folder, name));
    await writeAtomically(join(folder, 'a.json'), 'new');
    expect(await readFile(victim, 'utf8')).toBe('precious');
    expect(await readFile(join(folder, 'a.json'), 'utf8')).toBe('new');
  });
});

describe('drafts that were left behind', () => {
  const RANDOM = '01234567-89ab-cdef-0123-456789abcdef';
  const draftOf = (pid: number, host = hostname()): string =>
    `.bench-${safeFileName(host)}-${pid}-${RANDOM}.part`;

  test('are removed when their writer is gone, and nothing else is', async ({ folder }) => {
    const { pid } = spawnSync('true');
    const kept = [draftOf(process.pid), draftOf(pid, 'another-host'), 'report.html.part', 'x.part'];
    for (const name of [...kept, draftOf(pid)]) await writeFile(join(folder, name), '');
    await removeStaleDrafts(folder);
    expect(await readdir(folder)).toEqual(kept.sort());
  });

  test('have the names that a write gives them', async ({ folder }) => {
    await writeAtomically(join(folder, 'a.json'), 'x');
    const [draft, , options] = vi.mocked(writeFile).mock.lastCall ?? [];
    expect(options).toMatchObject({ flag: 'wx' });
    expect(
      (typeof draft === 'string' ? draft : '').replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/, RANDOM),
    ).toBe(join(folder, draftOf(process.pid)));
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

  test('says why it failed, not what the clearing up ran into', async ({ folder }) => {
    const file = join(folder, 'no-such-folder', 'a.json');
    await expect(writeAtomically(file, 'new')).rejects.toThrow(/ENOENT.*open/);
  });
});
