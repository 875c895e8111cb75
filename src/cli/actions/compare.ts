import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { compareRuns } from '../../app/outputs/compare-runs.js';
import { writeComparison } from '../../app/outputs/write-comparison.js';
import { comparisonFormatsOf } from '../../config/report-flags.js';
import { renderComparison } from '../../report/terminal/render-comparison.js';
import { EXIT } from '../exit-codes.js';
import { Terminal, type TerminalFlags } from '../terminal.js';

interface Flags extends TerminalFlags {
  /** A file; false with --no-html. */
  readonly html?: string | false;
  readonly format?: readonly string[];
  readonly output?: string;
}

const PAGE_FILE = 'compare.html';

/** `bench compare`. */
export async function doCompare(base: string, candidate: string, flags: Flags): Promise<number> {
  const formats = comparisonFormatsOf(flags.format);
  const terminal = new Terminal(flags);
  const runs = await compareRuns(base, candidate);
  if (flags.json === true) terminal.json(runs.comparison);
  if (flags.quiet !== true) terminal.show(`\n${renderComparison(runs.comparison, terminal)}\n`);
  const folder = flags.output ?? runs.candidate.folder;
  const html = flags.html === false ? null : (flags.html ?? join(folder, PAGE_FILE));
  // GitHub names the file for the summary of a job's step.
  const githubSummary = process.env['GITHUB_STEP_SUMMARY'] || undefined;
  const written = await writeComparison(runs, { html, formats, folder, githubSummary });
  for (const line of written.annotations) terminal.command(line);
  for (const file of written.files) terminal.note(`Written: ${file}`);
  // A URL, so that terminals make a link of it.
  if (written.html !== null) terminal.note(`Report: ${pathToFileURL(written.html).href}`);
  return EXIT.fine;
}
