import { plural } from '../../kernel/format.js';
import type { History } from '../../model/results/history.js';
import type { OutputFile } from '../../model/report/report.js';
import { historyConclusion, historyRemarks, spanWords } from '../history/conclusion.js';
import { listedRuns, type ListedPoint, type ListedRun } from '../history/listed-points.js';
import { cellTrends, type CellTrends } from '../history/trends.js';
import { markdownTable, markdownTableCode, markdownText } from './markdown-text.js';
import { sparkline } from '../sparkline.js';

const WIDEST_LINE = 60;

/** Many runs for a comment or a wiki: the sentence first, the trends folded. */
export function renderHistoryMarkdown(history: History): OutputFile {
  const blocks = [
    '## Benchmark history',
    `**${markdownText(historyConclusion(history))}**`,
    ...historyRemarks(history).map((remark) => `> ${markdownText(remark)}`),
    ...listedRuns(history).map(runBlock),
    `<details><summary>Trends: ${spanWords(history)}</summary>`,
    ...cellTrends(history).map(trendBlock),
    '</details>',
  ];
  return { name: 'history.md', text: `${blocks.join('\n\n')}\n` };
}

function runBlock({ when, commit, points, differences, isRecent }: ListedRun): string {
  const also = differences.map((difference) => `- Also differs: ${markdownText(difference)}`);
  return [
    `### ${markdownText(`${when}, ${commit}`)}${isRecent ? '' : ' (not recent)'}`,
    markdownTable(['Cell', 'Figure', 'Change', 'Before → after'], points.map(pointRow), [0, 1]),
    ...(also.length === 0 ? [] : [also.join('\n')]),
  ].join('\n\n');
}

function pointRow({ cell, series, point, change, base, candidate }: ListedPoint): string[] {
  const mark = point.verdict === 'REGRESSED' ? ' ⚠' : '';
  return [
    markdownTableCode(cell),
    markdownText(series.title),
    `${markdownText(change)}${mark}`,
    markdownText(`${base} → ${candidate} ${series.unit}`.trimEnd()),
  ];
}

function trendBlock({ cell, trends }: CellTrends): string {
  const rows = trends.map(({ name, values, first, last, series }) => [
    markdownText(name),
    markdownTableCode(sparkline(values, WIDEST_LINE, true)),
    markdownText(`${first} … ${last}`),
    plural(series.values.length, 'run'),
  ]);
  return `**${markdownText(cell)}**\n\n${markdownTable(['Figure', 'Trend', 'First … last', 'Of'], rows, [0, 1])}`;
}
