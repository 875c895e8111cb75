import fc from 'fast-check';
import { expect, test } from 'vitest';
import { binomialTail } from '../../../src/analyze/objectives/binomial-tail.js';

/** From Python's math.comb, summed as the definition says. */
test.each([
  [5, 3, 0.001, 9.985006e-9],
  [900, 1, 0.001, 0.5936133774547949],
  [900, 3, 0.001, 0.06276629365322017],
  [900, 5, 0.001, 0.0023269189744637184],
  [71, 8, 0.05, 0.02521036020680829],
  [20, 20, 0.5, 9.5367431640625e-7],
])('of %d requests %d or more: chance %d each', (count, least, share, expected) => {
  expect(binomialTail(count, least, share) / expected).toBeCloseTo(1, 9);
});

test('is a chance, less likely for more', () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(fc.nat(4000), fc.nat(4000), share, (count, least, chance) => {
      const tail = binomialTail(count, least, chance);
      expect(tail).toBeGreaterThanOrEqual(0);
      expect(tail).toBeLessThanOrEqual(1);
      expect(binomialTail(count, least + 1, chance)).toBeLessThanOrEqual(tail + 1e-9);
    }),
  );
  expect([
    binomialTail(9, 0, 0),
    binomialTail(9, 1, 0),
    binomialTail(9, 9, 1),
    binomialTail(9, 10, 1),
  ]).toEqual([1, 0, 1, 0]);
});
