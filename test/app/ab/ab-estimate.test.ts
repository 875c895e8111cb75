import { expect, test } from 'vitest';
import { AbEstimate } from '../../../src/app/ab/ab-estimate.js';

const base = { side: 'base' } as const;
const candidate = { side: 'candidate' } as const;

test('what is left is forecast at first, and then by what the runs of each side took', () => {
  const estimate = new AbEstimate({ base: 10_000, candidate: 20_000 });
  const first = estimate.remainingMs([base, candidate]);
  expect(first).toBeGreaterThanOrEqual(30_000);
  expect(estimate.remainingMs([])).toBe(0);
  estimate.runTook(base, 12_000);
  estimate.runTook(base, 14_000);
  expect(estimate.remainingMs([base, base])).toBe(26_000);
  estimate.runTook(candidate, 40_000);
  expect(estimate.remainingMs([base, candidate, candidate])).toBe(93_000);
});
