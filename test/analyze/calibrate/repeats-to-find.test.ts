import fc from 'fast-check';
import { expect, test } from 'vitest';
import { repeatsToFind } from '../../../src/analyze/calibrate/repeats-to-find.js';

// By SciPy's noncentral t: the fewest with a power of 0.8 (0.868, 0.840, 0.823, 0.806, 0.822).
test.each([
  [0.06, 20, 5, 5],
  [0.06, 10, 0, 8],
  [0.06, 20, 10, 9],
  [0.1, 20, 5, 10],
  [0.03, 10, 5, 8],
  [0.001, 20, 5, 3],
  [0.06, 5, 5, undefined],
  [0.06, 5, 10, undefined],
  [0.5, 20, 5, undefined],
])('an SD of %d and +%d %% beyond a margin of %d %% take %s repeats', (sd, change, margin, repeats) => {
  expect(repeatsToFind(sd, change, margin)).toBe(repeats);
});

test('more noise never takes fewer', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.001, max: 0.2, noNaN: true }),
      fc.constantFrom(5, 10, 20, 50),
      (sd, change) => {
        const [less, more] = [repeatsToFind(sd, change, 0), repeatsToFind(2 * sd, change, 0)];
        expect(more ?? Infinity).toBeGreaterThanOrEqual(less ?? Infinity);
      },
    ),
  );
});
