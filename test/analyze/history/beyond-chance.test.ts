import { expect, test } from 'vitest';
import { seededRandom } from '../../../src/kernel/random.js';
import { areBeyondChance } from '../../../src/analyze/history/beyond-chance.js';
import { findChanges } from '../../../src/analyze/history/find-changes.js';

const usual = { windowLength: 50, maxPValue: 0.001, minMagnitude: 0.05 };

function noise(runs: number, sd: number, random: () => number): number[] {
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return Array.from({ length: runs }, () => Math.exp(sd * normal()));
}

const shift = {
  before: { mean: 1, sd: 0.03, runs: 12 },
  after: { mean: 1.15, sd: 0.03, runs: 4 },
};

test('a clear change is more than chance, beside many series without one', () => {
  const quiet = Array.from({ length: 400 }, () => ({ change: undefined, length: 16 }));
  expect(areBeyondChance([{ change: shift, length: 16 }, ...quiet])[0]).toBe(true);
  expect(areBeyondChance(quiet)).not.toContain(true);
});

test('one that is clear alone is not, beside many', () => {
  const small = { before: shift.before, after: { mean: 1.08, sd: 0.03, runs: 4 } };
  const suspect = { change: small, length: 16 };
  const quiet = Array.from({ length: 400 }, () => ({ change: undefined, length: 16 }));
  expect(areBeyondChance([suspect])).toEqual([true]);
  expect(areBeyondChance([suspect, ...quiet])[0]).toBe(false);
});

test('equal values, then other equal values are', () => {
  const change = { before: { mean: 1, sd: 0, runs: 5 }, after: { mean: 2, sd: 0, runs: 5 } };
  expect(areBeyondChance([{ change, length: 10 }])).toEqual([true]);
});

test('noise of 60 figures over 12 runs is hardly ever held against the newest', () => {
  const random = seededRandom(11);
  const histories = Array.from({ length: 40 }, () => {
    const suspects = Array.from({ length: 60 }, () => {
      const series = noise(12, 0.06, random);
      return { change: findChanges(series, usual).at(-1)?.shift, length: series.length };
    });
    return {
      hasPoints: suspects.some(({ change }) => change !== undefined),
      isHeld: areBeyondChance(suspects).includes(true),
    };
  });
  // Without the correction most of them would be.
  expect(histories.filter(({ hasPoints }) => hasPoints).length).toBeGreaterThan(20);
  expect(histories.filter(({ isHeld }) => isHeld).length).toBeLessThanOrEqual(4);
});
