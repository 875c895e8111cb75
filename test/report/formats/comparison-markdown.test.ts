import { expect, test } from 'vitest';
import { comparisonMarkdown, renderComparisonMarkdown } from '../../../src/report/formats/comparison-markdown.js';
import { judgedRuns } from '../../support/judged-comparison.js';
import { comparedRuns, endpoint, simulatedRun } from '../../support/simulated-runs.js';

const { comparison } = judgedRuns();
const { name, text } = renderComparisonMarkdown(comparison);

test('a comparison in Markdown', async () => {
  expect(name).toBe('compare.md');
  await expect(text).toMatchFileSnapshot('../../golden/comparison/compare.md');
});

test('begins with the sentence, then the cells that changed; the rest is folded', () => {
  const [first = '', ...blocks] = text.split('\n\n');
  expect(first).toMatch(/^\*\*3 of 10 cells REGRESSED, 1 SUSPECT, .*\.\*\* Most of all /);
  const openly = blocks.join('\n\n').replaceAll(/<details>.*?<\/details>/gs, '');
  for (const verdict of ['REGRESSED', 'SUSPECT', 'IMPROVED']) expect(openly).toContain(`| ${verdict} |`);
  expect(openly).not.toContain('INCONCLUSIVE');
  expect(text.match(/<details>/g)).toHaveLength(text.match(/<\/details>/g)?.length ?? 0);
});

test('every row of a table has as many cells as its heading, whatever the names', () => {
  const tables = text
    .split('\n\n')
    .map((block) => block.split('\n').filter((line) => line.startsWith('|')))
    .filter((lines) => lines.length > 0);
  expect(tables.length).toBeGreaterThan(2);
  for (const lines of tables) {
    const cellsOf = (line: string): number => line.replaceAll('\\|', '').split('|').length;
    expect(new Set(lines.map(cellsOf)).size).toBe(1);
  }
});

test('no HTML but our own comes through', () => {
  // In a code span nothing is markup.
  const outside = text.replace(/(`+)[^`](?:.*?[^`])?\1(?!`)/g, '');
  const ours = /<br>|<\/?details>|<summary>[\w ]+<\/summary>/g;
  expect(outside.replaceAll(ours, '').replaceAll(/\\[<>]/g, '').replaceAll(/^> /gm, '')).not.toMatch(/[<>]/);
});

test('a comment that GitHub takes keeps the sentence and the changes, and says what is left out', () => {
  const endpoints = Array.from({ length: 300 }, (_, at) => endpoint(`operation_${at}_${'x'.repeat(150)}`));
  const run = (seed: number) => simulatedRun({ endpoints, seed });
  const large = judgedRuns(comparedRuns(run(1), run(2))).comparison;
  const comment = renderComparisonMarkdown(large).text;
  expect(Buffer.byteLength(comment)).toBeLessThanOrEqual(65_000);
  expect(comment).toMatch(/^\*\*\d+ of 600 cells REGRESSED/);
  expect(comment).toMatch(/and \d+ more cells: see the report/);
  expect(comment).toContain('Left out');
  const summary = comparisonMarkdown(large, 1024 * 1024);
  expect(summary).not.toContain('Left out');
  expect(summary.length).toBeGreaterThan(comment.length);
});
