import { expect, test } from 'vitest';
import { floorOfRuns } from '../../../src/analyze/calibrate/floor-of-runs.js';
import { endpoint, reportOfRun, simulatedRun } from '../../support/simulated-runs.js';

test('six runs of the same are compared three against three, and nothing regresses', async () => {
  const endpoints = [endpoint('read'), endpoint('write', { serviceMs: 3 })];
  const reports = [1, 2, 3, 4, 5, 6].map((seed) =>
    reportOfRun(simulatedRun({ name: `run-${seed}`, endpoints, seed })),
  );
  let pauses = 0;
  const { figures, falseAlarms, detectable } = await floorOfRuns(reports, () => {
    pauses += 1;
    return Promise.resolve();
  });
  expect(pauses).toBe(20);
  expect(falseAlarms).toEqual({ comparisons: 20, repeats: 3, cells: 4, withRegressed: 0, withImproved: 0 });
  expect(
    figures.filter(({ figure }) => figure === 'p50').map(({ band, repeats }) => [band, repeats]),
  ).toEqual([
    ['low', 6],
    ['high', 6],
  ]);
  expect(
    detectable.filter(({ figure, band }) => figure === 'p50' && band === 'low').map(({ percent }) => percent),
  ).toEqual([5, 10, 20]);
});
