/** Uniform numbers in [0, 1): the same seed gives the same sequence on every machine. */
export type Random = () => number;

const STEP = 0x6d2b79f5;

/** Mulberry32, a 32-bit generator by Tommy Ettinger: small, seeded, good enough to spread test data. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + STEP) >>> 0;
    return mixed(state);
  };
}

/**
 * The number with this index (from 0) in the sequence of `seed`, without those before it: the generator only
 * counts in steps and mixes the count. It repeats after 2³². Allocates nothing.
 */
export function randomAt(seed: number, index: number): number {
  return mixed((seed + Math.imul(index + 1, STEP)) >>> 0);
}

function mixed(state: number): number {
  let bits = Math.imul(state ^ (state >>> 15), state | 1);
  bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
  return ((bits ^ (bits >>> 14)) >>> 0) / 4_294_967_296;
}

/** A seed of its own for each name under one seed (FNV-1a over the name). */
export function seedFor(seed: number, name: string): number {
  let hash = 0x811c9dc5 ^ seed;
  for (const character of name) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return hash >>> 0;
}

/** A shuffled copy (Fisher–Yates). */
export function shuffled<T>(items: readonly T[], random: Random): T[] {
  const result = [...items];
  for (let last = result.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    [result[last], result[other]] = [result[other] as T, result[last] as T];
  }
  return result;
}
