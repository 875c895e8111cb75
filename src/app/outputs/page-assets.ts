import { readFile } from 'node:fs/promises';
import type { PageAssets } from '../../report/html/render-html.js';

const built = (name: string): URL => new URL(`../../page/${name}`, import.meta.url);

/** The script and style sheet of HTML reports: built files next to this one. */
export async function pageAssets(): Promise<PageAssets> {
  const [script, style] = await Promise.all([
    readFile(built('page.js'), 'utf8'),
    readFile(built('page.css'), 'utf8'),
  ]);
  return { script, style };
}
