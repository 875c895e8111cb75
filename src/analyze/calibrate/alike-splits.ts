import { seededRandom, shuffled } from '../../kernel/random.js';

/** Places of runs on two sides of a comparison. */
export interface AlikeSplit {
  readonly base: readonly number[];
  readonly candidate: readonly number[];
}

/**
 * Ways to put runs of the same on two sides, as many on each, each way once (both sides are alike, so that turning them
 * around makes another); of more than `most` a seeded choice. Of an odd number of runs each is left out in turn.
 */
export function alikeSplits(runs: number, most: number, seed: number): AlikeSplit[] {
  const perSide = Math.floor(runs / 2);
  if (perSide === 0) return [];
  const places = Array.from({ length: runs }, (_, place) => place);
  if (splitCount(runs, perSide) <= most) return allSplits(places, perSide);
  const random = seededRandom(seed);
  const found = new Map<string, AlikeSplit>();
  while (found.size < most) {
    const drawn = shuffled(places, random);
    const split = {
      base: inOrder(drawn.slice(0, perSide)),
      candidate: inOrder(drawn.slice(perSide, 2 * perSide)),
    };
    found.set(JSON.stringify(split), split);
  }
  return [...found.values()];
}

function splitCount(runs: number, perSide: number): number {
  return binomial(runs, perSide) * binomial(runs - perSide, perSide);
}

function binomial(n: number, k: number): number {
  let product = 1;
  for (let factor = 1; factor <= k; factor += 1) product = (product * (n - k + factor)) / factor;
  return Math.round(product);
}

function allSplits(places: readonly number[], perSide: number): AlikeSplit[] {
  return choices(places, perSide).flatMap((base) => {
    const left = places.filter((place) => !base.includes(place));
    return choices(left, perSide).map((candidate) => ({ base, candidate }));
  });
}

function choices(places: readonly number[], count: number): number[][] {
  if (count === 0) return [[]];
  return places.flatMap((place, at) =>
    choices(places.slice(at + 1), count - 1).map((others) => [place, ...others]),
  );
}

function inOrder(places: readonly number[]): number[] {
  return [...places].sort((a, b) => a - b);
}
