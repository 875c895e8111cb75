import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { changeBetween, comparedFigure } from '../../../src/analyze/compare/change.js';
import type { Figure } from '../../../src/model/figures/figure.js';

const exactly = (value: number): Figure => ({ value, isLowerBound: false });
const atLeast = (value: number): Figure => ({ value, isLowerBound: true });

describe('the change', () => {
  test.each<[string, Figure | null, Figure | null, ReturnType<typeof changeBetween>]>([
    ['from 10 to 12', exactly(10), exactly(12), { absolute: 2, percent: 20, bound: 'exact' }],
    ['from 10 to 10', exactly(10), exactly(10), { absolute: 0, percent: 0, bound: 'exact' }],
    ['from 10 to ≥ 20', exactly(10), atLeast(20), { absolute: 10, percent: 100, bound: 'at-least' }],
    ['from ≥ 10 to 5', atLeast(10), exactly(5), { absolute: -5, percent: -50, bound: 'at-most' }],
    ['from ≥ 10 to ≥ 20', atLeast(10), atLeast(20), null],
    ['from 0 to 3', exactly(0), exactly(3), { absolute: 3, percent: null, bound: 'exact' }],
    ['from 0 to 0', exactly(0), exactly(0), { absolute: 0, percent: null, bound: 'exact' }],
    ['from nothing known to 3', null, exactly(3), null],
    ['from 3 to nothing known', exactly(3), null, null],
  ])('%s', (_, base, candidate, change) => {
    expect(changeBetween(base, candidate)).toEqual(change);
  });

  const value = fc.double({ min: 0.001, max: 1e6, noNaN: true });
  const more = fc.double({ min: 0, max: 1e6, noNaN: true });

  test('holds whatever a lower bound really is', () => {
    fc.assert(
      fc.property(value, value, more, fc.boolean(), (base, candidate, extra, ofBase) => {
        const stated = ofBase
          ? changeBetween(atLeast(base), exactly(candidate))!
          : changeBetween(exactly(base), atLeast(candidate))!;
        const real = ofBase
          ? changeBetween(exactly(base + extra), exactly(candidate))!
          : changeBetween(exactly(base), exactly(candidate + extra))!;
        expect(stated.bound).toBe(ofBase ? 'at-most' : 'at-least');
        for (const part of ['absolute', 'percent'] as const) {
          const slack = 1e-9 * Math.max(1, Math.abs(stated[part]!));
          if (ofBase) expect(real[part]!).toBeLessThanOrEqual(stated[part]! + slack);
          else expect(real[part]!).toBeGreaterThanOrEqual(stated[part]! - slack);
        }
      }),
    );
  });

  test('the other way round is its inverse', () => {
    fc.assert(
      fc.property(value, value, (a, b) => {
        const there = changeBetween(exactly(a), exactly(b))!;
        const back = changeBetween(exactly(b), exactly(a))!;
        expect((1 + there.percent! / 100) * (1 + back.percent! / 100)).toBeCloseTo(1, 6);
        expect(back.absolute + there.absolute).toBe(0);
      }),
    );
  });
});

test('of repeats the median counts, how many of them are known, and their range', () => {
  expect(comparedFigure([exactly(3), null, exactly(1)])).toEqual({
    value: 2,
    isLowerBound: false,
    repeats: 2,
    lowest: 1,
    highest: 3,
  });
  expect(comparedFigure([exactly(3), { value: 5, isLowerBound: true }])).toMatchObject({ highest: null });
  expect(comparedFigure([null])).toBeNull();
});
