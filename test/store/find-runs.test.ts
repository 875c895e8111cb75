import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { findRuns } from '../../src/store/find-runs.js';
import { userErrorOf } from '../support/caught.js';
import { test } from '../support/folder.js';

async function makeRuns(folder: string, names: readonly string[]): Promise<string[]> {
  for (const name of names) {
    await mkdir(join(folder, name), { recursive: true });
    await writeFile(join(folder, name, 'results.json'), '{}');
  }
  return names.map((name) => join(folder, name));
}

describe('a word means', () => {
  test('the results directory itself', async ({ folder }) => {
    const [one] = await makeRuns(folder, ['one']);
    expect(await findRuns(join(folder, 'one'))).toEqual([one]);
  });

  test('all results directories in a folder, and nothing else in it', async ({ folder }) => {
    const found = await makeRuns(folder, ['a', 'b']);
    await mkdir(join(folder, 'c'));
    expect(await findRuns(folder)).toEqual(found);
  });

  test('those that a pattern fits', async ({ folder }) => {
    await makeRuns(folder, ['before_1', 'before_2', 'after_1', '.before_3']);
    const names = async (pattern: string): Promise<string[]> =>
      (await findRuns(join(folder, pattern))).map((path) => path.slice(folder.length + 1));
    expect(await names('before_*')).toEqual(['before_1', 'before_2']);
    expect(await names('?efore_[12]*').catch(() => 'nothing')).toBe('nothing');
    expect(await names('*_1')).toEqual(['after_1', 'before_1']);
  });

  test('what it says, where no run is there: whoever reads it says what is wrong', async ({ folder }) => {
    expect(await findRuns(join(folder, 'nowhere'))).toEqual([join(folder, 'nowhere')]);
  });
});

test('a pattern that fits nothing is wrong', async ({ folder }) => {
  expect((await userErrorOf(findRuns(join(folder, 'x*')))).message).toMatch(/No directory fits .*x\*/);
});
