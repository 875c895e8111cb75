import { basename, dirname, resolve } from 'node:path';
import type { ComparisonFormat } from '../../model/results/comparison.js';
import { renderComparisonMarkdown } from '../../report/formats/comparison-markdown.js';
import { renderComparisonHtml } from '../../report/html/render-comparison.js';
import { writeOutput } from '../../store/write-output.js';
import type { ComparedRuns } from './compare-runs.js';
import { pageAssets } from './page-assets.js';
import type { WrittenReports } from './write-reports.js';

export interface ComparisonWanted {
  /** File of the HTML page; `null` = none. */
  readonly html: string | null;
  readonly formats: readonly ComparisonFormat[];
  /** Where the files of these formats go. */
  readonly folder: string;
}

const RENDERERS = { md: renderComparisonMarkdown } as const satisfies Record<ComparisonFormat, unknown>;

const HINT = 'The runs are untouched; --output DIR writes elsewhere.';

/** Renders a comparison into files, each whole or not at all. Throws `UserError`. */
export async function writeComparison(
  runs: ComparedRuns,
  { html, formats, folder }: ComparisonWanted,
): Promise<Omit<WrittenReports, 'annotations'>> {
  const files: string[] = [];
  for (const format of formats)
    files.push(await writeOutput(resolve(folder), RENDERERS[format](runs.comparison), HINT));
  if (html === null) return { html: null, files };
  const path = resolve(html);
  const text = renderComparisonHtml(runs, await pageAssets());
  return { html: await writeOutput(dirname(path), { name: basename(path), text }, HINT), files };
}
