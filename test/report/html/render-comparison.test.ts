import { describe, expect, test } from 'vitest';
import type { PageData } from '../../../src/model/report/page-data.js';
import type { PagePairs } from '../../../src/model/report/page-pairs.js';
import { renderComparisonHtml } from '../../../src/report/html/render-comparison.js';
import { judgedRuns } from '../../support/judged-comparison.js';
import { comparedRuns, endpoint, runBefore, simulatedRun } from '../../support/simulated-runs.js';

const assets = { script: 'void 0', style: 'a {}' };
const page = renderComparisonHtml(judgedRuns(), assets);

/** Without the data of the charts, whose own tests they have. */
function words(text: string): string {
  return text.replace(/(<script type="application\/json" id="\w+">).*?<\/script>/g, '$1…</script>');
}

function dataOf(id: string): unknown {
  const json = new RegExp(`<script type="application/json" id="${id}">(.*?)</script>`).exec(page)?.[1];
  return JSON.parse(json ?? '');
}

describe('the page of a comparison', () => {
  test('is as it was', async () => {
    await expect(words(page)).toMatchFileSnapshot('../../golden/comparison/compare.html');
  });

  test('holds no markup of foreign names', () => {
    expect(page).not.toContain('<script>alert');
    expect(page.match(/<script/g)).toHaveLength(3);
  });

  test('holds both runs, an endpoint that was renamed under one name', () => {
    const { runs } = dataOf('data') as PageData;
    expect(runs.map(({ label }) => label)).toEqual(['A', 'B']);
    const namesOf = (at: number): string[] => [
      ...new Set(runs[at]?.cells.map((cell) => cell.endpoint) ?? []),
    ];
    expect(namesOf(0)[0]).toBe('get_item_async_read');
    expect(namesOf(1)[0]).toBe('get_item_async_read');
  });

  test('names the cells of each pair, in the order to which the tables lead', () => {
    const pairs = dataOf('pairs') as PagePairs;
    expect(pairs).toHaveLength(10);
    const { runs } = dataOf('data') as PageData;
    const links = [...page.matchAll(/class="name"><a href="#pair-(\d+)" title="\w+ ([^"]+)"/g)];
    expect(links).toHaveLength(pairs.length);
    for (const [, at, path] of links) {
      const pair = pairs[Number(at)];
      const cellOf = (run: number, [id]: readonly string[] = []): string | undefined =>
        runs[run]?.cells.find((cell) => cell.id === id)?.path;
      expect(cellOf(0, pair?.base)).toBe(path);
      expect(cellOf(1, pair?.candidate)).toBe(path);
    }
  });

  test('says what came of it before anything else, and of each cell which way it went', () => {
    const summary = /<section id="summary".*?<\/section>/s.exec(page)?.[0] ?? '';
    expect(summary).toMatch(/3 of 10 cells REGRESSED, 1 SUSPECT, .*\./);
    expect(summary).toMatch(/Most of all [^<]*: Keeps up|Most of all [^<]*keeps? up/);
    const changes = /<section id="changes".*?<\/section>/s.exec(page)?.[0] ?? '';
    const [shown = '', folded = ''] = changes.split('<details>');
    expect(shown.match(/<span class="mark regressed"/g)).toHaveLength(3);
    expect(shown).not.toContain('INCONCLUSIVE');
    expect(folded).toContain('INCONCLUSIVE');
    const rows = /<section id="tables".*?<\/section>/s.exec(page)?.[0] ?? '';
    expect(rows.match(/<span class="mark regressed"/g)).toHaveLength(3);
  });

  test('has all repeats of each cell behind its curves, and says so where there are several', () => {
    const run = (repeats: number) => simulatedRun({ endpoints: [endpoint('x')], repeats });
    const pageOf = (before: number, after: number): string =>
      renderComparisonHtml(comparedRuns(run(before), run(after)), assets);
    const pairsIn = (text: string): PagePairs =>
      JSON.parse(/<script type="application\/json" id="pairs">(.*?)<\/script>/.exec(text)?.[1] ?? '') as PagePairs;
    expect(pageOf(1, 1)).not.toContain('each repeat');
    expect(pageOf(1, 2)).toContain('each repeat');
    expect(pairsIn(pageOf(1, 2)).map(({ base, candidate }) => [base.length, candidate.length])).toEqual([
      [1, 2],
      [1, 2],
    ]);
  });

  test('says when there is nothing to compare', () => {
    const other = simulatedRun({ name: 'other', endpoints: [endpoint('x')] });
    const empty = words(renderComparisonHtml(comparedRuns(runBefore(), other), assets));
    expect(empty).toContain('No cell was measured on both sides.');
    expect(empty).toContain('0 cells measured on both sides, 12 only in A, 2 only in B.');
    expect(empty).not.toContain('data-chart');
  });
});
