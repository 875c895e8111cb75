import { UserError } from '../kernel/errors.js';
import { asksForLoad } from '../model/loads/read-loads.js';
import { FlagReader, type RunFlags } from './flag-reader.js';
import { loadWords } from './load-words.js';
import type { LoadedScenario } from './read-scenario.js';

/** As many as can be put on two sides of three, the fewest that `bench compare` judges by. */
const USUAL_REPEATS = 6;
const REPEATS = { least: 2, most: 1000, whole: true };

/** A read and a write of the embedded target: all its operations would take half an hour. */
const EMBEDDED_OPERATIONS = ['get_item_async_read', 'update_item_async_write'];

/** Throws `UserError`. */
export function readRepeats({ repeats }: RunFlags): number {
  const read = new FlagReader();
  const count = read.number('repeats', repeats, REPEATS) ?? USUAL_REPEATS;
  if (read.problems.length === 0) return count;
  throw new UserError('usage', read.problems.join('\n'), 'See bench calibrate --help.');
}

/** Those of one run; of the embedded target two operations, unless others are named. */
export function flagsOfOneRun({ repeats: _repeats, ...flags }: RunFlags): RunFlags {
  const { scenario, url, command, spec, request, filter, include, exclude, methods } = flags;
  const named = [scenario, url, command, spec, request, filter, include, exclude, methods];
  return named.every((one) => one === undefined) ? { ...flags, include: EMBEDDED_OPERATIONS } : flags;
}

/** Whether flags or scenario say at what rates, or with how many users. */
export function hasOwnLoad(flags: RunFlags, { scenario }: LoadedScenario): boolean {
  return flags.profile !== undefined || asksForLoad(loadWords(new FlagReader(), flags, 0), scenario.load);
}
