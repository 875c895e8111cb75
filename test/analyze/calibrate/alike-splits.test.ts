import fc from 'fast-check';
import { expect, test } from 'vitest';
import { alikeSplits } from '../../../src/analyze/calibrate/alike-splits.js';

test('of six runs there are twenty comparisons of three against three', () => {
  const splits = alikeSplits(6, 200, 1);
  expect(splits).toHaveLength(20);
  expect(splits[0]).toEqual({ base: [0, 1, 2], candidate: [3, 4, 5] });
});

test('of one run there is none', () => expect(alikeSplits(1, 200, 1)).toEqual([]));

test('no run is on both sides, both are as long, and no two are the same', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 40 }),
      fc.integer({ min: 1, max: 60 }),
      fc.nat(),
      (runs, most, seed) => {
        const splits = alikeSplits(runs, most, seed);
        expect(splits.length).toBeLessThanOrEqual(most);
        expect(splits.length).toBeGreaterThan(0);
        expect(new Set(splits.map((split) => JSON.stringify(split))).size).toBe(splits.length);
        for (const { base, candidate } of splits) {
          expect(base).toHaveLength(Math.floor(runs / 2));
          expect(candidate).toHaveLength(base.length);
          expect(new Set([...base, ...candidate]).size).toBe(2 * base.length);
        }
      },
    ),
  );
});
