import { execa } from 'execa';
import { UserError } from '../kernel/errors.js';
import { redactCommand, withoutLogins } from '../kernel/redact-text.js';
import { lastLines, printable } from '../kernel/text.js';
import { supervise, supervisorCommand, supervisorOptions, USUAL_STOP } from './supervise.js';

export interface StepOptions {
  /** The supervisor's program. */
  readonly supervisor: URL;
  readonly title: string;
  /** What it prepares; left out = the scenario. */
  readonly whose?: string;
  readonly words: readonly string[];
  readonly folder: string;
  /** Beside the environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** Whom it runs as; left out = the user of bench. */
  readonly user?: { readonly uid: number; readonly gid: number } | null;
  /** Folder to remove if the harness is gone before it could do so itself. */
  readonly scratch: string;
  readonly signal: AbortSignal;
  /** Each line that the step prints. */
  readonly onLine: (line: string) => void;
}

const SHOWN_LINES = 15;

/** Runs one preparatory command to its end, under a supervisor as the target itself. */
export async function runStep({
  title,
  whose = 'the scenario',
  words,
  folder,
  env = {},
  user = null,
  signal,
  onLine,
  ...options
}: StepOptions): Promise<void> {
  signal.throwIfAborted();
  const supervisor = execa(...supervisorCommand(options.supervisor), {
    ...supervisorOptions(options.scratch),
    all: true,
  });
  const lines = supervisor.iterable({ from: 'all' });
  const what = `The step “${title}” of ${whose}`;
  const step = await supervise(supervisor, {
    ...{ what, words, folder, user, env, whenLeft: 'over', stop: USUAL_STOP, logFile: null },
  });
  const stop = (): void => void step.end();
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  try {
    for await (const line of lines) onLine(withoutLogins(printable(line)));
  } finally {
    signal.removeEventListener('abort', stop);
  }
  const { succeeded, how } = await step.exited;
  signal.throwIfAborted();
  if (succeeded) return;
  const { all } = await supervisor;
  const said = lastLines(all, SHOWN_LINES).map((line) => `  │ ${withoutLogins(printable(line))}\n`);
  throw new UserError(
    'run',
    `Preparing ${whose} failed at: ${title}.`,
    `${said.join('')}The command ${how}. It was: ${redactCommand(words).join(' ')}`,
  );
}
