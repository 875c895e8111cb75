import { join } from 'node:path';
import { compareSets } from '../../app/outputs/compare-runs.js';
import { readCompareFlags, type CompareWords } from '../../config/compare-flags.js';
import { comparisonFormatsOf } from '../../config/report-flags.js';
import { renderComparison } from '../../report/terminal/render-comparison.js';
import { UserError } from '../../kernel/errors.js';
import { exitCodeOfComparison } from '../exit-codes.js';
import { announceComparison } from './announce-comparison.js';
import { Terminal, type TerminalFlags } from '../terminal.js';

interface Flags extends TerminalFlags, CompareWords {
  readonly base?: readonly string[];
  readonly candidate?: readonly string[];
  /** A file; false with --no-html. */
  readonly html?: string | false;
  readonly format?: readonly string[];
  readonly output?: string;
}

const PAGE_FILE = 'compare.html';

/** `bench compare`. */
export async function doCompare(
  base: string | undefined,
  candidate: string | undefined,
  flags: Flags,
): Promise<number> {
  const formats = comparisonFormatsOf(flags.format);
  const { failOn, ...options } = readCompareFlags(flags);
  const sides = sidesOf(base, candidate, flags);
  const terminal = new Terminal(flags);
  const runs = await compareSets(sides.base, sides.candidate, {
    ...options,
    isForPage: flags.html !== false,
  });
  if (flags.json === true) terminal.json(runs.comparison);
  if (flags.quiet !== true) terminal.show(`\n${renderComparison(runs.comparison, terminal)}\n`);
  const folder = flags.output ?? runs.candidate.folder;
  const html = flags.html === false ? null : (flags.html ?? join(folder, PAGE_FILE));
  await announceComparison(runs, { html, formats, folder }, terminal);
  return exitCodeOfComparison(runs.comparison, failOn);
}

interface Sides {
  readonly base: readonly string[];
  readonly candidate: readonly string[];
}

function sidesOf(
  base: string | undefined,
  candidate: string | undefined,
  flags: Flags,
): Sides {
  const words = [
    ...(base === undefined ? [] : [base]),
    ...(candidate === undefined ? [] : [candidate]),
  ];
  const [ofBase, ofCandidate] = [flags.base, flags.candidate];
  if (ofBase !== undefined && ofCandidate !== undefined && words.length === 0)
    return { base: ofBase, candidate: ofCandidate };
  if (ofBase !== undefined || ofCandidate !== undefined || base === undefined || candidate === undefined)
    throw new UserError(
      'usage',
      'Two sides are needed: the runs before and the runs after.',
      'Name them as in bench compare before after, or with both --base and --candidate.',
    );
  return { base: [base], candidate: [candidate] };
}
