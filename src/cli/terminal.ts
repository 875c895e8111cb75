import { Chalk, type ChalkInstance } from 'chalk';
import { UserError } from '../kernel/errors.js';
import { jsonText } from '../kernel/text.js';
import { shownJson, shownText } from './safe-output.js';
import { machineLimit } from './machine-limit.js';

/** Readable without a terminal that tells its width, such as a CI log. */
export const WIDTH_WITHOUT_TERMINAL = 100;

export interface TerminalFlags {
  readonly json?: boolean;
  readonly events?: boolean;
  readonly quiet?: boolean;
  /** False with --no-color. */
  readonly color?: boolean;
}

/** Where people's output goes: with --json or --events all of it to stderr, so that stdout holds JSON alone. */
export class Terminal {
  readonly width: number;
  readonly color: boolean;
  /** Whether block and line characters can be shown. */
  readonly unicode: boolean;
  readonly paint: ChalkInstance;
  private readonly stream: NodeJS.WriteStream;
  private readonly isQuiet: boolean;

  constructor(flags: TerminalFlags) {
    this.stream = flags.json === true || flags.events === true ? process.stderr : process.stdout;
    this.isQuiet = flags.quiet === true;
    this.width = this.stream.columns || WIDTH_WITHOUT_TERMINAL;
    this.color = wantsColor(this.stream, flags.color !== false);
    this.unicode = speaksUnicode(process.env);
    this.paint = new Chalk({ level: wantsColor(process.stderr, flags.color !== false) ? 1 : 0 });
  }

  /** How `note` may look. */
  get forNotes(): { readonly width: number; readonly color: boolean } {
    return { width: process.stderr.columns || WIDTH_WITHOUT_TERMINAL, color: this.paint.level > 0 };
  }

  /** Results for people. */
  show(text: string): void {
    this.stream.write(`${shownText(text)}\n`);
  }

  /** A command to the runner of a CI job, complete and escaped. */
  command(line: string): void {
    this.stream.write(`${line}\n`);
  }

  /** News of the work under way; nothing with --quiet. */
  note(text: string): void {
    if (!this.isQuiet) process.stderr.write(`${shownText(text)}\n`);
  }

  /** The one machine-readable object. */
  json(value: unknown): void {
    process.stdout.write(`${shownJson(jsonText(value, 2))}\n`);
  }

  /** What happened, and what to do about it. A stack only for errors that are ours. */
  error(error: unknown): void {
    process.stderr.write(`${shownText(describeError(error, this.paint))}\n`);
  }
}

export function describeError(error: unknown, paint: ChalkInstance): string {
  const known = error instanceof UserError ? error : machineLimit(error);
  if (known) {
    const hint = known.hint === undefined ? '' : `\n${paint.dim(known.hint)}`;
    return `${paint.red('Error:')} ${known.message}${hint}`;
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `${paint.red('Internal error:')} this is a fault of bench, please report it.\n${stack}`;
}

/** Terminals that draw few characters beyond ASCII, whatever the locale says. */
const PLAIN_TERMINALS = ['dumb', 'linux'];

/** Whether what reads the output knows UTF-8, by its locale. Without one (a container, a CI job) it most likely does. */
export function speaksUnicode(env: Readonly<Record<string, string | undefined>>): boolean {
  if (PLAIN_TERMINALS.includes(env['TERM'] ?? '')) return false;
  const locale = [env['LC_ALL'], env['LC_CTYPE'], env['LANG']].find(
    (value) => value !== undefined && value !== '',
  );
  return locale === undefined || /utf-?8/i.test(locale);
}

/** Whether lines can be drawn anew on stderr, without the lines of something else coming between. */
export function isLiveTerminal(flags: TerminalFlags): boolean {
  if (!process.stderr.isTTY || flags.quiet === true || process.env['TERM'] === 'dumb') return false;
  return !(flags.events === true && process.stdout.isTTY);
}

function wantsColor(stream: NodeJS.WriteStream, isAllowed: boolean): boolean {
  const { NO_COLOR, FORCE_COLOR } = process.env;
  if (!isAllowed || (NO_COLOR !== undefined && NO_COLOR !== '')) return false;
  return stream.isTTY || (FORCE_COLOR !== undefined && FORCE_COLOR !== '0');
}
