import { describe, expect, test } from 'vitest';
import { syntheticPairs } from '../../../benchmarks/comparing/synthetic-pairs.js';
import { judgePairs, type JudgedCell } from '../../../src/analyze/compare/verdicts/judge-pairs.js';
import { seededRandom } from '../../../src/kernel/random.js';

const CELLS = 60;

interface Plan {
  readonly repeats: number;
  readonly changed?: number;
  readonly factor?: number;
  readonly tails?: 'normal' | 'heavy';
}

/** The judged cells of so many made-up comparisons, each of 60 cells whose runs vary by about 6 %. */
function comparisons(count: number, seed: number, plan: Plan, noise = 0.06): JudgedCell[][] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () =>
    judgePairs(syntheticPairs(random, { cells: CELLS, ...plan }), {
      pairOf: () => undefined,
      noise: () => noise,
      isSame: false,
    }),
  );
}

const shareOf = <Item>(items: readonly Item[], isOne: (item: Item) => boolean): number =>
  items.filter(isOne).length / items.length;
const isRegressed = ({ outcome }: JudgedCell): boolean => outcome === 'REGRESSED';

describe('of comparisons of 60 cells in which nothing has changed', () => {
  test.each([
    { repeats: 3, count: 700, tails: 'normal' as const },
    { repeats: 5, count: 1000, tails: 'normal' as const },
    { repeats: 5, count: 500, tails: 'heavy' as const },
  ])('5 % at most have any false REGRESSED: %o', ({ count, ...plan }) => {
    const judged = comparisons(count, 20, plan);
    expect(shareOf(judged, (cells) => cells.some(isRegressed))).toBeLessThanOrEqual(0.05);
  });

  test('none says more than SUSPECT of single runs', () => {
    const judged = comparisons(100, 21, { repeats: 1, changed: 10, factor: 3 });
    const outcomes = new Set(judged.flat().map(({ outcome }) => outcome));
    expect(outcomes).toContain('SUSPECT');
    expect(outcomes).not.toContain('REGRESSED');
    expect(outcomes).not.toContain('IMPROVED');
  });

  test('single runs are rarely suspected where the noise between runs is known', () => {
    const judged = comparisons(500, 22, { repeats: 1 });
    expect(shareOf(judged, (cells) => cells.some(({ outcome }) => outcome === 'SUSPECT'))).toBeLessThanOrEqual(0.05);
  });
});

describe('of cells that are 20 % slower', () => {
  test('70 % at least are found with five repeats, and hardly another', () => {
    const judged = comparisons(200, 23, { repeats: 5, changed: 6, factor: 1.2 });
    expect(shareOf(judged.flatMap((cells) => cells.slice(0, 6)), isRegressed)).toBeGreaterThanOrEqual(0.7);
    expect(shareOf(judged, (cells) => cells.slice(6).some(isRegressed))).toBeLessThanOrEqual(0.05);
  });
});

test('where runs vary by 1 %, what has not changed is UNCHANGED, and 10 % is found in every cell', () => {
  const random = seededRandom(24);
  const pairs = syntheticPairs(random, { cells: CELLS, repeats: 5, changed: 6, factor: 1.15, spread: 0.01 });
  const judged = judgePairs(pairs, { pairOf: () => undefined, noise: () => 0.01, isSame: false });
  expect(judged.slice(0, 6).map(({ outcome }) => outcome)).toEqual(Array(6).fill('REGRESSED'));
  expect(shareOf(judged.slice(6), ({ outcome }) => outcome === 'UNCHANGED')).toBeGreaterThan(0.9);
});
