import { dirname, resolve } from 'node:path';
import { draftScenario } from '../../app/inspect/draft-scenario.js';
import { readReport } from '../../app/outputs/read-report.js';
import type { MeasuredRun } from '../../app/inspect/draft-objectives.js';
import { redactCommand } from '../../kernel/redact-text.js';
import { initFromRun, shellWords } from '../../report/rerun-words.js';
import type { CommandContext } from '../commands/context.js';
import { programWords } from '../program-words.js';
import { refuseExisting, writeScenarioFile } from '../../store/scenario-file.js';
import type { RunFlags } from '../../config/flag-reader.js';
import { scenarioText } from '../../config/write-scenario.js';
import { UserError } from '../../kernel/errors.js';
import { plural } from '../../kernel/format.js';
import { EXIT } from '../exit-codes.js';
import { interruptible } from '../interrupt.js';
import { Progress } from '../progress.js';
import { isLiveTerminal, Terminal, type TerminalFlags } from '../terminal.js';
import { resolveFlags } from './resolve-flags.js';

interface Flags extends RunFlags, TerminalFlags {
  readonly output?: string;
  readonly force?: boolean;
  readonly checkWrites?: boolean;
  readonly objectivesFrom?: string;
}

const STDOUT = '-';

/** `bench init`. */
export async function doInit(flags: Flags, { words }: CommandContext): Promise<number> {
  if (flags.url === undefined && flags.command === undefined && flags.spec === undefined)
    throw new UserError(
      'usage',
      'There is no API to write a scenario for.',
      'Name a server with --url or --command, or a document with --spec FILE.',
    );
  const { output = 'bench.yaml' } = flags;
  if (output !== STDOUT && flags.force !== true) refuseExisting(output);
  const terminal = new Terminal(flags);
  const progress = new Progress(terminal, isLiveTerminal(flags));
  const clear = (): void => progress.end();
  const measuring = howToMeasure(output, words);
  return interruptible({ terminal, clear }, (signal) =>
    init(flags, { output, measuring }, terminal, progress, signal),
  );
}

async function init(
  flags: Flags,
  { output, measuring }: { readonly output: string; readonly measuring: readonly string[] },
  terminal: Terminal,
  progress: Progress,
  signal: AbortSignal,
): Promise<number> {
  const draft = await draftScenario({
    config: await resolveFlags(flags, 'list'),
    command: flags.command ?? null,
    folder: output === STDOUT ? process.cwd() : dirname(resolve(output)),
    checksWrites: flags.checkWrites === true,
    measured: await measuredRun(flags.objectivesFrom),
    observe: progress.observe,
    signal,
  });
  const text = scenarioText(draft, measuring);
  progress.end();
  if (output === STDOUT) {
    terminal.show(text.trimEnd());
    return EXIT.fine;
  }
  await writeScenarioFile(output, text, flags.force === true);
  terminal.note(nextSteps(output, text, draft.url !== null || draft.command !== null));
  return EXIT.fine;
}

async function measuredRun(folder: string | undefined): Promise<MeasuredRun | null> {
  if (folder === undefined) return null;
  const { name, cells } = await readReport(folder);
  return { name, cells: cells.map(({ record }) => record) };
}

/** Where the first of them puts its results, and the second finds them. */
const FIRST_RUN = '.tmp/first';

/** The commands that measure the API of a scenario file, and print the file with limits from that. */
function howToMeasure(output: string, words: readonly string[]): string[] {
  const program = programWords(process.argv[1] ?? '', process.env);
  const run = ['run', '--scenario', output === STDOUT ? 'THIS_FILE' : fileWord(output), '--out', FIRST_RUN];
  return [run, initFromRun(redactCommand(words), FIRST_RUN)].map((one) => `${program} ${shellWords(one)}`);
}

/** A name of a file that is not taken for that of a shipped scenario. */
function fileWord(output: string): string {
  return /[/\\]|\.ya?ml$/i.test(output) ? output : `./${output}`;
}

function nextSteps(output: string, text: string, hasTarget: boolean): string {
  const gaps = text.match(/^# TODO:/gm)?.length ?? 0;
  const flags = `--scenario ${fileWord(output)}${hasTarget ? '' : ' --url http://…'}`;
  return [
    `Wrote ${output}${gaps === 0 ? '' : `, with ${plural(gaps, 'place')} to fill in, marked TODO`}. Next:`,
    `  bench list --check ${flags}`,
    `  bench run ${flags}`,
  ].join('\n');
}
