import { join } from 'node:path';
import { compareSets } from '../../app/outputs/compare-runs.js';
import { readCompareFlags, type CompareWishes, type CompareWords } from '../../config/compare-flags.js';
import { comparisonFormatsOf } from '../../config/report-flags.js';
import type { ComparisonFormat } from '../../model/results/comparison.js';
import { renderComparison } from '../../report/terminal/render-comparison.js';
import { exitCodeOfComparison } from '../exit-codes.js';
import type { Terminal, TerminalFlags } from '../terminal.js';
import { announceComparison } from './announce-comparison.js';

/** What says how runs are compared and what is made of it; shared by compare and ab. */
export interface ComparisonFlags extends TerminalFlags, CompareWords {
  /** A file; false with --no-html. */
  readonly html?: string | false;
  readonly format?: readonly string[];
}

/** The same, read. */
export interface ComparisonWishes extends CompareWishes {
  readonly flags: ComparisonFlags;
  readonly formats: readonly ComparisonFormat[];
}

/** Throws `UserError`: to be called before anything else, as the words of a command may be wrong. */
export function readComparisonFlags(flags: ComparisonFlags, command: string): ComparisonWishes {
  return { flags, formats: comparisonFormatsOf(flags.format, command), ...readCompareFlags(flags) };
}

/** Words that name results directories. */
export interface ComparedSides {
  readonly base: readonly string[];
  readonly candidate: readonly string[];
}

const PAGE_FILE = 'compare.html';

/** Compares, prints, and writes what is wanted, into `folder` unless that of the candidate is meant; resolves to the exit code. */
export async function showComparison(
  { base, candidate }: ComparedSides,
  {
    flags,
    formats,
    across,
    renamings,
    failOn,
    folder,
  }: ComparisonWishes & { readonly folder: string | undefined },
  terminal: Terminal,
): Promise<number> {
  const runs = await compareSets(base, candidate, { across, renamings, isForPage: flags.html !== false });
  if (flags.json === true) terminal.json(runs.comparison);
  if (flags.quiet !== true) terminal.show(`\n${renderComparison(runs.comparison, terminal)}\n`);
  const place = folder ?? runs.candidate.folder;
  const html = flags.html === false ? null : (flags.html ?? join(place, PAGE_FILE));
  await announceComparison(runs, { html, formats, folder: place }, terminal);
  return exitCodeOfComparison(runs.comparison, failOn);
}
