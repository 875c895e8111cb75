import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import { chromium, type Browser, type BrowserContextOptions, type Locator, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test as base } from 'vitest';
import { objectivesOf } from '../../src/config/resolve-objectives.js';
import type { CellRecord } from '../../src/model/results/cell-record.js';
import { renderHtml } from '../../src/report/html/render-html.js';
import { cell, latency, type CellChanges } from '../support/cells.js';
import { optionalProgram } from '../support/optional-programs.js';
import { reportOf, withObjectives } from '../support/reports.js';

const HOSTILE = `</script><img src=x onerror="globalThis.harmed = true">${'x'.repeat(5000)}`;

const FLAGS = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'],
  ...['--disable-background-networking', '--disable-component-update'],
];

const found = optionalProgram('chromium');
const test = base.skipIf('reason' in found && process.env['BENCH_REQUIRE_OPTIONAL'] !== '1');

/** Six endpoints at two rates with one and two workers; one is too slow, one has a harmful name. */
function cells(): CellRecord[] {
  const names = ['alpha', 'beta', 'gamma', 'delta', 'slow', HOSTILE];
  return names.flatMap((name, at) =>
    [1, 2].flatMap((workers) => [500, 1000].map((rate) => cellOf(name, at, workers, rate))),
  );
}

function cellOf(name: string, at: number, workers: number, rate: number): CellRecord {
  const isSlow = name === 'slow';
  const changes: CellChanges = {
    id: `${name.slice(0, 10).replace(/\W/g, '_')}_w${workers}_${rate}`,
    workers,
    operation: { id: name, method: 'GET', path: `/items/${at}` },
    load: { ratePerSecond: rate },
    counts: { planned: rate * 10 },
    achievedRps: isSlow ? 100 * workers : rate,
    latencyMs: { response: latency({ p50: isSlow ? 9000 : 1 + at, ...(isSlow ? BOUNDS : {}) }) },
    ...(isSlow
      ? { verdict: { state: 'SUSPECT', reasons: [{ id: 'not-stationary', message: 'slower' }] } }
      : {}),
  };
  return cell(changes);
}

const MANY = 230;

function manyCells(): CellRecord[] {
  return Array.from({ length: MANY }, (_, at) =>
    cell({ id: `many_${at}`, operation: { id: `many_${at}` }, achievedRps: at }),
  );
}

// What runs in the page is text, as the tests know no types of a browser.
const UNFOLD = 'document.querySelectorAll("details").forEach((each) => { each.open = true; })';
const HIDDEN_WIDTH =
  '(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)(document.querySelector("dialog"))';

interface SeenInPrint {
  readonly blank: number;
  readonly widest: number;
  readonly sections: readonly string[];
  readonly shown: readonly string[];
}

const WIDEST_CANVAS = 'Math.max(...[...document.querySelectorAll("canvas")].map((each) => each.width))';

/** Looks at the page when all its own listeners have made it ready for the paper. */
const COUNT_WHEN_PRINTED = `addEventListener('beforeprint', () => queueMicrotask(() => {
  const plots = [...document.querySelectorAll('.chart-plots')];
  globalThis.seen = {
    blank: plots.filter((each) => each.querySelector('canvas') === null).length,
    widest: ${WIDEST_CANVAS},
    sections: [...new Set(plots.map((each) => each.closest('section')?.id ?? ''))],
    shown: [...document.body.children]
      .filter((each) => each.className === 'cell printed')
      .map((each) => each.className + ': ' + each.querySelector('h2').textContent),
  };
}))`;

const BOUNDS = { p95: 10_000, p99: 10_000, max: 10_000, lowerBounds: ['p95', 'p99', 'max'] };

describe('the HTML report in a browser without a network', () => {
  let folder = '';
  let browser: Browser;

  beforeAll(async () => {
    if ('reason' in found) return;
    folder = await mkdtemp(join(tmpdir(), 'bench-page-'));
    const built = (name: string) => readFile(new URL(`../../dist/page/${name}`, import.meta.url), 'utf8');
    const assets = { script: await built('page.js'), style: await built('page.css') };
    await writeFile(join(folder, 'report.html'), renderHtml(reportOf(cells()), assets));
    await writeFile(join(folder, 'many.html'), renderHtml(reportOf(manyCells()), assets));
    const objectives = objectivesOf(['p50 < 10ms', 'slow p50 < 1s']) ?? [];
    const judged = withObjectives(reportOf(cells()), objectives);
    await writeFile(join(folder, 'objectives.html'), renderHtml(judged, assets));
    browser = await chromium.launch({ executablePath: found.path, args: FLAGS });
  });

  afterAll(async () => {
    if ('reason' in found) return;
    await browser.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** Opens the report, and fails for what the console or the network complain of. */
  async function withPage(
    { hash = '', file = 'report.html', ...options }: BrowserContextOptions & { hash?: string; file?: string },
    use: (page: Page) => Promise<void>,
  ): Promise<void> {
    const address = pathToFileURL(join(folder, file)).href;
    const context = await browser.newContext({ offline: true, reducedMotion: 'reduce', ...options });
    const complaints: string[] = [];
    const page = await context.newPage();
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
    });
    page.on('pageerror', ({ message }) => complaints.push(message));
    page.on('request', (request) => {
      const url = request.url();
      if (!url.startsWith(address) && !/^(?:data|blob):/.test(url)) complaints.push(`asked for ${url}`);
    });
    await page.goto(address + hash);
    await use(page);
    expect(complaints).toEqual([]);
    await context.close();
  }

  /** By the keyboard: a pointer may miss a button that a chart, drawn late, pushes down. */
  const press = (button: Locator) => button.press('Enter');

  const names = (page: Page) => page.locator('#cells tbody tr:not([hidden]) th').allInnerTexts();

  test('shows the summary, draws charts, and takes a series out of them by its legend', async () => {
    await withPage({}, async (page) => {
      expect(await page.locator('h1').textContent()).toBe('node-sqlite');
      expect(await page.locator('.verdict-line').textContent()).toBe('20 of 24 cells are VALID, 4 SUSPECT.');
      expect(await page.locator('.behind').textContent()).toMatch(
        /slow reached 100 of 1000\/s with 1 worker/,
      );
      const key = page.locator('[data-chart="rates"] .chart-key[aria-pressed]').first();
      await key.click();
      expect(await key.getAttribute('aria-pressed')).toBe('false');
      await page.locator('[data-chart="rates"] canvas').first().waitFor();
    });
  });

  test('draws limits that the legend takes out, and leads from an objective to its cell', async () => {
    await withPage({ file: 'objectives.html' }, async (page) => {
      expect(await seriousFlaws(page)).toEqual([]);
      const charts = page.locator('[data-chart="rates"]');
      await page.locator('#rates').scrollIntoViewIfNeeded();
      await press(charts.getByRole('button', { name: 'Response time p50' }));
      const canvas = charts.locator('canvas').first();
      await canvas.waitFor();
      const drawn = () => canvas.evaluate((each) => (each as unknown as { toDataURL(): string }).toDataURL());
      const before = await drawn();
      await press(charts.locator('.chart-key', { hasText: /^p50 < 10ms$/ }));
      await expect.poll(drawn).not.toBe(before);

      await press(page.locator('#objectives .failed a').first());
      expect(await page.getByRole('dialog').locator('h2').textContent()).toBe('slow');
    });
  });

  test('shows the first 200 of very many cells, after sorting too, and all when asked', async () => {
    await withPage({ file: 'many.html' }, async (page) => {
      const visible = () => page.locator('#cells tbody tr:visible').count();
      const shown = page.locator('[name="shown"]');
      expect([await visible(), await shown.textContent()]).toEqual([200, 'the first 200 of 230 shown']);
      await press(page.locator('#cells thead th', { hasText: 'Achieved' }).getByRole('button'));
      expect(await page.locator('#cells tbody tr:visible').first().innerText()).toContain('many_229');
      expect(await visible()).toBe(200);
      await press(page.getByRole('button', { name: 'Show all' }));
      expect([await visible(), await shown.textContent()]).toEqual([MANY, '230 of 230 shown']);
      expect(await page.getByRole('button', { name: 'Show all' }).isVisible()).toBe(false);
    });
    await withPage({ file: 'many.html' }, async (page) => {
      await page.getByRole('searchbox').fill('many_22');
      expect(await page.locator('#cells tbody tr:visible').count()).toBe(11);
    });
  });

  test('sorts the table by any column, and says so', async () => {
    await withPage({}, async (page) => {
      const heading = page.locator('#cells thead tr:last-child th', { hasText: 'p50' }).first();
      await press(heading.getByRole('button'));
      expect(await heading.getAttribute('aria-sort')).toBe('descending');
      expect((await names(page)).slice(0, 4)).toEqual(['slow', 'slow', 'slow', 'slow']);
      await press(heading.getByRole('button'));
      expect(await heading.getAttribute('aria-sort')).toBe('ascending');
      expect((await names(page))[0]).toBe('alpha');
    });
  });

  test('filters the table by words, verdict, load and workers', async () => {
    await withPage({}, async (page) => {
      await page.getByLabel('Find').fill('items/2');
      expect(await names(page)).toEqual(Array(4).fill('gamma'));
      await page.getByLabel('Find').fill('');
      await page.locator('#filters').getByLabel('Verdict').selectOption('SUSPECT');
      await page.locator('#filters').getByLabel('Workers').selectOption('2');
      await page.locator('#filters').getByLabel('Load').selectOption('500/s');
      expect(await names(page)).toEqual(['slow']);
      expect(await page.locator('#filters output').textContent()).toBe('1 of 24 shown');
    });
  });

  test('opens a cell by its row, its name, its address and the keyboard alone', async () => {
    await withPage({ hash: '#cell-beta_w2_1000' }, async (page) => {
      const dialog = page.getByRole('dialog', { name: 'beta' });
      expect(await dialog.textContent()).toMatch(/1000\/s, 2 workers/);
      await dialog.locator('figure').first().scrollIntoViewIfNeeded();
      await dialog.locator('canvas').first().waitFor();
      await page.keyboard.press('Escape');
      await expect.poll(() => new URL(page.url()).hash).toBe('');
      await page.locator('#cells tbody tr', { hasText: 'gamma' }).first().locator('td').nth(5).click();
      await expect.poll(() => new URL(page.url()).hash).toBe('#cell-gamma_w1_500');
      await press(page.getByRole('button', { name: 'Close' }));
      await page.locator('#cells tbody a').first().focus();
      await page.keyboard.press('Enter');
      await page.getByRole('dialog', { name: 'alpha' }).waitFor();
      await page.getByRole('link', { name: 'Next' }).focus();
      await page.keyboard.press('Enter');
      await expect.poll(() => new URL(page.url()).hash).toBe('#cell-alpha_w1_1000');
    });
  });

  test('leads from the run at a glance to the cell behind a figure, the worst endpoint first', async () => {
    await withPage({}, async (page) => {
      await page.locator('.glance tbody tr').first().getByRole('link').last().click();
      await page.getByRole('dialog', { name: 'slow' }).waitFor();
      expect(new URL(page.url()).hash).toBe('#cell-slow_w2_1000');
    });
  });

  test('is reached by the keyboard from its first element on', async () => {
    await withPage({}, async (page) => {
      await page.keyboard.press('Tab');
      expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the results');
      await page.keyboard.press('Enter');
      expect(await page.evaluate('document.activeElement.id')).toBe('content');
    });
  });

  test('keeps the colours that were chosen', async () => {
    await withPage({ colorScheme: 'light' }, async (page) => {
      const paper = () => page.evaluate('getComputedStyle(document.body).backgroundColor');
      expect(await paper()).toBe('rgb(255, 255, 255)');
      await page.getByRole('button', { name: 'Switch to dark colours' }).click();
      const dark = await paper();
      expect(dark).not.toBe('rgb(255, 255, 255)');
      await page.reload();
      expect(await paper()).toBe(dark);
    });
  });

  test.each(['light', 'dark'] as const)('has no serious flaw of accessibility in %s', async (colorScheme) => {
    await withPage({ colorScheme }, async (page) => {
      await page.evaluate(UNFOLD);
      // Charts are drawn when they are seen.
      await page.locator('#spectra').scrollIntoViewIfNeeded();
      await page.locator('#spectra canvas').first().waitFor();
      expect(await seriousFlaws(page)).toEqual([]);
      await page.evaluate('location.hash = "#cell-slow_w1_500"');
      await page.getByRole('dialog').waitFor();
      expect(await seriousFlaws(page)).toEqual([]);
    });
  });

  test('never scrolls sideways as a whole on 400 pixels', async () => {
    await withPage({ viewport: { width: 400, height: 800 } }, async (page) => {
      await page.evaluate(UNFOLD);
      const width = () => page.evaluate('document.documentElement.scrollWidth');
      expect(await width()).toBe(400);
      await page.evaluate('location.hash = "#cell-slow_w1_500"');
      const dialog = page.getByRole('dialog');
      await dialog.waitFor();
      expect(await page.evaluate(HIDDEN_WIDTH)).toBe(0);
    });
  });

  test('makes no markup of text that others wrote', async () => {
    await withPage({}, async (page) => {
      const name = page.locator('#cells tbody tr').last().locator('a');
      expect(await name.textContent()).toMatch(/^<\/script><img src=x onerror=/);
      await name.click();
      await page.getByRole('dialog').waitFor();
      expect(await page.locator('dialog h2').textContent()).toMatch(/^<\/script><img src=x onerror=/);
      expect(await page.locator('img').count()).toBe(0);
      expect(await page.evaluate('"harmed" in globalThis')).toBe(false);
    });
  });

  /** Prints, and counts the pages. */
  const printed = async (page: Page): Promise<number> => {
    const pdf = await page.pdf({ preferCSSPageSize: true });
    return pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0;
  };

  test('draws every chart for the paper when it is printed, those never seen too', async () => {
    await withPage({ viewport: { width: 1440, height: 700 } }, async (page) => {
      await page.evaluate(COUNT_WHEN_PRINTED);
      expect(await printed(page)).toBeGreaterThan(2);
      const { blank, widest, sections } = await page.evaluate<SeenInPrint>('globalThis.seen');
      expect({ blank, sections }).toEqual({ blank: 0, sections: ['rates', 'scaling', 'spectra'] });
      expect(widest).toBeLessThanOrEqual(950);
      expect(await page.evaluate(WIDEST_CANVAS)).toBeGreaterThan(1000);
    });
  });

  test('prints an open cell from its heading on, and has it back afterwards', async () => {
    await withPage({ hash: '#cell-beta_w2_1000' }, async (page) => {
      const dialog = page.getByRole('dialog', { name: 'beta' });
      await dialog.waitFor();
      await page.evaluate(COUNT_WHEN_PRINTED);
      expect(await printed(page)).toBeGreaterThan(1);
      const { shown, blank } = await page.evaluate<SeenInPrint>('globalThis.seen');
      expect({ shown, blank }).toEqual({ shown: ['cell printed: beta'], blank: 0 });
      expect(await dialog.getByRole('heading', { name: 'beta' }).isVisible()).toBe(true);
      expect(await page.locator('.printed').count()).toBe(0);
    });
  });

  test('unfolds the cells of a reason by the keyboard', async () => {
    await withPage({}, async (page) => {
      const reason = page.locator('#reasons details').first();
      await reason.locator('summary').focus();
      await page.keyboard.press('Enter');
      expect(await reason.getByRole('link').count()).toBe(4);
      await reason.getByRole('link').first().click();
      await page.getByRole('dialog', { name: 'slow' }).waitFor();
    });
  });

  test('reads without its script', async () => {
    await withPage({ javaScriptEnabled: false }, async (page) => {
      expect(await page.locator('#cells tbody tr').count()).toBe(24);
      expect(await page.locator('#filters').isVisible()).toBe(false);
      expect(await page.locator('noscript').first().textContent()).toMatch(/need the script/);
    });
  });
});

interface AxeViolation {
  readonly id: string;
  readonly impact: string | null;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

/** What axe finds beyond small things, with where. */
async function seriousFlaws(page: Page): Promise<string[]> {
  // By the debugger, as the page's own policy lets no other script in.
  await page.evaluate(axe.source);
  const violations = await page.evaluate(async () => {
    const { axe: judge } = globalThis as unknown as {
      axe: { run(): Promise<{ violations: AxeViolation[] }> };
    };
    return (await judge.run()).violations;
  });
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical' || impact === 'moderate')
    .flatMap(({ id, nodes }) =>
      nodes.slice(0, 3).map((node) => `${id}: ${node.html.slice(0, 160)} – ${node.failureSummary}`),
    );
}
