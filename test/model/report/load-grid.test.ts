import { expect, test } from 'vitest';
import { loadGrid } from '../../../src/model/report/load-grid.js';
import { cell, type CellChanges } from '../../support/cells.js';
import { reportCell } from '../../support/reports.js';

const at = (ratePerSecond: number, workers: number, repeat = 1, load: CellChanges['load'] = {}) =>
  reportCell(cell({ workers, repeat, load: { ratePerSecond, ...load } }));

test('loads stand by worker count, then by rate, repeats together', () => {
  const grid = loadGrid([at(900, 2), at(1000, 1), at(100, 1), at(100, 1, 2)]);
  expect(grid.loads.map(({ size, workers }) => [workers, size])).toEqual([
    [1, 100],
    [1, 1000],
    [2, 900],
  ]);
  expect(grid.subjects[0]?.byLoad.get(grid.loads[0]!.key)).toHaveLength(2);
  expect(grid.hasRepeats).toBe(true);
});

test('random arrivals are one load, whatever their seeds', () => {
  const poisson = (seed: number) => at(100, 1, seed, { arrivals: 'poisson', seed });
  expect(loadGrid([poisson(1), poisson(2), at(100, 1)]).loads).toHaveLength(2);
});
