import { UserError } from '../kernel/errors.js';
import { FlagReader } from './flag-reader.js';

/** The words behind the flags of `bench doctor`, as they came. */
export interface FitnessFlags {
  readonly threads?: readonly string[];
  readonly pacing?: readonly string[];
}

/** The ways of sending that are to be tried. */
export interface FitnessWays {
  /** null = as the machine suggests. */
  readonly threadCounts: readonly number[] | null;
  readonly pacings: readonly ('relaxed' | 'precise')[];
}

const PACINGS = ['relaxed', 'precise'] as const;
const THREADS = { least: 1, most: 64, whole: true };

/** Throws one error with all problems. */
export function readFitnessFlags(flags: FitnessFlags): FitnessWays {
  const read = new FlagReader();
  const threadCounts = read.numbers('threads', flags.threads, THREADS) ?? null;
  const pacings = (flags.pacing ?? PACINGS).flatMap((word) => {
    const pacing = PACINGS.find((one) => one === word);
    if (pacing === undefined) read.complain('pacing', 'precise or relaxed', word);
    return pacing ?? [];
  });
  if (read.problems.length === 0) return { threadCounts, pacings: [...new Set(pacings)] };
  throw new UserError('usage', read.problems.join('\n'), 'See bench doctor --help.');
}
