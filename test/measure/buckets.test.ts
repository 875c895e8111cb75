import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addCounts,
  BUCKET_COUNT,
  bucketOf,
  coarseCounts,
  lowerEdgeUs,
  quantileUs,
  type SparseCounts,
} from '../../src/measure/buckets.js';

const valueUs = fc.double({ min: 1, max: 2 ** 32 - 1, noNaN: true });

function countsOf(values: readonly number[]): SparseCounts {
  return addCounts([values.map((value) => [bucketOf(value), 1])]);
}

describe('bucketOf', () => {
  it('holds each value between its own edge and the next', () => {
    fc.assert(
      fc.property(valueUs, (value) => {
        const bucket = bucketOf(value);
        expect(lowerEdgeUs(bucket)).toBeLessThanOrEqual(value);
        expect(lowerEdgeUs(bucket + 1)).toBeGreaterThan(value);
      }),
      { numRuns: 2000 },
    );
  });

  it('finds every bucket again by its lower edge', () => {
    const buckets = Array.from({ length: BUCKET_COUNT }, (_, bucket) => bucket);
    expect(buckets.map((bucket) => bucketOf(lowerEdgeUs(bucket)))).toEqual(buckets);
  });

  it('has buckets at most 0.8 % wide', () => {
    for (let bucket = 0; bucket < BUCKET_COUNT - 1; bucket += 1) {
      expect(lowerEdgeUs(bucket + 1) / lowerEdgeUs(bucket)).toBeLessThanOrEqual(1 + 1 / 128);
    }
  });

  it.each([
    [0, 0],
    [-5, 0],
    [0.3, 0],
    [Number.NaN, 0],
    [2 ** 32, BUCKET_COUNT - 1],
    [1e12, BUCKET_COUNT - 1],
  ])('puts %d into the bucket at the end of its side', (value, bucket) => {
    expect(bucketOf(value)).toBe(bucket);
  });
});

describe('addCounts', () => {
  it('adds by bucket and sorts', () => {
    expect(
      addCounts([
        [
          [7, 1],
          [2, 2],
        ],
        [[7, 3]],
        [],
      ]),
    ).toEqual([
      [2, 2],
      [7, 4],
    ]);
  });
});

describe('quantileUs', () => {
  it('is null without counts', () => {
    expect(quantileUs([], 0.5)).toBeNull();
  });

  it('is within 0.4 % of the nearest rank of the sorted values', () => {
    const values = fc.array(valueUs, { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(values, fc.constantFrom(0, 0.5, 0.9, 0.99, 1), (list, quantile) => {
        const rank = Math.max(1, Math.ceil(quantile * list.length));
        const exact = list.toSorted((a, b) => a - b)[rank - 1] as number;
        const found = quantileUs(countsOf(list), quantile) as number;
        expect(Math.abs(found / exact - 1)).toBeLessThanOrEqual(0.004);
      }),
    );
  });
});

describe('coarseCounts', () => {
  it('loses no count, and groups by edges 6 to 12.5 % apart', () => {
    fc.assert(
      fc.property(fc.array(valueUs, { minLength: 1, maxLength: 200 }), (list) => {
        const coarse = coarseCounts(countsOf(list));
        expect(coarse.reduce((sum, [, count]) => sum + count, 0)).toBe(list.length);
        const edges = coarse.map(([edge]) => edge);
        edges.slice(1).forEach((edge, at) => {
          expect(edge / (edges[at] as number)).toBeGreaterThan(1.06);
        });
        expect(edges[0]).toBeLessThanOrEqual(Math.min(...list) + 0.001);
        expect(edges[0]! * 1.126).toBeGreaterThan(Math.min(...list));
      }),
    );
  });
});
