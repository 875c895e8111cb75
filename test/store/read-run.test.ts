import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect } from 'vitest';
import type { CellRecord } from '../../src/model/results/cell-record.js';
import type { CellFile, RunRecord } from '../../src/model/results/run-record.js';
import { newestRun, readRun, type StoredRun } from '../../src/store/read-run.js';
import { RunStore } from '../../src/store/run-store.js';
import { userErrorOf } from '../support/caught.js';
import { cell } from '../support/cells.js';
import { test } from '../support/folder.js';
import { runRecord } from '../support/runs.js';

const OTHER = { id: 'write_item_1000', startedAt: '2026-01-15T12:00:20.000Z' };
const CELLS = [cell(), cell(OTHER)];
const RUNNING = { status: 'running', finishedAt: null } as const;
/** Beyond the ids that Linux gives. */
const NOBODY = 2 ** 22 + 1;

function fileOf(record: CellRecord): CellFile {
  const series = record.series.map((second) => ({ ...second, buckets: [[1000, 5] as [number, number]] }));
  return { schemaVersion: 2, ...record, series };
}

async function store(
  folder: string,
  record: RunRecord,
  cells: readonly CellRecord[] = record.cells,
): Promise<string> {
  const path = join(folder, 'run');
  const made = await RunStore.create(path);
  for (const one of cells) {
    const samples = [{ elapsedMs: 500, values: { 'target.cpu': 10, 'target.memory': 1000 } }];
    await made.writeCell(fileOf(one), { schemaVersion: 2, id: one.id, samples });
  }
  await made.writeRun(record);
  return path;
}

const idsOf = ({ cells }: StoredRun): string[] => cells.map(({ record }) => record.id);

/** Puts other values into a JSON file. */
async function change(file: string, changes: object): Promise<void> {
  const before = JSON.parse(await readFile(file, 'utf8')) as object;
  await writeFile(file, JSON.stringify({ ...before, ...changes }));
}

describe('a stored run', () => {
  test('is read as it was stored', async ({ folder }) => {
    const record = runRecord({ cells: CELLS });
    const { cells, run, remarks } = await readRun(await store(folder, record));
    expect({ ...run, cells: cells.map((one) => one.record) }).toEqual(record);
    const spreads = CELLS.map(fileOf).map(({ schemaVersion, series }) => ({
      schemaVersion,
      series: series.map(({ buckets }) => ({ buckets })),
    }));
    expect(cells.map(({ file }) => file)).toEqual(spreads);
    expect(cells.map(({ samples }) => samples?.samples.length)).toEqual([1, 1]);
    expect(remarks).toEqual([]);
  });

  test('is read as it was stored, whatever its texts and figures are', async ({ folder }) => {
    const figure = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
    const changes = fc.record({
      operation: fc.record({ id: fc.string(), method: fc.string(), path: fc.string() }),
      achievedRps: figure,
      failures: fc.dictionary(
        fc.string().filter((name) => name !== '__proto__'),
        fc.nat(),
      ),
      series: fc.constantFrom(cell().series, []),
    });
    await fc.assert(
      fc.asyncProperty(changes, fc.string(), async (parts, failure) => {
        const { failures, ...others } = parts;
        const record = runRecord({ failure, cells: [{ ...cell(others), failures }] });
        await rm(join(folder, 'run'), { recursive: true, force: true });
        const { cells, run } = await readRun(await store(folder, record));
        const stored = JSON.parse(JSON.stringify(record)) as RunRecord;
        expect({ ...run, cells: cells.map((one) => one.record) }).toEqual(stored);
        expect(cells[0]!.file!.series).toHaveLength(parts.series.length);
      }),
      { numRuns: 25 },
    );
  });

  test('may be named by its results.json', async ({ folder }) => {
    const path = await store(folder, runRecord({ cells: CELLS }));
    expect(idsOf(await readRun(join(path, 'results.json')))).toEqual(['get_item_1000', 'write_item_1000']);
  });

  test('is not disturbed by the reports beside it', async ({ folder }) => {
    const path = await store(folder, runRecord({ cells: CELLS }));
    for (const name of [
      'report.md',
      'cells.csv',
      'junit.xml',
      'get_item_1000.hgrm',
      'report.html',
      'x.json.part',
    ])
      await writeFile(join(path, name), 'text');
    const { cells, remarks } = await readRun(path);
    expect([cells.length, remarks]).toEqual([2, []]);
  });
});

describe('a run that did not end', () => {
  test('is interrupted when its owner is gone', async ({ folder }) => {
    const record = runRecord({ ...RUNNING, cells: [], owner: { pid: NOBODY, host: hostname() } });
    const found = await readRun(await store(folder, record, CELLS));
    expect(found.run?.status).toBe('interrupted');
    expect(found.remarks).toEqual(['The run was interrupted: these are the cells finished before.']);
    expect(idsOf(found)).toEqual(['get_item_1000', 'write_item_1000']);
  });

  test.for([
    ['lives', { pid: process.pid, host: hostname() }],
    ['is on another machine', { pid: NOBODY, host: 'another.machine.invalid' }],
  ] as const)('is under way as long as its owner %s', async ([, owner], { folder }) => {
    const found = await readRun(await store(folder, runRecord({ ...RUNNING, cells: [], owner }), CELLS));
    expect(found.run?.status).toBe('running');
    expect(found.remarks).toEqual(['The run is still under way: these are the cells finished so far.']);
    expect(found.cells).toHaveLength(2);
  });

  test('says why it failed', async ({ folder }) => {
    const found = await readRun(await store(folder, runRecord({ status: 'failed', failure: 'it died' })));
    expect(found.remarks).toEqual(['The run failed: it died']);
  });

  test('has its cells in the order in which they were measured', async ({ folder }) => {
    const late = cell({ id: 'a_late_one', startedAt: '2026-01-15T12:09:00.000Z' });
    const record = runRecord({ ...RUNNING, cells: [], owner: { pid: NOBODY, host: hostname() } });
    expect(idsOf(await readRun(await store(folder, record, [late, ...CELLS])))).toEqual([
      'get_item_1000',
      'write_item_1000',
      'a_late_one',
    ]);
  });
});

describe('a directory of which something is lost', () => {
  test('has the cells whose files are there when results.json is missing', async ({ folder }) => {
    const path = await store(folder, runRecord({ cells: CELLS }));
    await rm(join(path, 'results.json'));
    const found = await readRun(path);
    expect(found.run).toBeNull();
    expect(found.cells.map(({ record }) => record)).toEqual(CELLS);
    expect(found.remarks).toEqual([
      'results.json is missing: these are the cells whose own files are there.',
    ]);
  });

  test.for([
    ['is cut short', '{"schemaVersion": 1, "tool"', 'it is not JSON'],
    ['is empty', '', 'it is not JSON'],
    ['is something else', '[]', 'it: Invalid input'],
    ['has another shape', '{"schemaVersion": 1}', 'tool: Invalid input'],
  ] as const)('has them too when results.json %s', async ([, content, why], { folder }) => {
    const path = await store(folder, runRecord({ cells: CELLS }));
    await writeFile(join(path, 'results.json'), content);
    const found = await readRun(path);
    expect(found.cells).toHaveLength(2);
    expect(found.remarks[0]).toContain(`results.json is damaged (${why}`);
  });

  test('has what results.json tells when the files of cells are missing', async ({ folder }) => {
    const found = await readRun(await store(folder, runRecord({ cells: CELLS }), []));
    expect(found.cells.map(({ record, file }) => [record, file])).toEqual(
      CELLS.map((one) => [one, undefined]),
    );
    expect(found.remarks).toEqual(['The files of 2 cells are missing: get_item_1000, write_item_1000.']);
  });

  test('names the files that are broken, the first five of them', async ({ folder }) => {
    const path = await store(folder, runRecord({ cells: CELLS }));
    await writeFile(join(path, 'get_item_1000.json'), '{');
    await writeFile(join(path, 'write_item_1000_cpu.json'), '{}');
    for (const at of [1, 2, 3, 4, 5]) await writeFile(join(path, `z${at}.json`), 'x');
    const found = await readRun(path);
    expect(found.cells).toHaveLength(2);
    expect(found.cells.map(({ file, samples }) => [file === undefined, samples === undefined])).toEqual([
      [true, false],
      [false, true],
    ]);
    expect(found.remarks).toHaveLength(6);
    expect(found.remarks[0]).toBe('get_item_1000.json is damaged (it is not JSON): it is left out.');
    expect(found.remarks[1]).toContain('write_item_1000_cpu.json is damaged (schemaVersion');
    expect(found.remarks[5]).toBe('2 more files cannot be read.');
  });

  test('leaves out a cell of a newer version', async ({ folder }) => {
    const path = await store(folder, runRecord({ cells: CELLS }));
    await change(join(path, 'get_item_1000.json'), { schemaVersion: 3, series: 'of another kind' });
    const found = await readRun(path);
    expect(found.cells[0]!.file).toBeUndefined();
    expect(found.remarks).toEqual([
      'get_item_1000.json was written by a newer bench (schema version 3): it is left out.',
    ]);
  });
});

describe('what is no run', () => {
  test('is refused when it was written by a newer version', async ({ folder }) => {
    const path = await store(folder, runRecord());
    await change(join(path, 'results.json'), { schemaVersion: 3 });
    const error = await userErrorOf(() => readRun(path));
    expect(error).toMatchObject({ fault: 'usage', hint: expect.stringContaining('Update openapi-bench') });
    expect(error.message).toContain('was written by a newer bench: schema version 3, and this one reads 2');
  });

  test('is refused when it is empty', async ({ folder }) => {
    const error = await userErrorOf(() => readRun(folder));
    expect(error.message).toBe(
      `${folder} holds no results: it has no results.json, and no cell can be read.`,
    );
    expect(error.fault).toBe('usage');
  });

  test('is refused when all that it has is damaged', async ({ folder }) => {
    await writeFile(join(folder, 'results.json'), '{');
    await writeFile(join(folder, 'a.json'), '{');
    const error = await userErrorOf(() => readRun(folder));
    expect(error.message).toBe(
      `${folder} holds no results: its results.json is damaged (it is not JSON), and no cell can be read.`,
    );
  });

  test('is refused when it is not there, below a file, or a file', async ({ folder }) => {
    const file = join(folder, 'a.txt');
    await writeFile(file, 'text');
    const missing = join(folder, 'nowhere');
    for (const path of [missing, join(file, 'below')])
      expect((await userErrorOf(() => readRun(path))).message).toBe(`There is no results directory ${path}.`);
    expect((await userErrorOf(() => readRun(file))).message).toBe(`${file} is a file, no results directory.`);
  });

  test('is refused when its name cannot be looked up', async ({ folder }) => {
    const error = await userErrorOf(() => readRun(join(folder, 'x'.repeat(5000))));
    expect(error.message).toMatch(/cannot be read: .*name too long/);
  });

  test('is damaged when results.json is a folder', async ({ folder }) => {
    await mkdir(join(folder, 'results.json'));
    expect((await userErrorOf(() => readRun(folder))).message).toContain('its results.json is damaged');
  });
});

describe('the newest run', () => {
  test('is the last by its name, which begins with its date', async ({ folder }) => {
    for (const name of ['bench_20260115_120000', 'bench_20260116_090000', 'bench_20260116_085959', 'other'])
      await mkdir(join(folder, name));
    expect(await newestRun(folder)).toBe(join(folder, 'bench_20260116_090000'));
  });

  test('is asked for in vain where there is none', async ({ folder }) => {
    for (const parent of [folder, join(folder, 'nowhere')])
      expect((await userErrorOf(() => newestRun(parent))).message).toBe(`There is no run in ${parent}.`);
  });
});
