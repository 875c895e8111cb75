import { basename, dirname, resolve } from 'node:path';
import type { Report, ReportFormat } from '../model/report.js';
import { FORMATS } from '../report/formats/index.js';
import { renderHtml } from '../report/html/render-html.js';
import { writeOutput } from '../store/write-output.js';
import { pageAssets } from './page-assets.js';

export interface ReportsWanted {
  /** File of the HTML report; `null` = none. */
  readonly html: string | null;
  readonly formats: readonly ReportFormat[];
}

export interface WrittenReports {
  readonly html: string | null;
  /** Every other file. */
  readonly files: readonly string[];
}

/** Renders a stored run and puts the files into its directory, each whole or not at all. Throws `UserError`. */
export async function writeReports(
  report: Report,
  { html, formats }: ReportsWanted,
): Promise<WrittenReports> {
  const files: string[] = [];
  for (const format of formats) {
    for (const file of FORMATS[format]?.(report) ?? []) files.push(await writeOutput(report.folder, file));
  }
  if (html === null) return { html: null, files };
  const path = resolve(html);
  const text = renderHtml(report, await pageAssets());
  return { html: await writeOutput(dirname(path), { name: basename(path), text }), files };
}
