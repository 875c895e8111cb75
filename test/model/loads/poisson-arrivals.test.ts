import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { poissonArrivals } from '../../../src/model/loads/poisson-arrivals.js';
import { seed } from '../../support/loads.js';
import { duesOf } from '../../support/schedules.js';

const RATE = 1000;
const DURATION_MS = 200_000;
const dues = duesOf(poissonArrivals(RATE, DURATION_MS, 42));
/** In multiples of the mean gap; the first one is that before the first request. */
const gaps = dues.map((due, index) => ((due - (dues[index - 1] ?? 0)) * RATE) / 1e6);
const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
const variance = (values: readonly number[]): number => {
  const middle = mean(values);
  return mean(values.map((value) => (value - middle) ** 2));
};

// The bounds are four standard errors of some 200,000 gaps; the seed is fixed, so nothing flickers.
describe('poisson', () => {
  it('makes gaps with the mean and the variance of exponential ones', () => {
    expect(Math.abs(gaps.length - 200_000)).toBeLessThan(4 * Math.sqrt(200_000));
    expect(Math.abs(mean(gaps) - 1)).toBeLessThan(4 / Math.sqrt(gaps.length));
    expect(Math.abs(variance(gaps) - 1)).toBeLessThan(4 * Math.sqrt(8 / gaps.length));
  });

  it.each([0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 0.999])(
    'makes gaps of which a share of %d is below that quantile',
    (share) => {
      const quantile = -Math.log(1 - share);
      const below = gaps.filter((gap) => gap < quantile).length / gaps.length;
      expect(Math.abs(below - share)).toBeLessThan(4 * Math.sqrt((share * (1 - share)) / gaps.length));
    },
  );

  it.each([10, 100, 1000])('makes counts in %d ms as spread as they are large', (periodMs) => {
    const counts = new Array<number>(DURATION_MS / periodMs).fill(0);
    for (const due of dues) counts[Math.floor(due / 1000 / periodMs)]! += 1;
    expect(Math.abs(variance(counts) / mean(counts) - 1)).toBeLessThan(4 * Math.sqrt(2 / counts.length));
  });

  it('makes gaps that know nothing of the one before, nor of the block before', () => {
    for (const lag of [1, 2, 1024]) {
      const products = gaps.slice(lag).map((gap, index) => (gap - 1) * (gaps[index]! - 1));
      expect(Math.abs(mean(products))).toBeLessThan(4 / Math.sqrt(products.length));
    }
  });

  it('plans what is due before the end of its duration, and goes on from there when it is longer', () => {
    const rates = fc.double({ min: 0.1, max: 5000, noNaN: true });
    const durations = fc.integer({ min: 1, max: 2000 });
    fc.assert(
      fc.property(rates, durations, seed, (rate, durationMs, from) => {
        const longer = duesOf(poissonArrivals(rate, durationMs * 2, from));
        const before = longer.filter((due) => due < durationMs * 1000);
        expect(duesOf(poissonArrivals(rate, durationMs, from))).toEqual(before);
      }),
    );
  });

  it('gives the same arrivals for the same seed, others for another one', () => {
    fc.assert(
      fc.property(seed, (from) => {
        const once = duesOf(poissonArrivals(100, 1000, from));
        expect(duesOf(poissonArrivals(100, 1000, from))).toEqual(once);
        expect(duesOf(poissonArrivals(100, 1000, from ^ 1))).not.toEqual(once);
      }),
    );
  });

  it('gives the same arrivals at another rate, only closer together', () => {
    const slow = duesOf(poissonArrivals(100, 2000, 5));
    const fast = duesOf(poissonArrivals(200, 1000, 5));
    expect(fast).toHaveLength(slow.length);
    slow.forEach((due, index) => expect(fast[index]).toBeCloseTo(due / 2, 6));
  });

  it('gives the same due times in any order, over several blocks of gaps', () => {
    const whole = duesOf(poissonArrivals(5000, 1000, 3));
    const schedule = poissonArrivals(5000, 1000, 3);
    const index = fc.nat(whole.length - 1);
    fc.assert(
      fc.property(fc.array(index, { maxLength: 20 }), (indices) => {
        expect(indices.map((one) => schedule.dueAtUs(one))).toEqual(indices.map((one) => whole[one]));
      }),
    );
  });

  it('may plan no request at all', () => {
    const schedule = poissonArrivals(0.001, 1, 1);
    expect([schedule.planned, schedule.dueAtUs(0)]).toEqual([0, undefined]);
  });
});
