import type { Comparison } from '../../model/comparison.js';
import type { Report } from '../../model/report.js';
import { remarksOn } from '../comparison-words.js';
import { html, NOTHING } from './markup.js';
import { pageData, pageJson } from './page-data.js';
import { renderPage, type PageAssets } from './render-page.js';

export interface ComparedReports {
  readonly base: Report;
  readonly candidate: Report;
  readonly comparison: Comparison;
}

/** Two runs side by side as one file that needs nothing else. */
export function renderComparisonHtml(
  { base, candidate, comparison }: ComparedReports,
  assets: PageAssets,
): string {
  return renderPage(
    {
      title: 'Comparison',
      header: html`<h1>Comparison</h1>`,
      sections: [html`${remarksOn(comparison).map((remark) => html`<p>${remark}</p>`)}`],
      footer: NOTHING,
      data: { data: pageJson(pageData([base, candidate])) },
    },
    assets,
  );
}
