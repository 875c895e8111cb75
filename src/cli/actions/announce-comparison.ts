import { pathToFileURL } from 'node:url';
import type { ComparedRuns } from '../../app/outputs/compare-runs.js';
import { writeComparison, type ComparisonWanted } from '../../app/outputs/write-comparison.js';
import type { Terminal } from '../terminal.js';

/** Writes the files of a comparison that are wanted and says where they are; annotations go where people's output does. */
export async function announceComparison(
  runs: ComparedRuns,
  wanted: ComparisonWanted,
  terminal: Terminal,
): Promise<void> {
  // GitHub names the file for the summary of a job's step.
  const githubSummary = process.env['GITHUB_STEP_SUMMARY'] || undefined;
  const written = await writeComparison(runs, { ...wanted, githubSummary });
  for (const line of written.annotations) terminal.command(line);
  for (const file of written.files) terminal.note(`Written: ${file}`);
  // A URL, so that terminals make a link of it.
  if (written.html !== null) terminal.note(`Report: ${pathToFileURL(written.html).href}`);
}
