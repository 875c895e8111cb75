import type { AbPlan } from '../../model/results/ab-plan.js';
import { UserError } from '../../kernel/errors.js';
import { REDACTED } from '../../kernel/redact-text.js';
import { abOptions } from '../commands/ab.js';

type Flags = Readonly<Record<string, unknown>>;

/** What says how results are compared and shown: it may be another one each time. */
const OF_OUTPUT = [
  ...['resume', 'json', 'quiet', 'color', 'html', 'format', 'dryRun'],
  ...['across', 'map', 'failOn'],
];

/**
 * The flags of a `bench ab` that goes on: those that it was begun with, and what its plan does not keep, secrets, as given
 * now. Throws `UserError`.
 */
export function resumedFlags({ command }: Pick<AbPlan, 'command'>, words: readonly string[]): Flags {
  const begun = read(command);
  const given = read(words);
  const hidden = [...begun.given].filter((key) => holdsRedacted(begun.flags[key]));
  const changed = [...given.given].filter((key) => !OF_OUTPUT.includes(key) && !hidden.includes(key));
  if (changed.length > 0)
    throw new UserError(
      'usage',
      `--resume goes on with what was begun: ${named(changed)} cannot be changed.`,
      'Begin a new one, without --resume.',
    );
  const missing = hidden.filter((key) => !given.given.has(key));
  if (missing.length > 0)
    throw new UserError(
      'usage',
      `No secrets are kept, so ${named(missing)} must be given again.`,
      `It was begun with: bench ${command.join(' ')}`,
    );
  return { ...begun.flags, ...Object.fromEntries([...given.given].map((key) => [key, given.flags[key]])) };
}

function read([, ...options]: readonly string[]): {
  readonly flags: Flags;
  readonly given: ReadonlySet<string>;
} {
  const command = abOptions().exitOverride();
  command.parseOptions(options);
  const flags: Flags = command.opts();
  const given = Object.keys(flags).filter((key) => command.getOptionValueSource(key) === 'cli');
  return { flags, given: new Set(given) };
}

function holdsRedacted(value: unknown): boolean {
  return [value].flat().some((one) => String(one).includes(REDACTED));
}

/** `--base-command`, as it is typed. */
function named(keys: readonly string[]): string {
  return keys.map((key) => `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`).join(', ');
}
