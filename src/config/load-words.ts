import type { LoadWords } from '../model/loads/load-kind.js';
import type { FlagReader, RunFlags } from './flag-reader.js';

/** The flags of the command line as the kinds of load read them. */
export function loadWords(read: FlagReader, flags: RunFlags, seed: number): LoadWords {
  const words: Readonly<Record<string, unknown>> = { ...flags };
  const listOf = (flag: string): string[] | undefined => {
    const value = words[keyOf(flag)];
    // `bench list` has a switch of the same name as a load's flag: --requests.
    return value === undefined || typeof value === 'boolean' ? undefined : [value].flat().map(String);
  };
  const text = (flag: string): string | undefined => listOf(flag)?.join(' ');
  return {
    seed,
    text,
    numbers: (flag, limits) => read.numbers(flag, listOf(flag), limits),
    durationMs: (flag, leastMs) => read.durationMs(flag, text(flag), leastMs),
    complain: (flag, expected, came) => read.complain(flag, expected, came),
    refuse: (problem) => read.problems.push(problem),
  };
}

/** As commander names it: `spawn-rate` is `spawnRate`. */
function keyOf(flag: string): string {
  return flag.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
