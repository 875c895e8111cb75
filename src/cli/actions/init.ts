import { dirname, resolve } from 'node:path';
import { draftScenario } from '../../app/inspect/draft-scenario.js';
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
}

const STDOUT = '-';

/** `bench init`. */
export async function doInit(flags: Flags): Promise<number> {
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
  return interruptible({ terminal, clear }, (signal) => init(flags, output, terminal, progress, signal));
}

async function init(
  flags: Flags,
  output: string,
  terminal: Terminal,
  progress: Progress,
  signal: AbortSignal,
): Promise<number> {
  const draft = await draftScenario({
    config: await resolveFlags(flags, 'list'),
    command: flags.command ?? null,
    folder: output === STDOUT ? process.cwd() : dirname(resolve(output)),
    checksWrites: flags.checkWrites === true,
    observe: progress.observe,
    signal,
  });
  const text = scenarioText(draft);
  progress.end();
  if (output === STDOUT) {
    terminal.show(text.trimEnd());
    return EXIT.fine;
  }
  await writeScenarioFile(output, text, flags.force === true);
  terminal.note(nextSteps(output, text, draft.url !== null || draft.command !== null));
  return EXIT.fine;
}

function nextSteps(output: string, text: string, hasTarget: boolean): string {
  const gaps = text.match(/^# TODO:/gm)?.length ?? 0;
  const file = /[/\\]|\.ya?ml$/i.test(output) ? output : `./${output}`;
  const flags = `--scenario ${file}${hasTarget ? '' : ' --url http://…'}`;
  return [
    `Wrote ${output}${gaps === 0 ? '' : `, with ${plural(gaps, 'place')} to fill in, marked TODO`}. Next:`,
    `  bench list --check ${flags}`,
    `  bench run ${flags}`,
  ].join('\n');
}
