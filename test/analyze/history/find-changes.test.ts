import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findChanges } from '../../../src/analyze/history/find-changes.js';

interface OtavaPoints {
  readonly window: number;
  readonly maxPValue: number;
  readonly series: readonly {
    readonly kind: string;
    readonly values: readonly number[];
    /** By the least magnitude. */
    readonly points: Readonly<Record<string, readonly number[]>>;
  }[];
}

const otava = JSON.parse(
  readFileSync(new URL('../../fixtures/history/otava-points.json', import.meta.url), 'utf8'),
) as OtavaPoints;

const usual = { windowLength: 50, maxPValue: 0.001, minMagnitude: 0.05 };

function indexes(values: readonly number[], minMagnitude = 0.05): number[] {
  return findChanges(values, { ...usual, minMagnitude }).map(({ index }) => index);
}

describe('the change points of Apache Otava', () => {
  test.each(['0.0', '0.05'])('are found in all of its series, with a least magnitude of %s', (least) => {
    const found = otava.series.map(({ kind, values }) => ({ kind, points: indexes(values, Number(least)) }));
    expect(found).toEqual(otava.series.map(({ kind, points }) => ({ kind, points: points[least] })));
  });

  test('are many, and in some series none', () => {
    const counts = otava.series.map(({ points }) => points['0.05']?.length ?? 0);
    expect(otava.series.length).toBeGreaterThan(300);
    expect(counts.filter((count) => count > 0).length).toBeGreaterThan(100);
    expect(counts.filter((count) => count > 1).length).toBeGreaterThan(30);
    expect(counts.filter((count) => count === 0).length).toBeGreaterThan(100);
  });
});

describe('a change point', () => {
  const series = fc.array(fc.double({ min: 1, max: 1000, noNaN: true }), { maxLength: 70 });

  test('is where two levels meet, with their means', () => {
    const [only, ...others] = findChanges([10, 10.1, 9.9, 10, 10.1, 20, 20.2, 19.9, 20.1], usual);
    expect(others).toEqual([]);
    expect(only?.index).toBe(5);
    expect(only?.shift.before.mean).toBeCloseTo(10.02);
    expect(only?.shift.after).toMatchObject({ runs: 4 });
    expect(only?.shift.after.mean).toBeCloseTo(20.05);
    expect(only?.shift.pValue).toBeLessThan(1e-6);
  });

  test('lies inside its series, and all are in order', () => {
    fc.assert(
      fc.property(series, (values) => {
        const found = indexes(values);
        expect(found).toEqual([...new Set(found)].sort((a, b) => a - b));
        expect(found.every((index) => index > 0 && index < values.length)).toBe(true);
      }),
    );
  });

  test('stays where it is in another unit', () => {
    fc.assert(
      // A power of two, so that no digit changes.
      fc.property(series, fc.constantFrom(0.25, 2, 1024), (values, factor) => {
        expect(indexes(values.map((value) => value * factor))).toEqual(indexes(values));
      }),
    );
  });

  test('has no part of equal values on both sides', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -5, max: 5, noNaN: true }),
        fc.integer({ min: 0, max: 70 }),
        (value, length) => {
          expect(indexes(Array.from<number>({ length }).fill(value), 0)).toEqual([]);
        },
      ),
    );
  });
});
