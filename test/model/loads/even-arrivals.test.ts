import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evenArrivals } from '../../../src/model/loads/even-arrivals.js';

describe('constantRate', () => {
  it.each([
    [1000, 10_000, 10_000],
    [1, 1000, 1],
    [0.5, 1000, 1],
    [0.5, 2001, 2],
    [3, 1000, 3],
    [3, 1001, 4],
    [1 / 3, 3000, 1],
    [0.1, 30_000, 3],
    [49, 1000, 49],
    [1000, 0.5, 1],
  ])('plans at %d/s for %d ms exactly %d requests', (rate, durationMs, planned) => {
    expect(evenArrivals(rate, durationMs).planned).toBe(planned);
  });

  it('gives request i the instant i / rate, without adding up gaps', () => {
    const schedule = evenArrivals(3, 1_000_000); // 3000 requests

    expect(schedule.dueAtUs(0)).toBe(0);
    expect(schedule.dueAtUs(1)).toBeCloseTo(333_333.333, 3);
    expect(schedule.dueAtUs(2999)).toBe((2999 * 1e6) / 3);
  });

  it('plans the number of i with due(i) < duration, for fractional rates and durations too', () => {
    const durations = fc.double({ min: 0.01, max: 100_000, noNaN: true });
    const arbitrary = fc.tuple(fc.double({ min: 0.01, max: 100_000, noNaN: true }), durations);
    // A whole number of requests but for the rounding, where a formula is most easily one off.
    const whole = fc
      .tuple(fc.integer({ min: 1, max: 100_000 }), durations)
      .map(([requests, durationMs]) => [(requests * 1000) / durationMs, durationMs] as const);
    fc.assert(
      fc.property(fc.oneof(arbitrary, whole), ([rate, durationMs]) => {
        const { planned } = evenArrivals(rate, durationMs);
        expect(((planned - 1) * 1e6) / rate).toBeLessThan(durationMs * 1000);
        expect((planned * 1e6) / rate).toBeGreaterThanOrEqual(durationMs * 1000);
      }),
      { numRuns: 500 },
    );
  });
});
