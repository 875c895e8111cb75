import { rmdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { makeScratchFolder } from '../../../src/app/target/scratch-folder.js';

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('a folder for temporary files', () => {
  it('is made anew each time', async () => {
    const [one, two] = [await makeScratchFolder(), await makeScratchFolder()];

    expect(one).not.toBe(two);
    for (const folder of [one, two]) {
      expect((await stat(folder)).isDirectory()).toBe(true);
      await rmdir(folder);
    }
  });

  it.for([
    ['is not there', join(import.meta.dirname, 'missing'), /there is no folder .*missing\.$/],
    ['is a file', import.meta.filename, /a part of its path is a file\.$/],
    ['has a name that is too long', `/${'x'.repeat(5000)}`, /its path is too long\.$/],
  ] as const)('cannot be made where TMPDIR %s, and the message names TMPDIR', async ([, folder, message]) => {
    vi.stubEnv('TMPDIR', folder);

    await expect(makeScratchFolder()).rejects.toMatchObject({
      fault: 'usage',
      message: expect.stringMatching(message),
      hint: expect.stringContaining('TMPDIR='),
    });
  });
});
