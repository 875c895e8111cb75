import { describe, expect, test } from 'vitest';
import { renderHistoryMarkdown } from '../../src/report/formats/history-markdown.js';
import { renderHistoryHtml } from '../../src/report/html/render-history.js';
import { historyConclusion } from '../../src/report/history/conclusion.js';
import { renderHistory } from '../../src/report/terminal/render-history.js';
import { cellOf, historyOf, levelsOf, runsOf } from '../support/histories.js';
import { HOSTILE_NAME } from '../support/simulated-runs.js';

const plain = { width: 100, color: false };
const assets = { script: 'void 0', style: '' };

/** One cell gets worse and is mended, another has a hostile name and gets better, with a change of Node.js beside. */
function eventful(): ReturnType<typeof historyOf> {
  const medians = levelsOf([1, 14], [1.4, 8], [1.2, 8]);
  const runs = runsOf(medians, (p50, at) => [
    cellOf(p50),
    cellOf(at < 22 ? 3 + 0.01 * (at % 3) : 2 + 0.01 * (at % 3), {
      operation: { id: HOSTILE_NAME, path: '/api/hostile' },
    }),
  ]).map((one, at) => {
    const { environment } = one.run;
    return {
      ...one,
      run: { ...one.run, environment: { ...environment, node: at < 22 ? 'v20.1.0' : 'v22.1.0' } },
    };
  });
  const leftOut = [
    {
      folder: '/runs/broken',
      why: '/runs/broken holds no results: its results.json is damaged (it is not JSON), and no cell can be read.',
    },
  ];
  return historyOf(runs, { leftOut });
}

describe('a history', () => {
  test('reads well in a terminal', async () => {
    await expect(`${renderHistory(eventful(), plain)}\n`).toMatchFileSnapshot(
      '../golden/history/terminal.txt',
    );
  });

  test('fits a narrow terminal without Unicode', async () => {
    const text = renderHistory(eventful(), { width: 60, color: false, unicode: false });
    expect(text).not.toMatch(/[▁-█]/);
    await expect(`${text}\n`).toMatchFileSnapshot('../golden/history/narrow.txt');
  });

  test('reads well as Markdown', async () => {
    const { name, text } = renderHistoryMarkdown(eventful());
    expect(name).toBe('history.md');
    await expect(text).toMatchFileSnapshot('../golden/history/history.md');
  });

  test('is a page that escapes what is foreign', async () => {
    const page = renderHistoryHtml(eventful(), assets);
    expect(page).not.toContain('<script>alert');
    await expect(page).toMatchFileSnapshot('../golden/history/history.html');
  });

  test('of hundreds of figures shows those with change points', () => {
    const runs = runsOf(levelsOf([1, 12], [1.4, 8]), (p50) =>
      Array.from({ length: 100 }, (_, at) => cellOf(at === 7 ? p50 : 1, { operation: { path: `/${at}` } })),
    );
    const text = renderHistory(historyOf(runs), plain);
    expect(text).toContain('199 figures without change points');
    expect(text.split('\n').length).toBeLessThan(40);
  });
});

describe('the first sentence', () => {
  test.each([
    [
      'a regression',
      levelsOf([1, 14], [1.4, 8]),
      'REGRESSED: Response time p50 of get_item 1000/s, 1 worker rose by 40% (1.00 → 1.40 ms) at 2026-01-15 12:00 UTC, commit 014c0ff, 013c0ff before. Of 2 figures of cells, 1 regressed among the newest 10 of 22 runs.',
    ],
    [
      'no change',
      levelsOf([1, 20]),
      'UNCHANGED: no figure has a change point of 5 % or more among the newest 10 of 20 runs.',
    ],
    [
      'an old change',
      levelsOf([1, 10], [1.4, 20]),
      'UNCHANGED: no figure has a change point of 5 % or more among the newest 10 of 30 runs. There is 1 older change point.',
    ],
    ['one run', [1], 'INCONCLUSIVE: change points need six runs of the same cell, and there is 1.'],
    ['three runs', [1, 1, 1], 'INCONCLUSIVE: change points need six runs of the same cell, and there are 3.'],
  ])('tells %s', (_, medians, sentence) => {
    expect(historyConclusion(historyOf(runsOf(medians)))).toBe(sentence);
  });

  test('tells that runs have nothing in common', () => {
    const runs = runsOf([1, 1, 1], (p50, at) => [cellOf(p50, { operation: { path: `/${at}` } })]);
    expect(historyConclusion(historyOf(runs))).toBe(
      'INCONCLUSIVE: change points need six runs of the same cell, and of 3 runs no two share one.',
    );
  });
});
