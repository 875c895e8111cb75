/*
 * How long reports take and how large they get: makes stored runs up in a temporary folder, renders each with
 * `bench plot` as a whole process, and opens the page in a Chromium where there is one.
 *
 *   node benchmarks/reports.js
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { chromium } from 'playwright-core';
import { writeSyntheticRun } from './reports/synthetic-run.js';

const BENCH = fileURLToPath(new URL('../bin/bench.js', import.meta.url));
const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const TIMES = 3;
const SHAPES = [
  { title: '100 cells of 10 s', cells: 100, seconds: 10 },
  { title: '1000 cells of 10 s', cells: 1000, seconds: 10 },
  { title: '1000 operations with names of 5000 characters', cells: 1000, seconds: 1, nameCharacters: 5000 },
  { title: '100 cells of 10 min', cells: 100, seconds: 600 },
];
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'];

/** @param {readonly number[]} numbers */
function median(numbers) {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

/** @param {() => Promise<unknown>} work @returns {Promise<number>} seconds, the median of some times */
async function timed(work) {
  const times = [];
  for (let time = 0; time < TIMES; time += 1) {
    const startMs = performance.now();
    await work();
    times.push((performance.now() - startMs) / 1000);
  }
  return median(times);
}

/** @param {readonly string[]} args */
async function plot(...args) {
  await promisify(execFile)(process.execPath, [BENCH, 'plot', ...args], { maxBuffer: 1e9 });
}

/**
 * Seconds from the opening until the page takes clicks, and until the first one on a heading has sorted the table.
 * @param {import('playwright-core').Browser} browser @param {string} file
 */
async function open(browser, file) {
  const page = await browser.newPage();
  const startMs = performance.now();
  await page.goto(pathToFileURL(file).href, { waitUntil: 'commit' });
  await page.locator('#cells thead th button').nth(5).click();
  await page.locator('#cells [aria-sort]').waitFor();
  const sortedMs = performance.now() - startMs;
  const usableMs = Number(
    await page.evaluate('performance.getEntriesByType("navigation")[0].domContentLoadedEventEnd'),
  );
  await page.close();
  return { usable: usableMs / 1000, sorted: sortedMs / 1000 };
}

/** @returns {Promise<import('playwright-core').Browser | null>} */
async function browserIfAny() {
  try {
    return await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
  } catch (error) {
    process.stderr.write(`Without a browser: ${String(error).split('\n')[0]} (CHROMIUM names its path)\n`);
    return null;
  }
}

/** @param {readonly Record<string, string>[]} rows @returns {string} the first column to the left, the others to the right */
function columns(rows) {
  const names = Object.keys(rows[0] ?? {});
  const table = [names, ...rows.map((row) => names.map((name) => row[name] ?? ''))];
  const widths = names.map((_, at) => Math.max(...table.map((line) => line[at]?.length ?? 0)));
  return table
    .map((line) =>
      line
        .map((text, at) => (at === 0 ? text.padEnd(widths[at] ?? 0) : text.padStart(widths[at] ?? 0)))
        .join('  '),
    )
    .join('\n');
}

const folder = mkdtempSync(join(tmpdir(), 'bench-reports-'));
const browser = await browserIfAny();
try {
  const rows = [];
  for (const { title, ...shape } of SHAPES) {
    const run = join(folder, title.replaceAll(' ', '-'));
    writeSyntheticRun(run, shape);
    const html = join(folder, 'report.html');
    const both = await timed(() => plot(run, '--output', html));
    const terminal = await timed(() => plot(run, '--no-html'));
    /** @type {{ usable: number, sorted: number }[]} */
    const opened = [];
    for (let time = 0; browser && time < TIMES; time += 1) opened.push(await open(browser, html));
    const inBrowser = (/** @type {'usable' | 'sorted'} */ name) =>
      browser ? median(opened.map((one) => one[name])).toFixed(2) : '–';
    rows.push({
      run: title,
      'terminal and HTML, s': both.toFixed(2),
      'terminal alone, s': terminal.toFixed(2),
      'HTML, MB': (statSync(html).size / 1e6).toFixed(2),
      'usable in the browser, s': inBrowser('usable'),
      'table sorted, s': inBrowser('sorted'),
    });
    rmSync(run, { recursive: true });
  }
  process.stdout.write(`${columns(rows)}\n`);
} finally {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
}
