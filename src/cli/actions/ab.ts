import { relative } from 'node:path';
import { beginAb, reopenAb, type BegunAb } from '../../app/ab/begin-ab.js';
import { runAb } from '../../app/ab/run-ab.js';
import type { AbRun } from '../../app/ab/plan-runs.js';
import { flagsOfSide, ownFlags, readAbFlags, type AbFlags } from '../../config/side-flags.js';
import { runOfSide, shellWords } from '../../report/rerun-words.js';
import { AbProgress } from '../ab-progress.js';
import type { CommandContext } from '../commands/context.js';
import { EXIT, exitCodeOfError } from '../exit-codes.js';
import { interruptible } from '../interrupt.js';
import { programWords } from '../program-words.js';
import { isLiveTerminal, Terminal } from '../terminal.js';
import { resolveFlags } from './resolve-flags.js';
import { resumedFlags } from './resumed-flags.js';
import { readComparisonFlags, showComparison, type ComparisonFlags } from './show-comparison.js';

interface Flags extends AbFlags, ComparisonFlags {
  readonly resume?: string;
  readonly dryRun?: boolean;
}

/** What there is to do, and with which flags. */
interface Asked {
  readonly flags: Flags;
  readonly begun: BegunAb;
}

const STOPPING = 'Stopping: finished runs are kept. Once more to stop at once.';

/** `bench ab`. */
export async function doAb(given: Flags, context: CommandContext): Promise<number> {
  readComparisonFlags(given, 'ab');
  const asked =
    given.resume === undefined ? await begin(given, context) : await resume(given.resume, context);
  const { begun, flags } = asked;
  const terminal = new Terminal(flags);
  let isStored = begun.store !== undefined;
  const sayHowToGoOn = (): void => {
    if (isStored) terminal.note(`Go on with what is missing: ${resumeWords(begun)}`);
  };
  const progress = new AbProgress(terminal, isLiveTerminal(flags), begun.plan.repeats);
  const watch = Object.assign(progress, { stored: () => (isStored = true) });
  const clear = (): void => progress.end();
  try {
    const code = await interruptible({ terminal, clear, news: STOPPING }, (signal) =>
      toItsEnd(asked, { watch, signal, version: context.version, terminal }),
    );
    if (code === EXIT.interrupted) sayHowToGoOn();
    return code;
  } catch (error) {
    terminal.error(error);
    sayHowToGoOn();
    return exitCodeOfError(error);
  }
}

async function begin(flags: Flags, { words }: CommandContext): Promise<Asked> {
  const { repeats } = readAbFlags(flags);
  const configs = {
    base: await resolveFlags(flagsOfSide(flags, 'base')),
    candidate: await resolveFlags(flagsOfSide(flags, 'candidate')),
  };
  const revisions = { base: flags.base, candidate: flags.candidate };
  const begun = await beginAb({ command: words, configs, revisions, repeats, out: flags.out ?? null });
  return { flags, begun };
}

async function resume(folder: string, { words }: CommandContext): Promise<Asked> {
  const begun = await reopenAb(folder);
  return { flags: resumedFlags(begun.plan, words), begun };
}

interface Surroundings {
  readonly watch: Parameters<typeof runAb>[0]['watch'];
  readonly signal: AbortSignal;
  readonly version: string;
  readonly terminal: Terminal;
}

async function toItsEnd(
  { flags, begun }: Asked,
  { watch, signal, version, terminal }: Surroundings,
): Promise<number> {
  const wishes = readComparisonFlags(flags, 'ab');
  const results = await runAb({
    ...{ begun, watch, signal, version, isDry: flags.dryRun === true },
    matchesLoosely: wishes.across.length > 0 || wishes.renamings.length > 0,
    prepare: readAbFlags(flags).prepare,
    configOf: ({ side, seed }) => resolveFlags(flagsOfSide(flags, side, seed)),
    commandOf: (run) => wordsOfRun(begun, flags, run),
  });
  if (results === null) {
    terminal.show('Nothing was measured (--dry-run).');
    return EXIT.fine;
  }
  terminal.note(`Results: ${begun.folder}`);
  return showComparison(results, { ...wishes, folder: begun.folder }, terminal);
}

/** Those of a `bench run` that does the same. */
function wordsOfRun({ plan }: BegunAb, flags: Flags, { side, seed }: AbRun): string[] {
  const own = Object.entries(ownFlags(flags, side)).map(([option, value]) => [`--${option}`, [value]]);
  return runOfSide(plan.command, { ...Object.fromEntries(own), '--seed': [String(seed)] });
}

function resumeWords({ folder }: BegunAb): string {
  const place = relative(process.cwd(), folder);
  const words = shellWords(['ab', '--resume', place.startsWith('..') ? folder : place]);
  return `${programWords(process.argv[1] ?? '', process.env)} ${words}`;
}
