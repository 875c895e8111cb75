import { describe, expect } from 'vitest';
import { readReport } from '../../src/app/read-report.js';
import { test } from '../support/folder.js';
import { constantRate, endpoint, reportOf, simulatedRun, storeRun } from '../support/stored-run.js';

const run = simulatedRun({
  endpoints: [endpoint('quick'), endpoint('slow', { serviceMs: 50, atOnce: 2 })],
  plans: [constantRate(100, 2000)],
  workers: [1, 2],
  repeats: 2,
  timeoutMs: 500,
});

describe('a stored run', () => {
  test('is read back as it was made', async ({ folder }) => {
    const stored = await readReport(await storeRun(folder, run));
    expect({ ...stored, folder: '' }).toEqual({ ...reportOf(run), folder: '' });
  });

  test('that is overloaded has figures that are only lower bounds', () => {
    const slow = run.cells.find(({ record }) => record.operation.id === 'slow');
    expect(slow?.record.latencyMs.response.lowerBounds).toContain('p99');
    expect(slow?.record.successRate).toBeLessThan(0.9);
  });

  test('is the same whenever it is made', () => {
    const again = simulatedRun({ endpoints: [endpoint('quick')], plans: [constantRate(50, 1000)] });
    const other = simulatedRun({ endpoints: [endpoint('quick')], plans: [constantRate(50, 1000)] });
    expect(other).toEqual(again);
  });
});
