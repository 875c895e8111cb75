import { UserError } from '../kernel/errors.js';
import type { RunConfig } from '../model/config/run-config.js';
import type { TwinEntry } from '../model/config/twins.js';
import type { Twin, Twins } from '../model/results/twin.js';
import { FlagReader, type RunFlags } from './flag-reader.js';

/** What reports show side by side: `--twin`, in place of the twins of the scenario. */
export function resolveTwins(
  read: FlagReader,
  { twin }: Pick<RunFlags, 'twin'>,
  ofScenario: readonly TwinEntry[],
): RunConfig['twins'] {
  const pairs = twin?.flatMap((text) => readTwin(read, text)) ?? ofScenario.map(pairOf);
  return { pairs, isOfScenario: twin === undefined };
}

/** The twins of `--twin` for a stored run; undefined without any. Throws `UserError`. */
export function twinsOf(words: readonly string[] | undefined): Twins | undefined {
  if (words === undefined) return undefined;
  const read = new FlagReader();
  const twins = resolveTwins(read, { twin: words }, []);
  if (read.problems.length === 0) return twins;
  throw new UserError('usage', read.problems.join('\n'), 'See bench plot --help.');
}

const EXPECTED =
  "two operations as 'LEFT=RIGHT', each an operationId or METHOD /path: 'POST /notes/=POST /notes/sync/'";

function readTwin(read: FlagReader, text: string): Twin[] {
  const [left = '', right = '', ...others] = parted(text).map((side) => side.trim());
  if (left !== '' && right !== '' && left !== right && others.length === 0)
    return [{ left: sideOf(left), right: sideOf(right) }];
  const isTwice = left !== '' && left === right && others.length === 0;
  read.complain('twin', isTwice ? `two different operations: 'LEFT=RIGHT'` : EXPECTED, text);
  return [];
}

/** Behind it a `METHOD /path` begins. */
const BEFORE_PATH = /=(?=\s*[A-Za-z]+\s+\/)/;

/**
 * Paths and their queries may hold `=`. Before a `METHOD /path` the sign can only part two operations; where there is none,
 * an operationId stands at the right, and the last sign is the one before it.
 */
function parted(text: string): string[] {
  const parts = text.split(BEFORE_PATH);
  if (parts.length > 1) return parts;
  const at = text.lastIndexOf('=');
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

function pairOf(entry: TwinEntry): Twin {
  if (Array.isArray(entry)) return { left: sideOf(entry[0]), right: sideOf(entry[1]) };
  const [left, right] = Object.entries(entry).map(([name, operation]) => ({ name, operation }));
  return { left, right } as Twin;
}

function sideOf(operation: string): Twin['left'] {
  return { name: operation, operation };
}
