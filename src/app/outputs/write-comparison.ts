import { basename, dirname, resolve } from 'node:path';
import type { OutputFile } from '../../model/report/report.js';
import type { Comparison, ComparisonFormat } from '../../model/results/comparison.js';
import { comparisonAnnotations, renderComparisonGithub } from '../../report/formats/comparison-github.js';
import { renderComparisonJunit } from '../../report/formats/comparison-junit.js';
import { renderComparisonMarkdown } from '../../report/formats/comparison-markdown.js';
import { renderComparisonHtml } from '../../report/html/render-comparison.js';
import { appendOutput, writeOutput } from '../../store/write-output.js';
import type { ComparedRuns } from './compare-runs.js';
import { pageAssets } from './page-assets.js';
import type { WrittenReports } from './write-reports.js';

export interface ComparisonWanted {
  /** File of the HTML page; `null` = none. */
  readonly html: string | null;
  readonly formats: readonly ComparisonFormat[];
  /** Where the files of these formats go. */
  readonly folder: string;
  /** GitHub's own file for the summary of a job, where it names one. */
  readonly githubSummary?: string | undefined;
}

const RENDERERS = {
  md: renderComparisonMarkdown,
  junit: renderComparisonJunit,
  github: renderComparisonGithub,
} as const satisfies Record<ComparisonFormat, (comparison: Comparison) => OutputFile>;

const HINT = 'The runs are untouched; --output DIR writes elsewhere.';

/** Renders a comparison into files, each whole or not at all. Throws `UserError`. */
export async function writeComparison(
  runs: ComparedRuns,
  { html, formats, folder, githubSummary }: ComparisonWanted,
): Promise<WrittenReports> {
  const files: string[] = [];
  for (const format of formats) {
    const file = RENDERERS[format](runs.comparison);
    const appendTo = format === 'github' ? githubSummary : undefined;
    files.push(
      await (appendTo === undefined
        ? writeOutput(resolve(folder), file, HINT)
        : appendOutput(appendTo, file.text)),
    );
  }
  const annotations = formats.includes('github') ? comparisonAnnotations(runs.comparison) : [];
  if (html === null) return { html: null, files, annotations };
  const path = resolve(html);
  const text = renderComparisonHtml(runs, await pageAssets());
  return { html: await writeOutput(dirname(path), { name: basename(path), text }, HINT), files, annotations };
}
