import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { changeBetween, medianOf } from '../../../src/analyze/compare/change.js';
import type { Figure } from '../../../src/model/cell-metrics.js';

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

describe('the median', () => {
  test.each<[string, (Figure | null)[], ReturnType<typeof medianOf>]>([
    ['of nothing', [], null],
    ['of nothing known', [null, null], null],
    ['of one', [exactly(3)], { value: 3, isLowerBound: false, repeats: 1 }],
    ['of an even number', [exactly(3), exactly(1)], { value: 2, isLowerBound: false, repeats: 2 }],
    ['leaves out what is not known', [null, exactly(1)], { value: 1, isLowerBound: false, repeats: 1 }],
    [
      'is exact when the bounds lie beyond it',
      [atLeast(9), exactly(1), exactly(2)],
      { value: 2, isLowerBound: false, repeats: 3 },
    ],
    [
      'is a bound when one lies below it',
      [atLeast(1), exactly(2), exactly(3)],
      { value: 2, isLowerBound: true, repeats: 3 },
    ],
  ])('%s', (_, figures, median) => {
    expect(medianOf(figures)).toEqual(median);
  });

  test('is what it says it is, however high the bounds really are', () => {
    const figure = fc.record({ value: fc.integer({ min: 0, max: 20 }), isLowerBound: fc.boolean() });
    const withMore = fc.tuple(figure, fc.integer({ min: 0, max: 30 }));
    fc.assert(
      fc.property(fc.array(withMore, { minLength: 1, maxLength: 7 }), (list) => {
        const stated = medianOf(list.map(([one]) => one))!;
        const real = medianOf(
          list.map(([{ value, isLowerBound }, extra]) => exactly(isLowerBound ? value + extra : value)),
        )!;
        expect(real.value).toBeGreaterThanOrEqual(stated.value);
        if (!stated.isLowerBound) expect(real.value).toBe(stated.value);
      }),
    );
  });
});
