import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { planRuns, type AbRun } from '../../../src/app/ab/plan-runs.js';

const asked = fc.record({
  seed: fc.integer({ min: 0, max: 4_294_967_295 }),
  repeats: fc.integer({ min: 1, max: 40 }),
});

function pairsOf(runs: readonly AbRun[]): AbRun[][] {
  return Array.from({ length: runs.length / 2 }, (_, at) => runs.slice(2 * at, 2 * at + 2));
}

describe('the runs of bench ab', () => {
  test('are as many of each side, numbered from 1, each with a folder of its own', () => {
    fc.assert(
      fc.property(asked, ({ seed, repeats }) => {
        const runs = planRuns({ seed, repeats });
        const numbers = Array.from({ length: repeats }, (_, before) => before + 1);
        for (const [side, letter] of [
          ['base', 'a'],
          ['candidate', 'b'],
        ] as const) {
          const names = runs.filter((run) => run.side === side).map(({ name }) => name);
          expect(names).toEqual(numbers.map((number) => `${letter}-${number}`));
        }
      }),
    );
  });

  test('come in pairs that share a seed, each pair with another one', () => {
    fc.assert(
      fc.property(asked, (plan) => {
        const pairs = pairsOf(planRuns(plan));
        for (const [at, [first, second]] of pairs.entries()) {
          expect(first).toMatchObject({ pair: at + 1, seed: second?.seed });
          expect([first?.side, second?.side].sort()).toEqual(['base', 'candidate']);
        }
        expect(new Set(pairs.map(([first]) => first?.seed)).size).toBe(pairs.length);
      }),
    );
  });

  test('are in the order ABBA: a pair begins with the side that ended the one before', () => {
    fc.assert(
      fc.property(asked, (plan) => {
        const pairs = pairsOf(planRuns(plan));
        for (const [at, [first]] of pairs.entries())
          if (at > 0) expect(first?.side).toBe(pairs[at - 1]?.[1]?.side);
      }),
    );
  });

  test('favour neither side when the machine changes evenly: the mean place of both is the same over two pairs', () => {
    fc.assert(
      fc.property(asked, ({ seed, repeats }) => {
        const runs = planRuns({ seed, repeats: 2 * repeats });
        const sumOf = (side: AbRun['side']): number =>
          runs.reduce((sum, run, place) => sum + (run.side === side ? place : 0), 0);
        expect(sumOf('base')).toBe(sumOf('candidate'));
      }),
    );
  });

  test('are begun by either side, as the seed says, and the same for the same seed', () => {
    const firsts = Array.from({ length: 200 }, (_, seed) => planRuns({ seed, repeats: 1 })[0]?.side);
    const baseFirst = firsts.filter((side) => side === 'base').length;
    expect(baseFirst).toBeGreaterThan(70);
    expect(baseFirst).toBeLessThan(130);
    expect(planRuns({ seed: 7, repeats: 5 })).toEqual(planRuns({ seed: 7, repeats: 5 }));
  });
});
