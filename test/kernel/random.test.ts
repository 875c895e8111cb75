import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomAt, seededRandom, shuffled, type Random } from '../../src/kernel/random.js';

const take = (count: number, random: Random): number[] => Array.from({ length: count }, () => random());

describe('seededRandom', () => {
  it('gives the sequence of Mulberry32, the same on every machine', () => {
    // Figures of the reference implementation with state 1.
    expect(take(3, seededRandom(1))).toEqual([0.6270739405881613, 0.002735721180215478, 0.5274470399599522]);
  });

  it('stays in [0, 1), and repeats itself for a seed only', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const numbers = take(50, seededRandom(seed));
        expect(numbers.every((number) => number >= 0 && number < 1)).toBe(true);
        expect(take(50, seededRandom(seed))).toEqual(numbers);
        expect(take(50, seededRandom(seed + 1))).not.toEqual(numbers);
      }),
    );
  });

  it('fills its range evenly', () => {
    const tenths = new Array<number>(10).fill(0);
    for (const number of take(100_000, seededRandom(7))) tenths[Math.floor(number * 10)]! += 1;

    for (const count of tenths) expect(Math.abs(count - 10_000)).toBeLessThan(500);
  });
});

describe('randomAt', () => {
  it('gives any number of the sequence without those before it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), fc.nat(3000), (seed, first) => {
        const numbers = Array.from({ length: 5 }, (_, at) => randomAt(seed, first + at));
        expect(numbers).toEqual(take(first + 5, seededRandom(seed)).slice(first));
      }),
    );
  });

  it('comes round after 2³² numbers', () => {
    expect(randomAt(5, 2 ** 32 + 7)).toBe(randomAt(5, 7));
    expect(randomAt(5, 2 ** 31 + 7)).not.toBe(randomAt(5, 7));
  });
});

describe('shuffled', () => {
  it('loses nothing and leaves the original alone', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.nat(), (items, seed) => {
        const before = [...items];
        const ascending = (list: number[]): number[] => list.toSorted((a, b) => a - b);
        expect(ascending(shuffled(items, seededRandom(seed)))).toEqual(ascending(items));
        expect(items).toEqual(before);
      }),
    );
  });

  it('puts every item at every place equally often', () => {
    const random = seededRandom(3);
    const firsts = [0, 0, 0, 0];
    for (let times = 0; times < 8000; times += 1) firsts[shuffled([0, 1, 2, 3], random)[0]!]! += 1;

    for (const count of firsts) expect(Math.abs(count - 2000)).toBeLessThan(200);
  });
});
