import { expect, test } from 'vitest';
import { comparisonAnnotations, renderComparisonGithub } from '../../../src/report/formats/comparison-github.js';
import { renderComparisonMarkdown } from '../../../src/report/formats/comparison-markdown.js';
import { judgedRuns } from '../../support/judged-comparison.js';
import { comparedRuns, endpoint, runBefore, simulatedRun } from '../../support/simulated-runs.js';

const { comparison } = judgedRuns();

test('marks what has regressed as errors, what is suspect as warnings, and nothing else', async () => {
  const lines = comparisonAnnotations(comparison);
  expect(lines.map((line) => line.slice(0, line.indexOf(' ')))).toEqual([
    ...['::error', '::error', '::error', '::warning'],
  ]);
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('../../golden/comparison/annotations.txt');
});

test('an error says that nothing was compared', () => {
  const other = simulatedRun({ name: 'other', endpoints: [endpoint('x')] });
  expect(comparisonAnnotations(comparedRuns(runBefore(), other).comparison)).toEqual([
    '::error title=bench%3A nothing was compared::Nothing can be judged: no cell was measured on both sides.',
  ]);
});

test('the summary of a job says what the comment does', () => {
  const { name, text } = renderComparisonGithub(comparison);
  expect(name).toBe('compare-github-summary.md');
  expect(text).toBe(renderComparisonMarkdown(comparison).text);
});
