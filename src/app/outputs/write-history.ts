import { basename, dirname, resolve } from 'node:path';
import type { History, HistoryFormat } from '../../model/results/history.js';
import { renderHistoryMarkdown } from '../../report/formats/history-markdown.js';
import { renderHistoryHtml } from '../../report/html/render-history.js';
import { writeOutput } from '../../store/write-output.js';
import { pageAssets } from './page-assets.js';

export interface HistoryWanted {
  /** File of the HTML page; `null` = none. */
  readonly html: string | null;
  readonly formats: readonly HistoryFormat[];
  /** Where the files of these formats go. */
  readonly folder: string;
}

const RENDERERS = { md: renderHistoryMarkdown } as const satisfies Record<HistoryFormat, unknown>;

const HINT = 'The runs are untouched; --output DIR writes elsewhere.';

/** Renders a history into files, each whole or not at all; resolves to their names. Throws `UserError`. */
export async function writeHistory(
  history: History,
  { html, formats, folder }: HistoryWanted,
): Promise<{ readonly html: string | null; readonly files: readonly string[] }> {
  const files: string[] = [];
  for (const format of formats)
    files.push(await writeOutput(resolve(folder), RENDERERS[format](history), HINT));
  if (html === null) return { html: null, files };
  const path = resolve(html);
  const text = renderHistoryHtml(history, await pageAssets());
  return { html: await writeOutput(dirname(path), { name: basename(path), text }, HINT), files };
}
