import { basename, dirname, resolve } from 'node:path';
import { sleep, systemClock } from '../../kernel/clock.js';
import type { Report, ReportFormat } from '../../model/report/report.js';
import { githubAnnotations } from '../../report/formats/github.js';
import { FORMATS } from '../../report/formats/index.js';
import { renderHtml } from '../../report/html/render-html.js';
import { removeStaleDrafts } from '../../store/atomic-write.js';
import { appendOutput, writeOutput } from '../../store/write-output.js';
import { pageAssets } from './page-assets.js';

export interface ReportsWanted {
  /** File of the HTML report; `null` = none. */
  readonly html: string | null;
  readonly formats: readonly ReportFormat[];
  /** GitHub's own file for the summary of a job, where it names one. */
  readonly githubSummary?: string | undefined;
}

export interface WrittenReports {
  readonly html: string | null;
  /** Every other file. */
  readonly files: readonly string[];
  /** Lines for the reader of the job's output: annotations of GitHub. */
  readonly annotations: readonly string[];
}

/** Renders a stored run and puts the files into its directory, each whole or not at all. Throws `UserError`. */
export async function writeReports(
  report: Report,
  { html, formats, githubSummary }: ReportsWanted,
): Promise<WrittenReports> {
  await removeStaleDrafts(report.folder);
  const files: string[] = [];
  // Tables and charts may have been drawn just before, which takes a second of a thousand cells: signals have their turn.
  await sleep(systemClock, 0);
  for (const format of formats) {
    const appendTo = format === 'github' ? githubSummary : undefined;
    for (const file of FORMATS[format](report)) {
      files.push(
        await (appendTo === undefined ? writeOutput(report.folder, file) : appendOutput(appendTo, file.text)),
      );
    }
  }
  const annotations = formats.includes('github') ? githubAnnotations(report) : [];
  if (html === null) return { html: null, files, annotations };
  const path = resolve(html);
  const text = renderHtml(report, await pageAssets());
  const written = await writeOutput(dirname(path), { name: basename(path), text });
  return { html: written, files, annotations };
}
