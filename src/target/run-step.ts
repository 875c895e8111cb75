import { execa } from 'execa';
import { UserError } from '../kernel/errors.js';
import { lastLines, printable } from '../kernel/text.js';

export interface StepOptions {
  readonly title: string;
  readonly words: readonly string[];
  readonly folder: string;
  readonly signal: AbortSignal;
  /** Each line that the step prints. */
  readonly onLine: (line: string) => void;
}

const SHOWN_LINES = 15;

/** Runs one preparatory command of a scenario to its end. */
export async function runStep({ title, words, folder, signal, onLine }: StepOptions): Promise<void> {
  const [program = '', ...args] = words;
  const step = execa(program, args, {
    cwd: folder,
    stdin: 'ignore',
    all: true,
    reject: false,
    cancelSignal: signal,
    forceKillAfterDelay: 3000,
  });
  for await (const line of step.iterable({ from: 'all' })) onLine(printable(line));
  const result = await step;
  signal.throwIfAborted();
  if (!result.failed) return;
  const said = lastLines(result.all || result.originalMessage || '', SHOWN_LINES).map(
    (line) => `  │ ${printable(line)}`,
  );
  throw new UserError(
    'run',
    `Preparing the scenario failed at: ${title}.`,
    `${said.join('\n')}\nThe command was: ${words.join(' ')}`,
  );
}
