import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Figure } from '../../src/model/figures/figure.js';
import { ratioOf, ratioText } from '../../src/report/twin-ratio.js';

const exact = (value: number): Figure => ({ value, isLowerBound: false });
const least = (value: number): Figure => ({ value, isLowerBound: true });
const positive = fc.double({ min: 1e-6, max: 1e9, noNaN: true });
/** What is really the value of a figure of which this much is known. */
const more = fc.double({ min: 1, max: 1e6, noNaN: true });

describe('the ratio of two figures', () => {
  test('is the one at the right over the one at the left', () => {
    expect(ratioOf(exact(125), exact(476))).toEqual({ value: 125 / 476, bound: 'exact' });
    expect(ratioOf(exact(0), exact(4))).toEqual({ value: 0, bound: 'exact' });
  });

  test.each([
    ['nothing is known at the right', null, exact(1)],
    ['nothing is known at the left', exact(1), null],
    ['the left one is 0', exact(3), exact(0)],
    ['both are 0', exact(0), exact(0)],
    ['the left one is at least 0', exact(3), least(0)],
    ['the right one is at least 0', least(0), exact(3)],
    ['both are lower bounds', least(3), least(3)],
  ])('is none where %s', (_, right, left) => {
    expect(ratioOf(right, left)).toBeNull();
  });

  test('holds for whatever the true figures are', () => {
    fc.assert(
      fc.property(positive, positive, more, fc.boolean(), (left, right, factor, isLeft) => {
        const ratio = isLeft ? ratioOf(exact(right), least(left)) : ratioOf(least(right), exact(left));
        const truth = isLeft ? right / (left * factor) : (right * factor) / left;
        expect(ratio?.bound).toBe(isLeft ? 'upper' : 'lower');
        const slack = 1 + 1e-9;
        if (isLeft) expect(truth).toBeLessThanOrEqual(ratio!.value * slack);
        else expect(truth * slack).toBeGreaterThanOrEqual(ratio!.value);
      }),
    );
  });

  test('turned round is its inverse', () => {
    fc.assert(
      fc.property(positive, positive, (left, right) => {
        const product = ratioOf(exact(right), exact(left))!.value * ratioOf(exact(left), exact(right))!.value;
        expect(product).toBeCloseTo(1, 9);
      }),
    );
  });

  test.each([
    [0, 'exact', '0'],
    [0.00314, 'exact', '0.0031'],
    [0.2626, 'exact', '0.26'],
    [1, 'exact', '1.00'],
    [3.666, 'lower', '≥3.67'],
    [12.34, 'upper', '≤12.3'],
    [1234.5, 'exact', '1235'],
  ] as const)('%f, %s, is written %s', (value, bound, text) => {
    expect(ratioText({ value, bound })).toBe(text);
  });

  test('never is written as 0 where it is more', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-300, max: 1, noNaN: true }), (value) => {
        expect(Number(ratioText({ value, bound: 'exact' }))).toBeGreaterThan(0);
      }),
    );
  });
});
