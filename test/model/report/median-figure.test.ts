import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Figure } from '../../../src/model/figures/figure.js';
import { medianFigure } from '../../../src/model/report/median-figure.js';

const exact = (value: number): Figure => ({ value, isLowerBound: false });
const bound = (value: number): Figure => ({ value, isLowerBound: true });

describe('the median of repeats', () => {
  test.each<[string, (Figure | null)[], Figure | null]>([
    ['is the middle one', [exact(9), exact(1), exact(5)], exact(5)],
    ['is the mean of the two middle ones', [exact(1), exact(3), exact(5), exact(100)], exact(4)],
    ['leaves out what is not known', [null, exact(2), null], exact(2)],
    ['is not known when nothing is', [null, null], null],
    ['stays exact when only a figure above it is a bound', [exact(1), exact(2), bound(9)], exact(2)],
    ['stays exact when only one of its equals is a bound', [exact(2), bound(2), exact(2)], exact(2)],
    ['is a bound when one below it may belong above it', [bound(1), exact(2), exact(9)], bound(2)],
    ['is a bound when it is one itself', [exact(1), bound(2), exact(9)], bound(2)],
  ])('%s', (_, figures, expected) => {
    expect(medianFigure(figures)).toEqual(expected);
  });

  test('is what it says it is, however high the bounds really are', () => {
    const figure = fc.record({ value: fc.integer({ min: 0, max: 20 }), isLowerBound: fc.boolean() });
    const withMore = fc.tuple(figure, fc.integer({ min: 0, max: 30 }));
    fc.assert(
      fc.property(fc.array(withMore, { minLength: 1, maxLength: 7 }), (list) => {
        const stated = medianFigure(list.map(([one]) => one))!;
        const real = medianFigure(
          list.map(([{ value, isLowerBound }, extra]) => exact(isLowerBound ? value + extra : value)),
        )!;
        expect(real.value).toBeGreaterThanOrEqual(stated.value);
        if (!stated.isLowerBound) expect(real.value).toBe(stated.value);
      }),
    );
  });
});
