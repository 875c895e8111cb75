import { createHash } from 'node:crypto';
import { escapeHtml, html, trusted, type Markup } from './markup.js';

/** The page's own script and style sheet, as they were built. */
export interface PageAssets {
  readonly script: string;
  readonly style: string;
}

export interface PageParts {
  readonly title: string;
  /** What stands above the first section: a heading of the first rank is part of it. */
  readonly header: Markup;
  readonly sections: readonly Markup[];
  readonly footer: Markup;
  /** JSON for the script, by the id of its element; free of `<`. */
  readonly data: Readonly<Record<string, string>>;
}

/** One file that needs nothing else, and may fetch nothing else. */
export function renderPage({ title, header, sections, footer, data }: PageParts, assets: PageAssets): string {
  const style = assets.style.trim().replaceAll('</style', '<\\/style');
  const script = assets.script.trim().replaceAll('</script', '<\\/script');
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policyFor(script, style)}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="generator" content="openapi-bench" />
        <link rel="icon" href="data:," />
        <title>${title}</title>
        ${trusted(`<style>${style}</style>`)}
      </head>
      <body>
        <a class="skip" href="#content">Skip to the results</a>
        <header class="page-header">${header}</header>
        <main id="content" tabindex="-1">${sections}</main>
        <footer class="page-footer">${footer}</footer>
        ${Object.entries(data).map(([id, json]) => dataElement(id, json))}
        ${trusted(`<script>${script}</script>`)}
      </body>
    </html> `;
  return page.markup;
}

function dataElement(id: string, json: string): Markup {
  return trusted(`<script type="application/json" id="${escapeHtml(id)}">${json}</script>`);
}

function policyFor(script: string, style: string): string {
  return [
    "default-src 'none'",
    `script-src '${sha256(script)}'`,
    `style-src '${sha256(style)}'`,
    'img-src data: blob:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

function sha256(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
