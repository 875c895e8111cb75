import { logGamma } from './gamma-functions.js';
import { studentQuantile, studentUpper } from './student.js';

/** Of `of` requests `hits` did it. */
export interface Counted {
  readonly hits: number;
  readonly of: number;
}

/** The runs of a side, each with its counts. */
export type CountedRuns = readonly Counted[];

/** Two outcomes of the same probability count as equally likely in spite of rounding (as in R's `fisher.test`). */
const SAME = 1 + 1e-7;

/** Two-sided p-value of Fisher's exact test: that both shares are one. */
export function fisherPValue(a: Counted, b: Counted): number {
  const hits = a.hits + b.hits;
  const all = a.of + b.of;
  const total = logChoose(all, hits);
  const likelihood = (ofA: number): number =>
    Math.exp(logChoose(a.of, ofA) + logChoose(b.of, hits - ofA) - total);
  const atHand = likelihood(a.hits);
  const [from, to] = likelyHits(a, b);
  if (a.hits < from || a.hits > to) return atHand;
  let p = 0;
  for (let ofA = from; ofA <= to; ofA += 1) {
    const one = likelihood(ofA);
    if (one <= atHand * SAME) p += one;
  }
  return Math.min(1, p);
}

/** Further from the mean than this no outcome has a likelihood that a sum would show. */
const WIDE = { deviations: 12, more: 40 };

function likelyHits(a: Counted, b: Counted): [from: number, to: number] {
  const hits = a.hits + b.hits;
  const all = a.of + b.of;
  const mean = (hits * a.of) / all;
  const variance = (((mean * b.of) / all) * (all - hits)) / Math.max(1, all - 1);
  const reach = WIDE.deviations * Math.sqrt(variance) + WIDE.more;
  const from = Math.max(0, hits - b.of, Math.floor(mean - reach));
  return [from, Math.min(hits, a.of, Math.ceil(mean + reach))];
}

function logChoose(n: number, k: number): number {
  return logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);
}

/**
 * How much further the shares of the runs of a side lie apart than those of requests that fail independently, by Pearson's
 * chi-squared over both sides; 1 = no further.
 */
export function overdispersionOf(sides: readonly CountedRuns[]): number {
  let squares = 0;
  let degreesOfFreedom = 0;
  for (const runs of sides) {
    const share = shareOf(summed(runs));
    const variance = share * (1 - share);
    if (variance > 0)
      squares += runs.reduce((sum, run) => sum + (run.of * (shareOf(run) - share) ** 2) / variance, 0);
    degreesOfFreedom += runs.length - 1;
  }
  return degreesOfFreedom === 0 ? 1 : Math.max(1, squares / degreesOfFreedom);
}

/**
 * p-value that both shares are one, where failures come in bursts, so that runs differ by more than chance: the F-test of
 * a quasi-binomial model, with a run as the unit (McCullagh and Nelder, Generalized linear models, 1989, section 4.5).
 */
export function quasiBinomialPValue(a: CountedRuns, b: CountedRuns): number {
  const [ofA, ofB] = [summed(a), summed(b)];
  const share = shareOf(summed([ofA, ofB]));
  const variance = share * (1 - share) * (1 / ofA.of + 1 / ofB.of);
  if (variance === 0) return 1;
  const z = Math.abs(shareOf(ofA) - shareOf(ofB)) / Math.sqrt(variance * overdispersionOf([a, b]));
  return Math.min(1, 2 * studentUpper(z, a.length + b.length - 2));
}

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/**
 * Interval of share B − share A: Newcombe's hybrid score interval (1998, method 10), which holds near 0 and 1 too, of as
 * many requests as overdispersion leaves independent.
 */
export function differenceInterval(a: CountedRuns, b: CountedRuns, confidence: number): Interval {
  const runs = a.length + b.length - 2;
  const reach = studentQuantile(1 - (1 - confidence) / 2, runs > 0 ? runs : Infinity);
  const dispersion = overdispersionOf([a, b]);
  const [ofA, ofB] = [summed(a), summed(b)].map(({ hits, of }) => ({
    hits: hits / dispersion,
    of: of / dispersion,
  })) as [Counted, Counted];
  const [aroundA, aroundB] = [wilson(ofA, reach), wilson(ofB, reach)];
  const [shareA, shareB] = [shareOf(ofA), shareOf(ofB)];
  return {
    low: shareB - shareA - Math.hypot(shareB - aroundB.low, aroundA.high - shareA),
    high: shareB - shareA + Math.hypot(aroundB.high - shareB, shareA - aroundA.low),
  };
}

function wilson(counted: Counted, z: number): Interval {
  const { of: n } = counted;
  const share = shareOf(counted);
  const middle = share + z ** 2 / (2 * n);
  const reach = z * Math.sqrt((share * (1 - share)) / n + z ** 2 / (4 * n ** 2));
  const scale = 1 + z ** 2 / n;
  return { low: (middle - reach) / scale, high: (middle + reach) / scale };
}

export function summed(runs: CountedRuns): Counted {
  return runs.reduce((sum, { hits, of }) => ({ hits: sum.hits + hits, of: sum.of + of }), { hits: 0, of: 0 });
}

export function shareOf({ hits, of }: Counted): number {
  return of === 0 ? 0 : hits / of;
}
