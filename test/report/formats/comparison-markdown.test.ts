import { expect, test } from 'vitest';
import { renderComparisonMarkdown } from '../../../src/report/formats/comparison-markdown.js';
import { comparedRuns } from '../../support/simulated-runs.js';

const { name, text } = renderComparisonMarkdown(comparedRuns().comparison);

test('two runs side by side in Markdown', async () => {
  expect(name).toBe('compare.md');
  await expect(text).toMatchFileSnapshot('../../golden/comparison/compare.md');
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

test('no HTML but our own line breaks comes through', () => {
  // In a code span nothing is markup.
  const outside = text.replace(/(`+)[^`](?:.*?[^`])?\1(?!`)/g, '');
  expect(outside.replaceAll('<br>', '').replaceAll(/\\[<>]/g, '')).not.toMatch(/[<>]/);
});
