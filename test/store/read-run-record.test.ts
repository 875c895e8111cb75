import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { readRunRecord, runFoldersAt } from '../../src/store/read-run-record.js';
import { userErrorOf } from '../support/caught.js';
import { test } from '../support/folder.js';
import { runRecord } from '../support/runs.js';

async function stored(folder: string, content: unknown = runRecord()): Promise<string> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'results.json'), typeof content === 'string' ? content : JSON.stringify(content));
  return folder;
}

describe('the record of a run', () => {
  test('is read without the files of its cells', async ({ folder }) => {
    expect(await readRunRecord(await stored(join(folder, 'run')))).toEqual(runRecord());
  });

  test.for<[string, unknown, string]>([
    ['damaged', 'half of {', 'its results.json is damaged (it is not JSON)'],
    ['of a newer bench', { schemaVersion: 99 }, 'a newer bench wrote it (schema version 99'],
  ])('that is %s says so', async ([, content, words], { folder }) => {
    const run = await stored(join(folder, 'run'), content);
    expect((await userErrorOf(() => readRunRecord(run))).message).toContain(words);
  });

  test('that is not there says so', async ({ folder }) => {
    expect((await userErrorOf(() => readRunRecord(join(folder, 'none')))).message).toBe('it does not exist');
    expect((await userErrorOf(() => readRunRecord(folder))).message).toBe('it has no results.json');
    const file = join(await stored(join(folder, 'run')), 'results.json');
    expect((await userErrorOf(() => readRunRecord(file))).message).toBe('it is a file, no results directory');
  });
});

describe('a path means', () => {
  test('a results directory, by itself or by its results.json', async ({ folder }) => {
    const run = await stored(join(folder, 'run'));
    expect(await runFoldersAt(run)).toEqual([run]);
    expect(await runFoldersAt(join(run, 'results.json'))).toEqual([run]);
  });

  test('those directly below it, by name', async ({ folder }) => {
    const runs = [await stored(join(folder, 'b')), await stored(join(folder, 'a'))];
    await mkdir(join(folder, 'c'));
    await stored(join(folder, 'c', 'too-deep'));
    expect(await runFoldersAt(folder)).toEqual(runs.reverse());
  });

  test('itself where there is nothing, so that reading it says why', async ({ folder }) => {
    expect(await runFoldersAt(join(folder, 'none'))).toEqual([join(folder, 'none')]);
    expect(await runFoldersAt(folder)).toEqual([folder]);
  });
});
