import { describe, expect, test } from 'vitest';
import { noiseOfRuns } from '../../../src/analyze/calibrate/noise-of-runs.js';
import { seededRandom } from '../../../src/kernel/random.js';
import { figureById } from '../../../src/model/figures/index.js';
import type { CellRecord } from '../../../src/model/results/cell-record.js';
import { cellOf } from '../../support/histories.js';

const p50 = [figureById('p50')];

function at(ratePerSecond: number, median: number, changes: Parameters<typeof cellOf>[1] = {}): CellRecord {
  return cellOf(median, {
    load: { ratePerSecond },
    counts: { planned: 10 * ratePerSecond },
    keepsUp: true,
    ...changes,
  });
}

describe('the noise of runs of the same', () => {
  test('is the standard deviation of the logarithm, with n − 1', () => {
    const [floor, ...others] = noiseOfRuns([[at(100, 1)], [at(100, Math.exp(0.2))]], p50);
    expect(others).toEqual([]);
    expect(floor).toMatchObject({ figure: 'p50', band: null, repeats: 2, cells: 1, degreesOfFreedom: 1 });
    // Of 0 and 0.2: √(2 · 0.1²).
    expect(floor?.sdLog).toBeCloseTo(Math.SQRT2 * 0.1, 12);
  });

  test('goes by the share of the highest rate that was kept up with', () => {
    const runs = [1, 1.1].map((factor) => [
      ...[at(100, factor), at(450, 2 * factor), at(800, 3 * factor), at(1000, 4 * factor)],
      at(2000, 900, { keepsUp: false }),
    ]);
    expect(noiseOfRuns(runs, p50).map(({ band, cells }) => [band, cells])).toEqual([
      ['low', 1],
      ['medium', 1],
      ['high', 2],
    ]);
  });

  test('is not told by cells that are INVALID, nor by one run', () => {
    const invalid = at(100, 9, { verdict: { state: 'INVALID', reasons: [] } });
    expect(noiseOfRuns([[at(100, 1)], [invalid]], p50)).toEqual([]);
  });

  test('has no band where the load has no rate', () => {
    const users = {
      kind: 'users',
      users: 5,
      spawnRatePerSecond: 5,
      durationMs: 10_000,
      think: null,
    } as const;
    const runs = [1, 1.1].map((median) => [
      { ...cellOf(median), load: users, keepsUp: null, window: { durationMs: 10_000, plannedRps: null } },
    ]);
    expect(noiseOfRuns(runs, p50).map(({ band }) => band)).toEqual([null]);
  });

  test('finds what was put into many runs', () => {
    const random = seededRandom(3);
    const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    const runs = Array.from({ length: 40 }, () =>
      ['/a', '/b', '/c', '/d'].map((path) => ({
        ...at(100, Math.exp(0.06 * normal())),
        subject: cellOf(1, { operation: { path } }).subject,
      })),
    );
    expect(noiseOfRuns(runs, p50)[0]?.sdLog).toBeCloseTo(0.06, 2);
  });
});
