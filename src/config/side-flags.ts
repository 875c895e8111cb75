import { UserError } from '../kernel/errors.js';
import { FlagReader, type RunFlags } from './flag-reader.js';
import { wordsOf } from './resolve-target.js';

/** What is compared by `bench ab`. */
type Side = 'base' | 'candidate';

/** The words behind the flags of `bench ab`, as they came: those of `bench run`, and those of one side alone. */
export interface AbFlags extends RunFlags {
  /** A revision. */
  readonly base?: string;
  readonly candidate?: string;
  readonly baseCommand?: string;
  readonly candidateCommand?: string;
  readonly baseUrl?: string;
  readonly candidateUrl?: string;
  readonly baseScenario?: string;
  readonly candidateScenario?: string;
  readonly baseProfile?: string;
  readonly candidateProfile?: string;
  readonly prepare?: readonly string[];
}

/** Options of `bench run` that a side may have to itself. */
export const SIDE_OPTIONS = ['command', 'url', 'scenario', 'profile'] as const;
type OwnFlags = Readonly<Partial<Record<(typeof SIDE_OPTIONS)[number], string>>>;

/** What this side has in place of what is said of both. */
export function ownFlags(flags: AbFlags, side: Side): OwnFlags {
  const own = {
    base: [flags.baseCommand, flags.baseUrl, flags.baseScenario, flags.baseProfile],
    candidate: [flags.candidateCommand, flags.candidateUrl, flags.candidateScenario, flags.candidateProfile],
  }[side];
  return Object.fromEntries(
    SIDE_OPTIONS.map((option, at) => [option, own[at]]).filter(([, value]) => value !== undefined),
  ) as OwnFlags;
}

/** The flags of `bench run` for a side. What it is said to start, or to ask, stands in place of what both do. */
export function flagsOfSide(flags: AbFlags, side: Side, seed?: number): RunFlags {
  const own = ownFlags(flags, side);
  const hasTarget = own.command !== undefined || own.url !== undefined;
  const dropped: readonly string[] = hasTarget ? [...OF_NO_RUN, 'command', 'url'] : OF_NO_RUN;
  const shared = Object.entries(flags).filter(([flag]) => !dropped.includes(flag));
  return { ...Object.fromEntries(shared), ...own, ...(seed === undefined ? {} : { seed: String(seed) }) };
}

/** What says something of the whole, and would mean something else to a run. */
const OF_NO_RUN = ['repeats', 'out', 'format', 'json'];

export interface AbWords {
  /** Runs of each side. */
  readonly repeats: number;
  /** Commands that make a revision ready. */
  readonly prepare: readonly (readonly string[])[];
}

const REPEATS = { least: 1, most: 1000, whole: true };
const USUAL_REPEATS = 5;

/** What is asked of the whole. Throws one error with all problems. */
export function readAbFlags(flags: AbFlags): AbWords {
  const read = new FlagReader();
  const hasRevision = flags.base !== undefined || flags.candidate !== undefined;
  const differs = (['base', 'candidate'] as const).some(
    (side) => Object.keys(ownFlags(flags, side)).length > 0,
  );
  if (!hasRevision && !differs) read.problems.push(NOTHING_DIFFERS);
  if (flags.prepare !== undefined && !hasRevision)
    read.problems.push('--prepare: it makes a revision ready, and neither --base nor --candidate names one');
  if (flags.spec === '-')
    read.problems.push('--spec: standard input can be read only once; write it to a file');
  const repeats = read.number('repeats', flags.repeats, REPEATS) ?? USUAL_REPEATS;
  const prepare = (flags.prepare ?? []).map((command) => wordsOf(read, '--prepare', command));
  if (read.problems.length > 0)
    throw new UserError('usage', read.problems.join('\n'), 'See bench ab --help.');
  return { repeats, prepare };
}

const NOTHING_DIFFERS =
  'base and candidate would be the same: name a revision with --base, two commands with --base-command and --candidate-command, or the like';
