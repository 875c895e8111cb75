/** Lanczos' approximation with g = 7 and 9 terms: 15 digits. */
const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
] as const;
const LANCZOS_G = 7;

/** ln Γ(x), for x > 0. */
export function logGamma(x: number): number {
  // Reflection, where the approximation is poor.
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  const [first, ...terms] = LANCZOS;
  const sum = terms.reduce((all, term, at) => all + term / (x + at), first);
  const shifted = x - 0.5 + LANCZOS_G;
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(shifted) - shifted + Math.log(sum);
}

/** From here on the series below have 15 digits. */
const SERIES_FROM = 15;

/** (ln Γ)′(x), for x > 0. */
export function digamma(x: number): number {
  if (x < SERIES_FROM) return digamma(x + 1) - 1 / x;
  const r = 1 / x ** 2;
  return (
    Math.log(x) -
    1 / (2 * x) -
    r * (1 / 12 - r * (1 / 120 - r * (1 / 252 - r * (1 / 240 - r * (1 / 132 - (r * 691) / 32760)))))
  );
}

/** (ln Γ)″(x), for x > 0. */
export function trigamma(x: number): number {
  if (x < SERIES_FROM) return trigamma(x + 1) + 1 / x ** 2;
  const r = 1 / x ** 2;
  const rest = r * (1 / 6 - r * (1 / 30 - r * (1 / 42 - r * (1 / 30 - r * (5 / 66 - (r * 691) / 2730)))));
  return (1 + 1 / (2 * x) + rest) / x;
}

/** (ln Γ)‴(x), for x > 0. */
export function tetragamma(x: number): number {
  if (x < SERIES_FROM) return tetragamma(x + 1) - 2 / x ** 3;
  const r = 1 / x ** 2;
  const rest = r * (1 / 2 - r * (1 / 6 - r * (1 / 6 - r * (3 / 10 - r * (5 / 6 - (r * 691) / 210)))));
  return -(1 + 1 / x + rest) * r;
}
