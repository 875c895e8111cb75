import { cp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { readRun } from '../../../src/store/read-run.js';
import { test } from '../../support/folder.js';

/** Measured and written by openapi-bench 0.1.0: two operations of the embedded target at 40 and 160/s. */
const VERSION_1 = fileURLToPath(new URL('../../fixtures/runs/version-1', import.meta.url));

test('a run of version 1 is read whole, and comes as version 2', async () => {
  const { run, cells, remarks } = await readRun(VERSION_1);
  expect(remarks).toEqual([]);
  expect(run).toMatchObject({ schemaVersion: 2, tool: { version: '0.1.0' }, status: 'complete' });
  expect(cells.map(({ record }) => record.id)).toEqual([
    'simple_async_blocking_40',
    'get_item_async_read_40',
    'simple_async_blocking_160',
    'get_item_async_read_160',
  ]);
  expect(cells.map(({ record }) => record.counts.planned)).toEqual([200, 200, 800, 800]);
  expect(cells.map(({ record }) => record.window)).toEqual([
    { durationMs: 5000, plannedRps: 40 },
    { durationMs: 5000, plannedRps: 40 },
    { durationMs: 5000, plannedRps: 160 },
    { durationMs: 5000, plannedRps: 160 },
  ]);
  expect(run?.config).toMatchObject({ loads: [{ ratePerSecond: 40 }, { ratePerSecond: 160 }] });
  for (const { file, samples } of cells) {
    expect(file?.series.length).toBeGreaterThanOrEqual(5);
    expect(samples?.samples.length).toBeGreaterThan(5);
  }
});

test("its cells' own files are enough", async ({ folder }) => {
  await cp(VERSION_1, folder, { recursive: true });
  await writeFile(join(folder, 'results.json'), 'lost');
  const { cells } = await readRun(folder);
  const whole = await readRun(VERSION_1);
  const byId = (records: typeof cells): Map<string, unknown> =>
    new Map(records.map(({ record: { recovery: _only, ...record } }) => [record.id, record]));
  expect(byId(cells)).toEqual(byId(whole.cells));
});
