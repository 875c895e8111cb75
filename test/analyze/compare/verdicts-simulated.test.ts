import { describe, expect, test, vi } from 'vitest';
import { syntheticPairs, syntheticRuns, type Plan } from '../../../benchmarks/comparing/synthetic-pairs.js';
import { estimateChanges } from '../../../src/analyze/compare/statistics/estimate-changes.js';
import { settleAll, type Draft } from '../../../src/analyze/compare/verdicts/draft.js';
import { JUDGED_FIGURES } from '../../../src/analyze/compare/verdicts/judged-figures.js';
import { judgeLogChange } from '../../../src/analyze/compare/verdicts/judge-log-change.js';
import { judgePairs } from '../../../src/analyze/compare/verdicts/judge-pairs.js';
import { CHANGE_VERDICTS, type ChangeVerdict } from '../../../src/model/results/comparison.js';
import { seededRandom, type Random } from '../../../src/kernel/random.js';

type Outcome = ChangeVerdict | null;
const CELLS = 60;
/** Seconds of a core; on a machine that does much else a multiple of it. */
vi.setConfig({ testTimeout: 120_000 });

/** What is said of each of 60 cells, whose runs vary by 6 %, of some by more and of some by less. */
function outcomesOf(random: Random, plan: Omit<Plan, 'cells'>): Outcome[] {
  const runs = syntheticRuns(random, { cells: CELLS, ...plan });
  const drafts = JUDGED_FIGURES.filter(({ family }) => family === 'primary').flatMap((figure): Draft[] => {
    const valueOf = (run: (typeof runs)[number]['base'][number]): number =>
      figure.id === 'p50' ? run.p50 : run.p99;
    const values = runs.map(({ base, candidate }) => ({
      base: base.map(valueOf),
      candidate: candidate.map(valueOf),
      isPaired: false,
    }));
    const { id, family, marginPercent } = figure;
    const repeats = { base: plan.repeats, candidate: plan.repeats };
    const named = { figure: id, title: id, unit: 'ms', better: 'lower', family, repeats } as const;
    return estimateChanges(values).map((estimate) =>
      judgeLogChange({ named, basis: 'repeats', marginPercent, estimate }),
    );
  });
  const judged = settleAll(drafts);
  return runs.map((_, at) => {
    const verdicts = [judged[at]?.verdict, judged[at + CELLS]?.verdict];
    return CHANGE_VERDICTS.find((one) => verdicts.includes(one)) ?? null;
  });
}

/** So many comparisons, the same ones every time. */
function comparisons(count: number, seed: number, plan: Omit<Plan, 'cells'>): Outcome[][] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => outcomesOf(random, plan));
}

const shareOf = <Item>(items: readonly Item[], isOne: (item: Item) => boolean): number =>
  items.filter(isOne).length / items.length;
const isRegressed = (outcome: Outcome): boolean => outcome === 'REGRESSED';

describe('of comparisons of 60 cells in which nothing has changed', () => {
  test.each<{ count: number } & Omit<Plan, 'cells'>>([
    { repeats: 3, count: 700 },
    { repeats: 5, count: 1000 },
    { repeats: 5, count: 400, tails: 'heavy' },
  ])('5 % at most have any false REGRESSED: %o', ({ count, ...plan }) => {
    const outcomes = comparisons(count, 20, plan);
    expect(shareOf(outcomes, (cells) => cells.some(isRegressed))).toBeLessThanOrEqual(0.05);
  });
});

test('of cells that are 20 % slower, 70 % at least are found with five repeats, and hardly another', () => {
  const outcomes = comparisons(300, 23, { repeats: 5, changed: 6, factor: 1.2 });
  expect(
    shareOf(
      outcomes.flatMap((cells) => cells.slice(0, 6)),
      isRegressed,
    ),
  ).toBeGreaterThanOrEqual(0.7);
  expect(shareOf(outcomes, (cells) => cells.slice(6).some(isRegressed))).toBeLessThanOrEqual(0.05);
});

test('where runs vary by 2.5 %, what is 20 % slower is found in every cell, and most others are UNCHANGED', () => {
  const outcomes = comparisons(20, 24, { repeats: 5, changed: 6, factor: 1.2, spread: 0.025 });
  expect(
    shareOf(
      outcomes.flatMap((cells) => cells.slice(0, 6)),
      isRegressed,
    ),
  ).toBeGreaterThan(0.98);
  expect(
    shareOf(
      outcomes.flatMap((cells) => cells.slice(6)),
      (one) => one === 'UNCHANGED',
    ),
  ).toBeGreaterThan(0.75);
});

describe('of single runs', () => {
  const singleRuns = (count: number, plan: Omit<Plan, 'cells' | 'repeats'>): Outcome[][] => {
    const random = seededRandom(21);
    const evidence = { pairOf: () => undefined, noise: () => 0.06, isSame: false };
    return Array.from({ length: count }, () =>
      judgePairs(syntheticPairs(random, { cells: CELLS, repeats: 1, ...plan }), evidence).map(
        ({ outcome }) => outcome,
      ),
    );
  };

  test('none says more than SUSPECT', () => {
    const outcomes = new Set(singleRuns(10, { changed: 10, factor: 3 }).flat());
    expect(outcomes).toContain('SUSPECT');
    expect(outcomes).not.toContain('REGRESSED');
    expect(outcomes).not.toContain('IMPROVED');
  });

  test('few are suspected where nothing has changed and the noise is known', () => {
    const outcomes = singleRuns(100, {});
    expect(shareOf(outcomes, (cells) => cells.includes('SUSPECT'))).toBeLessThanOrEqual(0.1);
  });
});
