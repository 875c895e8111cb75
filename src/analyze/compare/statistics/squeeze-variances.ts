import { digamma, tetragamma, trigamma } from './gamma-functions.js';
import { meanOf, medianOf } from './moments.js';

/** A variance, and of how many degrees of freedom it was estimated. */
export interface Variance {
  readonly value: number;
  readonly degreesOfFreedom: number;
}

/** What the variances of all cells say of the next one: worth so many degrees of freedom of its own. */
export interface VariancePrior {
  readonly value: number;
  /** Infinity = the variances differ by no more than chance. */
  readonly degreesOfFreedom: number;
}

/**
 * Variances drawn to one another, as far as they are alike: of few repeats each is known badly, and all together well.
 * Those of `squeezeVar` of limma: Smyth, Linear models and empirical Bayes methods (2004), section 6.2.
 */
export function squeezeVariances(variances: readonly Variance[]): Variance[] {
  const prior = fitPrior(variances);
  const most = variances.reduce((sum, { degreesOfFreedom }) => sum + degreesOfFreedom, 0);
  return variances.map(({ value, degreesOfFreedom: own }) => {
    if (prior.degreesOfFreedom === Infinity) return { value: prior.value, degreesOfFreedom: most };
    const all = own + prior.degreesOfFreedom;
    return {
      value: (own * value + prior.degreesOfFreedom * prior.value) / all,
      // All cells together know no more than all of their repeats.
      degreesOfFreedom: Math.min(all, most),
    };
  });
}

/** The scaled F distribution that variances come from, by the moments of their logarithms (limma's `fitFDist`). */
export function fitPrior(variances: readonly Variance[]): VariancePrior {
  const middle = medianOf(variances.map(({ value }) => value));
  // A variance of exactly 0 has no logarithm.
  const least = 1e-5 * (middle === 0 ? 1 : middle);
  const floored = variances.map(({ value }) => Math.max(value, least));
  const centred = variances.map(({ degreesOfFreedom }, at) => {
    const half = degreesOfFreedom / 2;
    return Math.log(floored[at] ?? least) - digamma(half) + Math.log(half);
  });
  const mean = meanOf(centred);
  const spread =
    centred.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (centred.length - 1) -
    meanOf(variances.map(({ degreesOfFreedom }) => trigamma(degreesOfFreedom / 2)));
  if (!(spread > 0)) return { value: meanOf(floored), degreesOfFreedom: Infinity };
  const half = trigammaInverse(spread);
  return { value: Math.exp(mean + digamma(half) - Math.log(half)), degreesOfFreedom: 2 * half };
}

const MOST_STEPS = 50;

/** The x > 0 of which `y` > 0 is the trigamma: Newton's method on 1 / trigamma, which is nearly straight. */
function trigammaInverse(y: number): number {
  if (y > 1e7) return 1 / Math.sqrt(y);
  if (y < 1e-6) return 1 / y;
  let x = 0.5 + 1 / y;
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const now = trigamma(x);
    const change = (now * (1 - now / y)) / tetragamma(x);
    x += change;
    if (-change / x < 1e-8) break;
  }
  return x;
}
