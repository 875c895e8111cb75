import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stretched } from '../../src/measure/flow.js';

const counts = fc.array(fc.nat(50), { minLength: 10, maxLength: 10 });

test('the first part of a window, as bins of its own, holds what came in it', () => {
  fc.assert(
    fc.property(counts, fc.integer({ min: 1, max: 10 }), (bins, kept) => {
      const part = stretched(bins, kept / 10);
      const sum = (list: readonly number[]): number => list.reduce((total, count) => total + count, 0);
      expect(part).toHaveLength(10);
      expect(sum(part)).toBeCloseTo(sum(bins.slice(0, kept)), 9);
    }),
  );
  expect(stretched([4, 8, 1, 1], 0.5)).toEqual([2, 2, 4, 4]);
});
