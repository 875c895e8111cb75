import type { Comparison } from '../../model/comparison.js';
import type { OutputFile } from '../../model/report.js';
import type { ShownMetric } from '../change-words.js';
import {
  COMPARED_COLUMNS,
  comparisonTables,
  largestChanges,
  loneCells,
  type ComparisonRow,
  type ComparisonTable,
} from '../comparison-model.js';
import { differenceWords, LEGEND, NO_JUDGEMENT, remarksOn, sidesOf } from '../comparison-words.js';

/** Two runs side by side for a pull request. */
export function renderComparisonMarkdown(comparison: Comparison): OutputFile {
  const blocks = [
    '## Benchmark comparison',
    sidesOf(comparison)
      .map(({ label, role, name, facts }) => `- **${label}** (${role}): ${code(name)}, ${escaped(facts)}`)
      .join('\n'),
    ...remarksOn(comparison).map((remark) => `> ${escaped(remark)}`),
    ...differences(comparison),
    ...highlights(comparison),
    ...comparisonTables(comparison).map(tableBlock),
    ...loneCells(comparison).map(
      ({ label, title, names }) => `**Only in ${label}**, ${escaped(title)}: ${names.map(code).join(', ')}`,
    ),
    `${escaped(LEGEND)} ${escaped(NO_JUDGEMENT)}`,
  ];
  return { name: 'compare.md', text: `${blocks.join('\n\n')}\n` };
}

function differences(comparison: Comparison): string[] {
  const words = differenceWords(comparison);
  if (words.length === 0) return [];
  return [
    table(
      ['What else differs', 'A', 'B'],
      words.map(({ name, base, candidate }) => [escaped(name), code(base), code(candidate)]),
      1,
    ),
  ];
}

function highlights(comparison: Comparison): string[] {
  const changes = largestChanges(comparison);
  if (changes.length === 0) return [];
  return [
    table(
      ['Largest change of', 'A → B', 'Δ', 'Cell'],
      changes.map(({ title, base, candidate, unit, change, cell }) => [
        escaped(title),
        escaped(`${base} → ${candidate} ${unit}`),
        `**${escaped(change)}**`,
        escaped(cell),
      ]),
      1,
    ),
  ];
}

function tableBlock({ title, rows, notes }: ComparisonTable): string {
  const headings = COMPARED_COLUMNS.map(({ heading, unit }) => `${heading} ${unit}`);
  const body = table(['Endpoint', ...headings], rows.map(rowOf), 1);
  return [`### ${escaped(title)}`, body, ...notes.map((note) => `- ${escaped(note)}`)].join('\n\n');
}

function rowOf({ name, verdicts, metrics }: ComparisonRow): string[] {
  const { base, candidate } = verdicts;
  const isSound = base === 'VALID' && candidate === 'VALID';
  const mark = isSound ? '' : `<br>⚠ ${base === candidate ? base : `${base} → ${candidate}`}`;
  return [`${code(name)}${mark}`, ...metrics.map(metricText)];
}

function metricText({ base, candidate, change }: ShownMetric): string {
  if (change === '=') return `${escaped(base)} =`;
  return `${escaped(base)} → ${escaped(candidate)}<br>**${escaped(change)}**`;
}

/** `leftColumns` are aligned left, the others right. */
function table(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  leftColumns: number,
): string {
  const rule = headings.map((_, at) => (at < leftColumns ? '---' : '---:'));
  return [headings, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** What Markdown or HTML would take for markup, a mention or a link. */
function escaped(text: string): string {
  return text.replace(/[\\`*_{}[\]<>()#!|~@&:$]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** As code, where nothing is markup but the mark of its end and the bar of the table. */
function code(text: string): string {
  return `<code>${escaped(text)}</code>`;
}
