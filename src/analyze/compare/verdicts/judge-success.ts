import type { ChangeVerdict, JudgedChange } from '../../../model/results/comparison.js';
import {
  differenceInterval,
  fisherPValue,
  quasiBinomialPValue,
  shareOf,
  summed,
  type CountedRuns,
} from '../statistics/proportions.js';
import { foundVerdict, type Draft, type Ruling } from './draft.js';
import type { Named } from './judge-log-change.js';
import { SUCCESS_MARGIN_POINTS } from './judged-figures.js';

/** Requests that succeeded, of those planned, in each run. */
export interface SuccessCounts {
  readonly named: Named;
  readonly base: CountedRuns;
  readonly candidate: CountedRuns;
}

/**
 * Fisher's exact test on the counts of all runs; where runs of a side differ by more than chance, no less than the test
 * that takes a run as the unit. Where nothing failed on either side, or everything, there is nothing to test.
 */
export function judgeSuccess(counts: SuccessCounts): Draft {
  const { named, base, candidate } = counts;
  const all = summed([...base, ...candidate]);
  const isTested = all.hits > 0 && all.hits < all.of;
  const pValue = isTested ? successPValue(base, candidate) : null;
  return { family: named.family, pValue, settle: (ruling) => settle(counts, pValue, ruling) };
}

function successPValue(base: CountedRuns, candidate: CountedRuns): number {
  const exact = fisherPValue(summed(base), summed(candidate));
  const hasRepeats = base.length > 1 && candidate.length > 1;
  return hasRepeats ? Math.max(exact, quasiBinomialPValue(base, candidate)) : exact;
}

function settle(
  { named, base, candidate }: SuccessCounts,
  pValue: number | null,
  { adjustedPValue, isFound, confidence }: Ruling,
): JudgedChange {
  const points = 100 * (shareOf(summed(candidate)) - shareOf(summed(base)));
  const interval = differenceInterval(base, candidate, confidence);
  const [lowPercent, highPercent] = [100 * interval.low, 100 * interval.high];
  const isInside = lowPercent > -SUCCESS_MARGIN_POINTS && highPercent < SUCCESS_MARGIN_POINTS;
  const isLarge = isFound && Math.abs(points) >= SUCCESS_MARGIN_POINTS;
  const ifNotFound: ChangeVerdict = isInside || pValue === null ? 'UNCHANGED' : 'INCONCLUSIVE';
  const isOfSingleRuns = base.length === 1 || candidate.length === 1;
  return {
    ...named,
    basis: 'counts',
    percent: points,
    interval: { lowPercent, highPercent, confidence },
    marginPercent: SUCCESS_MARGIN_POINTS,
    pValue,
    adjustedPValue,
    verdict: isLarge ? foundVerdict(points < 0, isOfSingleRuns) : ifNotFound,
    neededRepeats: null,
    detectablePercent: null,
    why: pValue === null ? sameWords(base) : null,
  };
}

function sameWords(base: CountedRuns): string {
  return shareOf(summed(base)) === 0 ? 'no request succeeded on either side' : 'every request succeeded on both sides';
}
