import { plural } from '../../kernel/format.js';
import type { Comparison } from '../../model/results/comparison.js';
import type { OutputFile } from '../../model/report/report.js';
import type { ShownMetric } from '../change-words.js';
import {
  COMPARED_COLUMNS,
  comparisonTables,
  loneCells,
  type ComparisonRow,
  type ComparisonTable,
} from '../comparison-model.js';
import { listedChanges } from '../listed-changes.js';
import { differenceWords, LEGEND, NO_JUDGEMENT, remarksOn, sidesOf } from '../comparison-words.js';
import { markdownCode, markdownTableCode, markdownText } from './markdown-text.js';

/** Two runs side by side for a pull request. */
export function renderComparisonMarkdown(comparison: Comparison): OutputFile {
  const blocks = [
    '## Benchmark comparison',
    sidesOf(comparison)
      .map(
        ({ label, role, name, facts }) =>
          `- **${label}** (${role}): ${markdownCode(name)}, ${markdownText(facts)}`,
      )
      .join('\n'),
    ...remarksOn(comparison).map((remark) => `> ${markdownText(remark)}`),
    ...differences(comparison),
    ...highlights(comparison),
    ...comparisonTables(comparison).map(tableBlock),
    ...lone(comparison),
    `${markdownText(LEGEND)} ${markdownText(NO_JUDGEMENT)}`,
  ];
  return { name: 'compare.md', text: `${blocks.join('\n\n')}\n` };
}

function lone(comparison: Comparison): string[] {
  const lines = loneCells(comparison).map(
    ({ label, title, names }) =>
      `- Only in **${label}**, ${markdownText(title)}: ${names.map(markdownCode).join(', ')}`,
  );
  return lines.length === 0 ? [] : [lines.join('\n')];
}

function differences(comparison: Comparison): string[] {
  const words = differenceWords(comparison);
  if (words.length === 0) return [];
  return [
    table(
      ['What else differs', 'A', 'B'],
      words.map(({ name, base, candidate }) => [
        markdownText(name),
        markdownTableCode(base),
        markdownTableCode(candidate),
      ]),
      [0],
    ),
  ];
}

function highlights(comparison: Comparison): string[] {
  const sections = listedChanges(comparison);
  if (sections.length === 0) return ['**No figure has changed enough to be listed**'];
  return sections.map(({ title, changes, left }) => {
    const rows = changes.map(({ title: figure, base, candidate, unit, change, cell }) => [
      markdownText(figure),
      markdownText(`${base} → ${candidate} ${unit}`),
      markdownText(change),
      markdownText(cell),
    ]);
    const rest = left === 0 ? '' : `\n\nand ${plural(left, 'smaller change')}, see the tables`;
    return `${table([title, 'A → B', 'Δ', 'Cell'], rows, [0, 3])}${rest}`;
  });
}

function tableBlock({ title, rows, notes }: ComparisonTable): string {
  const headings = COMPARED_COLUMNS.map(({ heading, unit }) => `${heading} ${unit}`);
  const body = table(['Endpoint', ...headings], rows.map(rowOf), [0]);
  const list = notes.map((note) => `- ${markdownText(note)}`).join('\n');
  return [`### ${markdownText(title)}`, body, ...(list === '' ? [] : [list])].join('\n\n');
}

function rowOf({ name, verdicts, metrics }: ComparisonRow): string[] {
  const { base, candidate } = verdicts;
  const isSound = base === 'VALID' && candidate === 'VALID';
  const mark = isSound ? '' : `<br>⚠ ${base === candidate ? base : `${base} → ${candidate}`}`;
  return [`${markdownTableCode(name)}${mark}`, ...metrics.map(metricText)];
}

function metricText({ base, candidate, change }: ShownMetric): string {
  if (change === '=') return `${markdownText(base)} =`;
  return `${markdownText(base)} → ${markdownText(candidate)}<br>${markdownText(change)}`;
}

/** Columns not named are aligned right. */
function table(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  leftColumns: readonly number[],
): string {
  const rule = headings.map((_, at) => (leftColumns.includes(at) ? '---' : '---:'));
  return [headings, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
