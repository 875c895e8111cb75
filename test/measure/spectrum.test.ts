import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { latencyFigures, LatencyRecorder } from '../../src/measure/latency.js';
import { spectrumOf } from '../../src/measure/spectrum.js';
import type { Spectrum } from '../../src/model/report/report.js';
import type { LatencyFigures } from '../../src/model/results/operation-record.js';
import { NAMED_QUANTILES, spectrumAt } from '../../src/model/report/spectrum-at.js';

const valueUs = fc.oneof(
  fc.integer({ min: 0, max: 3000 }),
  fc.integer({ min: 0, max: 60_000_000 }),
  fc.double({ min: 0, max: 10_000_000, noNaN: true }),
);
const values = fc.array(valueUs, { maxLength: 200 });

interface Known {
  readonly figures: LatencyFigures;
  readonly spectrum: Spectrum;
}

function known(observed: readonly number[], censored: readonly number[] = []): Known {
  const recorder = new LatencyRecorder();
  for (const value of observed) recorder.observe(value);
  for (const age of censored) recorder.censor(age);
  const snapshot = recorder.snapshot();
  const figures = latencyFigures(snapshot);
  return {
    figures,
    spectrum: spectrumOf(figures, snapshot.observed.histogram, snapshot.censored.histogram),
  };
}

const FIGURES = { p50: 0.5, p75: 0.75, p90: 0.9, p95: 0.95, p99: 0.99, p999: 0.999, max: 1 } as const;

describe('a spectrum', () => {
  it('has the figures of the cell at their percentiles, and knows which are lower bounds', () => {
    fc.assert(
      fc.property(values, values, (observed, censored) => {
        const { figures, spectrum } = known(observed, censored);
        for (const [name, quantile] of Object.entries(FIGURES) as [keyof typeof FIGURES, number][]) {
          const point = spectrumAt(spectrum, quantile);
          if (figures[name] === null) expect(point).toBeUndefined();
          else {
            // The longest answer among what never ended is not stored, so there the bucket may show.
            const bucketMs = censored.length > 0 ? figures[name] * 0.001 : 0;
            expect(Math.abs(point!.valueMs - figures[name])).toBeLessThanOrEqual(0.00101 + bucketMs);
            expect(point!.isLowerBound).toBe(figures.lowerBounds.includes(name));
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  it('has the value of the nearest rank at every percentile with a name, within 0.1 %', () => {
    fc.assert(
      fc.property(fc.array(valueUs, { minLength: 1, maxLength: 1200 }), (observed) => {
        const { spectrum } = known(observed);
        const sorted = observed.toSorted((a, b) => a - b);
        for (const quantile of NAMED_QUANTILES) {
          const exactUs = sorted[Math.max(1, Math.ceil(quantile * sorted.length)) - 1]!;
          const foundUs = spectrumAt(spectrum, quantile)!.valueMs * 1000;
          expect(Math.abs(foundUs - exactUs)).toBeLessThanOrEqual(exactUs * 0.001 + 1.01);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('never falls, counts up to all requests, and ends at the longest', () => {
    fc.assert(
      fc.property(values, values, (observed, censored) => {
        const { figures, spectrum } = known(observed, censored);
        const { points, count } = spectrum;
        expect(count).toBe(observed.length + censored.length);
        for (const [at, point] of points.entries()) {
          const before = points[at - 1];
          expect(point.quantile).toBeCloseTo(point.count / count, 12);
          if (before === undefined) continue;
          expect(point.valueMs).toBeGreaterThanOrEqual(before.valueMs);
          expect(point.count).toBeGreaterThan(before.count);
          expect(Number(point.isLowerBound)).toBeGreaterThanOrEqual(Number(before.isLowerBound));
        }
        const last = points.at(-1);
        if (count === 0) expect(points).toEqual([]);
        else expect(last).toMatchObject({ count, quantile: 1 });
        if (last !== undefined) expect(Math.abs(last.valueMs - figures.max!)).toBeLessThanOrEqual(0.00101);
      }),
      { numRuns: 40 },
    );
  });

  it('stops before 1 where the ages of what never ended were not stored', () => {
    const recorder = new LatencyRecorder();
    for (let value = 1; value <= 90; value += 1) recorder.observe(value * 1000);
    for (let age = 1; age <= 10; age += 1) recorder.censor(1_000_000);
    const snapshot = recorder.snapshot();
    const { count, points } = spectrumOf(latencyFigures(snapshot), snapshot.observed.histogram);
    expect(count).toBe(100);
    expect(points.at(-1)).toMatchObject({ quantile: 0.9, count: 90, isLowerBound: false });
    expect(spectrumAt({ count, points }, 0.95)).toBeUndefined();
  });

  it('stays short, however many requests there are', () => {
    const { spectrum } = known(Array.from({ length: 100_000 }, (_, at) => 100 + ((at * 7919) % 1_000_003)));
    expect(spectrum.points.length).toBeLessThan(200);
  });
});
