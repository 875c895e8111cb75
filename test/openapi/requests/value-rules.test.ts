import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../../src/kernel/random.js';
import { valuesOf } from '../../../src/openapi/requests/value-rules.js';

const ascending = (values: readonly unknown[]): number[] => [...(values as number[])].sort((a, b) => a - b);

describe('a range', () => {
  test('of 1 to 2000 gives each number exactly once, in no order', () => {
    const values = valuesOf({ range: [1, 2000] }, seededRandom(1));
    expect(ascending(values)).toEqual(Array.from({ length: 2000 }, (_, at) => at + 1));
    expect(values).not.toEqual(ascending(values));
  });

  test('comes in the same order for the same seed, in another for another', () => {
    const of = (seed: number): readonly unknown[] => valuesOf({ range: [1, 2000] }, seededRandom(seed));
    expect(of(7)).toEqual(of(7));
    expect(of(7)).not.toEqual(of(8));
  });

  test('stays within its ends, without doubles, evenly thinned where it is long', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 0, max: 50_000 }), (from, span) => {
        const values = ascending(valuesOf({ range: [from, from + span] }, seededRandom(1)));
        expect(values).toHaveLength(Math.min(span + 1, 10_000));
        const widest = Math.max(...values.slice(1).map((value, at) => value - values[at]!), 0);
        const narrowest = Math.min(...values.slice(1).map((value, at) => value - values[at]!), 1);
        expect(values[0]).toBe(from);
        expect(values.at(-1)).toBeLessThanOrEqual(from + span);
        expect(narrowest).toBeGreaterThanOrEqual(1);
        expect(widest).toBeLessThanOrEqual(Math.ceil((span + 1) / 10_000));
      }),
      { numRuns: 30 },
    );
  });
});

test('a list keeps its order, a single value is always the same', () => {
  expect(valuesOf({ oneOf: ['b', 1, true] }, seededRandom(1))).toEqual(['b', 1, true]);
  expect(valuesOf('x', seededRandom(1))).toEqual(['x']);
  expect(valuesOf(false, seededRandom(1))).toEqual([false]);
});
