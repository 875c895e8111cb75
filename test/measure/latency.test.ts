import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { latencyFigures, LatencyRecorder, mergeLatency } from '../../src/measure/latency.js';

const PERCENTILES = { p50: 0.5, p75: 0.75, p90: 0.9, p95: 0.95, p99: 0.99, p999: 0.999 } as const;
const names = Object.keys(PERCENTILES) as (keyof typeof PERCENTILES)[];

const valueUs = fc.oneof(
  fc.integer({ min: 0, max: 3000 }),
  fc.integer({ min: 0, max: 60_000_000 }),
  fc.double({ min: 0, max: 10_000_000, noNaN: true }),
);
const values = fc.array(valueUs, { maxLength: 300 });
const someValues = fc.array(valueUs, { minLength: 1, maxLength: 300 });

function record(observed: readonly number[], censored: readonly number[] = []) {
  const recorder = new LatencyRecorder();
  for (const value of observed) recorder.observe(value);
  for (const age of censored) recorder.censor(age);
  return recorder.snapshot();
}

/** The nearest rank in a sorted array: the plain arithmetic that the histogram stands for. */
function nearestRank(sorted: readonly number[], quantile: number): number {
  return sorted[Math.max(1, Math.ceil(quantile * sorted.length)) - 1] as number;
}

const ascending = (list: readonly number[]): number[] => list.toSorted((a, b) => a - b);

/** 0.1 % of the value, and one microsecond for the histogram's finest step. */
function expectNear(foundMs: number | null, exactUs: number): void {
  expect(foundMs).not.toBeNull();
  expect(Math.abs(foundMs! * 1000 - exactUs)).toBeLessThanOrEqual(exactUs * 0.001 + 1.01);
}

describe('latencyFigures', () => {
  it('has percentiles within 0.1 % of the nearest rank, never above max', () => {
    fc.assert(
      fc.property(someValues, (list) => {
        const figures = latencyFigures(record(list));
        for (const name of names) {
          expectNear(figures[name], nearestRank(ascending(list), PERCENTILES[name]));
          expect(figures[name]).toBeLessThanOrEqual(figures.max!);
          expect(figures[name]).toBeGreaterThanOrEqual(figures.min!);
        }
        expect([figures.censored, figures.lowerBounds]).toEqual([0, []]);
      }),
      { numRuns: 200 },
    );
  });

  it('has the percentiles of 1 to 10 000 µs where a book would put them', () => {
    const figures = latencyFigures(record(Array.from({ length: 10_000 }, (_, index) => index + 1)));

    expectNear(figures.p50, 5000);
    expectNear(figures.p90, 9000);
    expectNear(figures.p99, 9900);
    expectNear(figures.p999, 9990);
  });

  it('has min, max, mean and stdev exact to a microsecond', () => {
    fc.assert(
      fc.property(someValues, values, (observed, censored) => {
        const figures = latencyFigures(record(observed, censored));
        const all = [...observed, ...censored];
        const mean = all.reduce((sum, value) => sum + value, 0) / all.length;
        const variance = all.reduce((sum, value) => sum + (value - mean) ** 2, 0) / all.length;
        const expectExact = (foundMs: number | null, exactUs: number): void =>
          expect(Math.abs(foundMs! * 1000 - exactUs)).toBeLessThanOrEqual(0.51);
        expectExact(figures.min, Math.min(...observed));
        expectExact(figures.max, Math.max(...all));
        expectExact(figures.mean, mean);
        expectExact(figures.stdev, Math.sqrt(variance));
      }),
      { numRuns: 200 },
    );
  });

  it('loses no digits of the deviation far from zero', () => {
    const list = Array.from({ length: 100_000 }, (_, index) => 3_000_000_000 + (index % 2) * 20);

    expect(latencyFigures(record(list)).stdev).toBe(0.01);
  });

  it('ranks censored values last, and names the figures that they touch', () => {
    // 94 answers of 1 ms, then 6 that were given up: the young ones too are slower than all answers.
    const observed = Array.from({ length: 94 }, () => 1000);
    const figures = latencyFigures(record(observed, [200, 300, 400, 50_000, 60_000, 70_000]));

    expect(figures).toMatchObject({ p50: 1, p75: 1, p90: 1, p95: 1, min: 1, max: 70, censored: 6 });
    expectNear(figures.p99, 60_000);
    expectNear(figures.p999, 70_000);
    expect(figures.lowerBounds.toSorted()).toEqual(['max', 'mean', 'p95', 'p99', 'p999', 'stdev']);
  });

  it('names a percentile in lowerBounds exactly when its rank is beyond the observed values', () => {
    fc.assert(
      fc.property(values, someValues, (observed, censored) => {
        const { lowerBounds, ...figures } = latencyFigures(record(observed, censored));
        const all = observed.length + censored.length;
        for (const name of names) {
          const rank = Math.max(1, Math.ceil(PERCENTILES[name] * all));
          expect(lowerBounds.includes(name)).toBe(rank > observed.length);
          if (rank > observed.length) {
            const slowest = Math.max(0, ...observed);
            const age = ascending(censored)[rank - observed.length - 1] as number;
            expectNear(figures[name], Math.max(slowest, age));
          } else expectNear(figures[name], ascending(observed)[rank - 1] as number);
        }
        expect(lowerBounds).toEqual(expect.arrayContaining(['mean', 'max', 'stdev']));
        expect(lowerBounds.includes('min')).toBe(observed.length === 0);
        expect(figures.censored).toBe(censored.length);
      }),
    );
  });

  it('has percentiles that never fall from one to the next', () => {
    fc.assert(
      fc.property(values, values, (observed, censored) => {
        const figures = latencyFigures(record(observed, censored));
        const line = names.map((name) => figures[name] ?? 0);
        expect(line).toEqual(ascending(line));
      }),
    );
  });

  it('is all nulls without values', () => {
    expect(latencyFigures(record([]))).toEqual({
      min: null,
      mean: null,
      stdev: null,
      p50: null,
      p75: null,
      p90: null,
      p95: null,
      p99: null,
      p999: null,
      max: null,
      censored: 0,
      lowerBounds: [],
    });
  });

  it('has one value for everything when there is only one', () => {
    expect(latencyFigures(record([1234.4]))).toMatchObject({
      min: 1.234,
      p50: 1.234,
      p999: 1.234,
      max: 1.234,
      mean: 1.234,
      stdev: 0,
    });
  });
});

describe('mergeLatency', () => {
  it('gives the figures of the whole, however it was split', () => {
    const part = fc.record({ observed: values, censored: fc.array(valueUs, { maxLength: 30 }) });
    fc.assert(
      fc.property(fc.array(part, { maxLength: 4 }), (parts) => {
        const merged = mergeLatency(parts.map(({ observed, censored }) => record(observed, censored)));
        const whole = record(
          parts.flatMap(({ observed }) => observed),
          parts.flatMap(({ censored }) => censored),
        );
        const figures = latencyFigures(merged);
        for (const [name, exact] of Object.entries(latencyFigures(whole))) {
          const found = figures[name as keyof typeof figures];
          if (typeof exact === 'number') expect(found).toBeCloseTo(exact, 2);
          else expect(found).toEqual(exact);
        }
        expect(merged.observed.histogram).toBe(whole.observed.histogram);
        expect(merged.censored.histogram).toBe(whole.censored.histogram);
      }),
      { numRuns: 60 },
    );
  });
});
