// Takes the pictures of this folder: node docs/images/take-screenshots.js RESULTS_DIRECTORY [CELL]
// or one alone, of a scenario's report or of a cell: node docs/images/take-screenshots.js RESULTS_DIRECTORY [CELL] --as notes-postgres
// Needs a Chromium (CHROMIUM=/path, else /usr/bin/chromium) and a report.html in that directory.
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';

const { positionals, values } = parseArgs({ allowPositionals: true, options: { as: { type: 'string' } } });
const [folder, cell] = positionals;
if (folder === undefined) throw new Error('name a results directory that holds a report.html');
const report = pathToFileURL(resolve(folder, 'report.html')).href;

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
});
try {
  if (values.as !== undefined)
    await take(values.as, { width: 1440, height: cell === undefined ? 2200 : 1800 }, { open: cell });
  else {
    await take('report-1440', { width: 1440, height: 1800 });
    await take('report-1024-dark', { width: 1024, height: 1400 }, { colorScheme: 'dark' });
    await take('report-400', { width: 400, height: 1400 });
    await take('cell-1440', { width: 1440, height: 1800 }, { open: cell });
  }
} finally {
  await browser.close();
}

async function take(name, viewport, { colorScheme = 'light', open } = {}) {
  const page = await browser.newPage({ viewport, colorScheme });
  await page.goto(open === undefined ? report : `${report}#cell-${open}`);
  await page.waitForTimeout(1500); // charts are drawn when they are seen
  // Of a cell alone it is its course that is shown.
  if (open !== undefined && values.as !== undefined) {
    await page
      .locator('dialog[open] figure')
      .first()
      .evaluate((chart) => chart.scrollIntoView({ block: 'start' }));
    await page.waitForTimeout(500);
  }
  const file = new URL(`${name}.png`, import.meta.url).pathname;
  await page.screenshot({ path: file });
  await page.close();
  console.log(file);
}
