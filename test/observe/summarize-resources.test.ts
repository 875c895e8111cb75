import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ResourceSample } from '../../src/model/resources.js';
import { summarizeResources } from '../../src/observe/summarize-resources.js';

const sample = (elapsedMs: number, changes: Partial<ResourceSample> = {}): ResourceSample => ({
  elapsedMs,
  cpuPercent: 50,
  memoryBytes: 1000,
  processes: 1,
  ...changes,
});

test('without two looks that are further apart than a few ticks there are no figures', () => {
  expect(summarizeResources([], 0, null)).toBeUndefined();
  expect(summarizeResources([sample(0)], 100, null)).toBeUndefined();
  expect(summarizeResources([sample(5), sample(54)], 10, null)).toBeUndefined();
  expect(summarizeResources([sample(5), sample(55)], 10, null)?.cpuPercent.mean).toBe(20);
});

test('the mean is the CPU time over the span, the peak leaves out the first look, which knows none', () => {
  const samples = [
    sample(0, { cpuPercent: 999, memoryBytes: 10, processes: 1 }),
    sample(500, { cpuPercent: 80, memoryBytes: 30, processes: 3 }),
    sample(2000, { cpuPercent: 120, memoryBytes: 20, processes: 2 }),
  ];
  const pssBytes = { mean: 5, max: 6, samples: 2 };
  expect(summarizeResources(samples, 1500, pssBytes)).toEqual({
    cpuPercent: { mean: 75, max: 120 },
    cpuMs: 1500,
    memoryBytes: { mean: 20, max: 30, growthPerMinute: null },
    pssBytes,
    processes: 3,
    samples,
  });
});

describe('growth', () => {
  const growing = (seconds: number, perMinute: number, noise = 0): number | null | undefined =>
    summarizeResources(
      Array.from({ length: seconds * 2 + 1 }, (_, at) =>
        sample(at * 500, {
          memoryBytes: 1e8 + (at * 500 * perMinute) / 60_000 + (at % 2 === 0 ? noise : -noise),
        }),
      ),
      0,
      null,
    )?.memoryBytes.growthPerMinute;

  test('is not told of less than a minute', () => {
    expect(growing(59, 1e6)).toBeNull();
    expect(growing(60, 1e6)).toBeCloseTo(1e6, 0);
  });

  test('is the slope, up or down, through noise', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1e6, max: 1e6 }),
        fc.integer({ min: 0, max: 1000 }),
        (perMinute, noise) => {
          expect(Math.abs(growing(90, perMinute, noise)! - perMinute)).toBeLessThan(1 + noise / 10);
        },
      ),
    );
  });
});
