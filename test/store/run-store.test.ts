import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect } from 'vitest';
import { RunStore } from '../../src/store/run-store.js';
import { anyText } from '../support/text.js';
import { userErrorOf } from '../support/caught.js';
import { cell } from '../support/cells.js';
import { test } from '../support/folder.js';
import { runRecord } from '../support/runs.js';

describe('a results directory', () => {
  test('is made with the folders above it', async ({ folder }) => {
    const store = await RunStore.create(join(folder, 'a', 'b'));
    expect(store.folder).toBe(join(folder, 'a', 'b'));
    expect(store.logFile).toBe(join(folder, 'a', 'b', 'server.log'));
    expect(await readdir(store.folder)).toEqual([]);
  });

  test('may exist already as long as it is empty', async ({ folder }) => {
    expect((await RunStore.create(folder)).folder).toBe(folder);
  });

  test('that holds something is refused, and left alone', async ({ folder }) => {
    await writeFile(join(folder, 'results.json'), 'old');
    const error = await userErrorOf(() => RunStore.create(folder));
    expect(error.message).toBe(`The results directory ${folder} exists already and is not empty.`);
    expect(error.fault).toBe('usage');
    expect(await readFile(join(folder, 'results.json'), 'utf8')).toBe('old');
  });

  test('that is a file is refused', async ({ folder }) => {
    const file = join(folder, 'a');
    await writeFile(file, '');
    expect((await userErrorOf(() => RunStore.create(file))).message).toBe(
      `The results directory ${file} is a file.`,
    );
  });

  test('below a file is refused', async ({ folder }) => {
    await writeFile(join(folder, 'a'), '');
    const error = await userErrorOf(() => RunStore.create(join(folder, 'a', 'b')));
    expect(error.message).toContain('cannot be written: a part of its path is a file.');
    expect(error.hint).toContain('--out DIR');
  });

  test('where the system lets no one write is refused', async ({ skip }) => {
    if (!existsSync('/proc/self')) skip('this system has no /proc');
    const error = await userErrorOf(() => RunStore.create('/proc/results'));
    expect(error.fault).toBe('usage');
    expect(error.message).toContain('The results directory /proc/results cannot be written');
  });
});

describe('the id of a cell', () => {
  test('is made of operation and load', async ({ folder }) => {
    const store = await RunStore.create(folder);
    expect(store.cellId(['get_item', '1000'])).toBe('get_item_1000');
    expect(store.cellId(['get_item', 'w4', '0.5', 'r2'])).toBe('get_item_w4_0.5_r2');
  });

  test.each([
    ['../../etc/passwd', 'etc_passwd_1000'],
    ['/etc/passwd', 'etc_passwd_1000'],
    ['..', 'unnamed_1000'],
    ['', 'unnamed_1000'],
    ['🎉', 'unnamed_1000'],
    ['fête 🎉 café', 'fe_te_cafe_1000'],
    ['a\0b\nc', 'a_b_c_1000'],
    ['C:\\x', 'C_x_1000'],
    ['.hidden', 'hidden_1000'],
    ['-rf', 'rf_1000'],
    ['x'.repeat(300), `${'x'.repeat(100)}_1000`],
  ])('is a safe name for the operation %j', async (operation, id) => {
    expect(await idsOf([[operation, '1000']])).toEqual([id]);
  });

  test('is taken once only, whatever the case of its letters', async () => {
    expect(
      await idsOf([
        ['get', '1'],
        ['GET', '1'],
        ['Get', '1'],
        ['get', '2'],
      ]),
    ).toEqual(['get_1', 'GET_1_2', 'Get_1_3', 'get_2']);
  });

  test('keeps cells of different loads apart, however long the name', async () => {
    const long = 'x'.repeat(150);
    const ids = await idsOf([
      [long, '1000'],
      [long, '2000'],
      [`${long}y`, '1000'],
    ]);
    expect(ids).toEqual([`${'x'.repeat(100)}_1000`, `${'x'.repeat(100)}_2000`, `${'x'.repeat(100)}_1000_2`]);
  });

  test('is always a plain file name, and never twice the same', async () => {
    const name = fc.oneof(anyText(), fc.constantFrom('a', 'A', 'a_2', 'a_1_2', 'results', '..'));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(name, fc.constantFrom('1', '2', '1_2')), { maxLength: 12 }),
        async (cells) => {
          const ids = await idsOf(cells);
          expect(new Set(ids.map((id) => id.toLowerCase())).size).toBe(cells.length);
          for (const id of ids) expect(id).toMatch(/^[A-Za-z0-9][A-Za-z0-9._-]{0,120}$/);
          expect(ids).not.toContain('results');
        },
      ),
    );
  });
});

describe('what is stored', () => {
  test('is read back as it was', async ({ folder }) => {
    const store = await RunStore.create(folder);
    const record = runRecord();
    const file = { schemaVersion: 2 as const, ...cell(), series: [] };
    const resources = { schemaVersion: 2 as const, id: file.id, samples: [] };
    await store.writeRun(record);
    await store.writeCell(file, resources);
    expect((await readdir(folder)).sort()).toEqual([
      'get_item_1000.json',
      'get_item_1000_cpu.json',
      'results.json',
    ]);
    expect(await stored(folder, 'results.json')).toEqual(record);
    expect(await stored(folder, 'get_item_1000.json')).toEqual(file);
    expect(await stored(folder, 'get_item_1000_cpu.json')).toEqual(resources);
  });

  test('cannot be lost silently: a write that fails ends the run and says what is kept', async ({
    folder,
  }) => {
    const store = await RunStore.create(folder);
    await mkdir(join(folder, 'results.json', 'x'), { recursive: true });
    const error = await userErrorOf(() => store.writeRun(runRecord()));
    expect(error.fault).toBe('run');
    expect(error.message).toBe(`${join(folder, 'results.json')} could not be written: it is a folder.`);
    expect(error.hint).toBe(`The cells finished before are kept: bench plot ${folder} shows them.`);
    expect(await readdir(folder)).toEqual(['results.json']);
  });
});

/** Nothing is written for an id, so any empty place does. */
async function idsOf(cells: readonly string[][]): Promise<string[]> {
  const store = await RunStore.create(join(tmpdir(), 'bench-test-ids'));
  return cells.map((parts) => store.cellId(parts));
}

async function stored(folder: string, name: string): Promise<unknown> {
  return JSON.parse(await readFile(join(folder, name), 'utf8'));
}
