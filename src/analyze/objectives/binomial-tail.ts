/**
 * How likely it is that of `count` requests `least` or more have something that each has with the chance `share`: the upper
 * tail of the binomial distribution, summed from its largest term on.
 */
export function binomialTail(count: number, least: number, share: number): number {
  if (least <= 0) return 1;
  if (share <= 0) return 0;
  if (share >= 1) return least <= count ? 1 : 0;
  let logTerm = count * Math.log(1 - share);
  let sum = 0;
  for (let hits = 0; hits <= count; hits += 1) {
    if (hits >= least) sum += Math.exp(logTerm);
    logTerm += Math.log((count - hits) / (hits + 1)) + Math.log(share / (1 - share));
  }
  return Math.min(1, sum);
}
