import { seededRandom, seedFor } from '../../kernel/random.js';
import type { AbPair } from '../../model/results/run-record.js';

export type AbSide = AbPair['side'];

/** One run of `bench ab`. */
export interface AbRun {
  /** Of its folder: `a-3` is the third of the base, `b-3` the third of the candidate. */
  readonly name: string;
  readonly side: AbSide;
  /** Which pair it is of, from 1. */
  readonly pair: number;
  /** That of both runs of its pair. */
  readonly seed: number;
}

/**
 * All runs in their order: pair after pair, each begun by the side that ended the one before (ABBA), so that a machine
 * that gets slower or faster does so for both sides alike. The seed says which side begins.
 */
export function planRuns({ seed, repeats }: { readonly seed: number; readonly repeats: number }): AbRun[] {
  const isBaseFirst = seededRandom(seedFor(seed, 'which side begins'))() < 0.5;
  return Array.from({ length: repeats }, (_, before) => before + 1).flatMap((pair) => {
    const runOf = (side: AbSide): AbRun => ({
      name: `${side === 'base' ? 'a' : 'b'}-${pair}`,
      ...{ side, pair, seed: seedFor(seed, `pair ${pair}`) },
    });
    const inOrder = [runOf('base'), runOf('candidate')];
    return isBaseFirst === (pair % 2 === 1) ? inOrder : inOrder.reverse();
  });
}
