/** Options of `bench run` that `bench list` does not know, or that mean something else there (`--requests`). */
export const RUN_ONLY = [
  '--profile',
  '--rates',
  '--duration',
  '--arrivals',
  '--users',
  '--spawn-rate',
  '--think',
  '--requests',
  '--concurrency',
  '--stages',
  '--time-scale',
  '--mix',
  '--weights',
  '--weights-from',
  '--workers',
  '--case',
  '--no-cases',
  '--repeats',
  '--warmup',
  '--timeout',
  '--max-connections',
  '--max-queue',
  '--threads',
  '--no-keepalive',
  '--client',
  '--http2',
  '--pacing',
  '--preflight',
  '--slo',
  '--strict',
  '--twin',
  '--abort-on-fail',
  '--probe',
  '--keep',
  '--out',
  '--events',
  '--prometheus',
  '--dry-run',
  '--no-html',
  '--view',
  '--no-charts',
  '--format',
];

/** Options of `bench ab` that `bench run` does not know, or that mean something else there. */
export const AB_ONLY = [
  '--base',
  '--candidate',
  ...['command', 'url', 'scenario', 'profile'].flatMap((option) => [
    `--base-${option}`,
    `--candidate-${option}`,
  ]),
  '--prepare',
  '--repeats',
  '--resume',
  '--across',
  '--map',
  '--fail-on',
  '--html',
  '--no-html',
  '--format',
  '--seed',
];

/** What is for programs, or true of one run alone. */
const OF_ONE_RUN = ['--json', '--events', '--quiet', '--out', '--dry-run', '--prometheus', '--keep'];

/** What says where a scenario file is written, and with which objectives. */
const OF_ONE_FILE = ['--output', '--force', '--objectives-from'];

type Changes = Readonly<Record<string, readonly string[]>>;

/** The words of a run for another one with some options changed: `{ '--rates': ['100', '200'] }`. */
export function runAgain(words: readonly string[], changes: Changes): string[] {
  return changed('run', words, [...OF_ONE_RUN, ...boundObjectives(words, changes)], changes);
}

/** Objectives about one load would be refused at others, and with them what needs objectives. */
function boundObjectives(words: readonly string[], changes: Changes): readonly string[] {
  const isOtherLoad = ['--rates', '--users', '--concurrency'].some((option) => option in changes);
  const isBound = words.some((word) => /[<>].*\sat\s/.test(word));
  return isOtherLoad && isBound ? ['--slo', '--strict', '--abort-on-fail'] : [];
}

/** The words of a run of one side of `bench ab`: with what it has to itself, `{ '--command': ['node a.js'] }`, in place of what both have. */
export function runOfSide(words: readonly string[], own: Changes): string[] {
  const target = '--command' in own || '--url' in own ? ['--command', '--url'] : [];
  return changed('run', words, [...OF_ONE_RUN, ...AB_ONLY, ...target], own);
}

/** The same for one at rates in place of stages, which a profile may have chosen: it refuses rates then. */
export function runAgainAtRates(words: readonly string[], changes: Changes): string[] {
  const dropped = [...OF_ONE_RUN, '--stages', '--profile', ...boundObjectives(words, changes)];
  return changed('run', words, dropped, changes);
}

/** The words of `bench init` for a scenario file with objectives from a run, shown and not written. */
export function initFromRun(words: readonly string[], folder: string): string[] {
  return changed('init', words, OF_ONE_FILE, { '--output': ['-'], '--objectives-from': [folder] });
}

/** The words that ask the target of a run one request for each operation. */
export function checkRequests(words: readonly string[], changes: Changes): string[] {
  const [command = 'list', ...rest] = changed('list', words, [...RUN_ONLY, ...OF_ONE_RUN], changes);
  return [command, '--check', ...rest];
}

function changed(
  command: string,
  words: readonly string[],
  dropped: readonly string[],
  changes: Changes,
): string[] {
  // A run of fewer operations may lack one of a twin, and would be refused.
  const narrowed = '--include' in changes ? ['--twin'] : [];
  const kept = without(words.slice(1), [...dropped, ...narrowed, ...Object.keys(changes)]);
  return [command, ...kept, ...Object.entries(changes).flatMap(([option, values]) => [option, ...values])];
}

/** An option goes with the values behind it; none of these options has a value that begins with a dash. */
function without(words: readonly string[], options: readonly string[]): string[] {
  const kept: string[] = [];
  let isDropped = false;
  for (const word of words) {
    if (word.startsWith('--')) isDropped = options.includes(word.split('=')[0] ?? '');
    if (!isDropped) kept.push(word);
  }
  return kept;
}

const PLAIN_WORD = /^[\w@%+=:,./-]+$/;

/** The words as a POSIX shell takes them. */
export function shellWords(words: readonly string[]): string {
  return words
    .map((word) => (PLAIN_WORD.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`))
    .join(' ');
}
