import type { Report } from '../../model/report.js';

/** The page's own script and style sheet, as they were built. */
export interface PageAssets {
  readonly script: string;
  readonly style: string;
}

/** A whole report as one file that needs nothing else. */
export function renderHtml(report: Report, assets: PageAssets): string {
  return [
    '<!doctype html>',
    '<html lang="en">',
    `<meta charset="utf-8"><title>${report.cells.length} cells</title>`,
    `<style>${assets.style}</style>`,
    `<script>${assets.script}</script>`,
    '</html>\n',
  ].join('\n');
}
