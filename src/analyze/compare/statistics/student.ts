import { logGamma } from './gamma-functions.js';

/** Student's t with more degrees of freedom is the normal distribution, to 9 digits. */
const NEARLY_NORMAL = 1e12;

/** Probability of a value above `t`; `degreesOfFreedom` may be Infinity. Exact in the tail too: of 1e-300 as of 0.1. */
export function studentUpper(t: number, degreesOfFreedom: number): number {
  if (Number.isNaN(t)) throw new RangeError('the probability of no number');
  const tail = tailBeyond(Math.abs(t), Math.min(degreesOfFreedom, NEARLY_NORMAL));
  return t >= 0 ? tail : 1 - tail;
}

/** The value that is not exceeded with this probability, 0 < p < 1. */
export function studentQuantile(probability: number, degreesOfFreedom: number): number {
  if (probability < 0.5) return -studentQuantile(1 - probability, degreesOfFreedom);
  return quantileAbove(1 - probability, Math.min(degreesOfFreedom, NEARLY_NORMAL));
}

function quantileAbove(tail: number, df: number): number {
  let low = 0;
  let high = 1;
  while (tailBeyond(high, df) > tail) [low, high] = [high, 2 * high];
  let t = (low + high) / 2;
  for (let step = 0; step < MOST_STEPS && high - low > 1e-13 * high; step += 1) {
    const excess = tailBeyond(t, df) - tail;
    if (excess > 0) low = t;
    else high = t;
    // Newton's method, kept between what is known to be too low and too high.
    const next = t + excess / density(t, df);
    if (Math.abs(next - t) < 1e-14 * t) return next;
    t = next > low && next < high ? next : (low + high) / 2;
  }
  return t;
}

const MOST_STEPS = 200;

/** ½ I(ν / (ν + t²); ν/2, ½), for t ≥ 0. */
function tailBeyond(t: number, df: number): number {
  if (t === Infinity) return 0;
  const square = t ** 2;
  const a = df / 2;
  // ln x without what 1 − x loses.
  const logX = -Math.log1p(square / df);
  const y = square / (df + square);
  if (y === 0) return 0.5;
  const logFront = a * logX + 0.5 * Math.log(y) - logBetaHalf(a);
  // Each side of the mean has its own fraction that converges soon.
  if (y > 1.5 / (a + 2.5)) return (0.5 * Math.exp(logFront) * fraction(df / (df + square), a, 0.5)) / a;
  return 0.5 - (0.5 * Math.exp(logFront) * fraction(y, 0.5, a)) / 0.5;
}

function density(t: number, df: number): number {
  return Math.exp(-((df + 1) / 2) * Math.log1p(t ** 2 / df) - logBetaHalf(df / 2)) / Math.sqrt(df);
}

/** ln B(a, ½). The difference of two large logarithms would lose all digits. */
function logBetaHalf(a: number): number {
  const half = 0.5 * Math.log(Math.PI);
  if (a < LARGE) return logGamma(a) + half - logGamma(a + 0.5);
  return half - (0.5 * Math.log(a) - 1 / (8 * a) + 1 / (192 * a ** 3) - 1 / (640 * a ** 5));
}

const LARGE = 100;
const TINY = 1e-300;

/** The continued fraction of the incomplete beta function, by Lentz's method. */
function fraction(x: number, a: number, b: number): number {
  const away = (value: number): number => (Math.abs(value) < TINY ? TINY : value);
  let c = 1;
  let d = 1 / away(1 - ((a + b) * x) / (a + 1));
  let value = d;
  for (let m = 1; m <= 10_000; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / away(1 + even * d);
    c = away(1 + even / c);
    value *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / away(1 + odd * d);
    c = away(1 + odd / c);
    const step = d * c;
    value *= step;
    if (Math.abs(step - 1) < 1e-15) return value;
  }
  throw new RangeError(`no incomplete beta function of ${x}, ${a}, ${b}`);
}
