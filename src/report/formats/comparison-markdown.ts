import { plural } from '../../kernel/format.js';
import { CHANGE_VERDICTS, type Comparison } from '../../model/results/comparison.js';
import type { OutputFile } from '../../model/report/report.js';
import type { ShownMetric } from '../change-words.js';
import {
  COMPARED_COLUMNS,
  comparisonTables,
  loneCells,
  type ComparisonRow,
  type ComparisonTable,
} from '../comparison-model.js';
import { differenceWords, LEGEND, remarksOn, sidesOf } from '../comparison-words.js';
import {
  isChanged,
  judgedCells,
  outcomeWords,
  tellingJudgements,
  worstWords,
  type JudgedCell,
  type ShownJudgement,
} from '../judged-changes.js';
import { markdownCode, markdownTable, markdownTableCode, markdownText } from './markdown-text.js';

/** GitHub takes 65,536 for a comment, and the job that posts it may add a line. */
const COMMENT_BYTES = 65_000;

/** The comparison for a comment on a pull request. */
export function renderComparisonMarkdown(comparison: Comparison): OutputFile {
  return { name: 'compare.md', text: comparisonMarkdown(comparison, COMMENT_BYTES) };
}

/** What came of it, then what has changed, and the rest folded; what would go beyond `mostBytes` is left out, and said. */
export function comparisonMarkdown(comparison: Comparison, mostBytes: number): string {
  const cells = judgedCells(comparison);
  const changed = cells.filter(isChanged);
  const head = [
    sentence(comparison, cells),
    ...remarkLines(comparison),
    ...changedTable(changed),
    sidesOf(comparison)
      .map(
        ({ label, role, name, facts }) =>
          `- **${label}** (${role}): ${markdownCode(name)}, ${markdownText(facts)}`,
      )
      .join('\n'),
  ];
  const rest = [
    ...otherCells(cells.filter((cell) => !isChanged(cell))),
    ...(comparison.cells.length === 0
      ? []
      : [folded('Every figure', [...comparisonTables(comparison).map(tableBlock), markdownText(LEGEND)])]),
    ...conditions(comparison),
  ];
  return fitted(head, rest, mostBytes);
}

/** The first line: what a reader must know who reads no further. */
function sentence(comparison: Comparison, cells: readonly JudgedCell[]): string {
  const worst = worstWords(cells);
  const most = worst === '' ? '' : ` Most of all ${markdownText(worst)}.`;
  return `**${outcomeWords(comparison)}.**${most}`;
}

const MOST_REMARKS = 10;

function remarkLines(comparison: Comparison): string[] {
  const remarks = remarksOn(comparison);
  const left = remarks.length - MOST_REMARKS;
  const rest = left > 0 ? [`> and ${plural(left, 'more remark')}`] : [];
  return [...remarks.slice(0, MOST_REMARKS).map((remark) => `> ${markdownText(remark)}`), ...rest];
}

const MOST_CHANGED = 40;

function changedTable(changed: readonly JudgedCell[]): string[] {
  if (changed.length === 0) return [];
  const rows = changed
    .slice(0, MOST_CHANGED)
    .flatMap((cell) =>
      tellingJudgements(cell).map((one, at) => [
        at === 0 ? (cell.outcome ?? '') : '',
        at === 0 ? markdownTableCode(cell.name) : '',
        ...judgementCells(one),
      ]),
    );
  const left = changed.length - MOST_CHANGED;
  return [
    markdownTable(['Verdict', 'Cell', ...JUDGEMENT_COLUMNS], rows, [0, 1, 2]),
    ...(left > 0 ? [`and ${plural(left, 'more cell')}: see the report`] : []),
  ];
}

const JUDGEMENT_COLUMNS = ['Figure', 'A → B', 'Change', 'Interval'] as const;

function judgementCells({ title, figures, change, interval, isPrimary }: ShownJudgement): string[] {
  const name = isPrimary ? markdownText(title) : `${markdownText(title)} *(exploratory)*`;
  return [name, ...[figures, change, interval].map(markdownText)];
}

/** Those that are not known to have changed: a line for each of the figures that decide. */
function otherCells(cells: readonly JudgedCell[]): string[] {
  return [...CHANGE_VERDICTS, null].flatMap((verdict) => {
    const members = cells.filter(({ outcome }) => outcome === verdict);
    if (members.length === 0) return [];
    const rows = members.flatMap((cell) => {
      const judgements = tellingJudgements(cell);
      if (judgements.length === 0)
        return [[markdownTableCode(cell.name), ...JUDGEMENT_COLUMNS.map(() => ''), markdownText(cell.note)]];
      return judgements.map((one, at) => [
        at === 0 ? markdownTableCode(cell.name) : '',
        ...judgementCells(one),
        markdownText([at === 0 ? cell.note : '', one.note].filter(Boolean).join('; ')),
      ]);
    });
    const body = markdownTable(['Cell', ...JUDGEMENT_COLUMNS, 'Note'], rows, [0, 1, 5]);
    return [folded(`${plural(members.length, 'cell')} ${verdict ?? 'not judged'}`, [body])];
  });
}

/** What else differs between the sides, and what only one of them has. */
function conditions(comparison: Comparison): string[] {
  const blocks = [...differences(comparison), ...lone(comparison)];
  return blocks.length === 0 ? [] : [folded('What else differs', blocks)];
}

function differences(comparison: Comparison): string[] {
  const words = differenceWords(comparison);
  if (words.length === 0) return [];
  return [
    markdownTable(
      ['', 'A', 'B'],
      words.map(({ name, base, candidate }) => [
        markdownText(name),
        markdownTableCode(base),
        markdownTableCode(candidate),
      ]),
      [0],
    ),
  ];
}

function lone(comparison: Comparison): string[] {
  const lines = loneCells(comparison).map(
    ({ label, title, names }) =>
      `- Only in **${label}**, ${markdownText(title)}: ${names.map(markdownCode).join(', ')}`,
  );
  return lines.length === 0 ? [] : [lines.join('\n')];
}

function tableBlock({ title, rows, notes }: ComparisonTable): string {
  const headings = COMPARED_COLUMNS.map(({ heading, unit }) => `${heading} ${unit}`);
  const body = markdownTable(['Endpoint', ...headings], rows.map(rowOf), [0]);
  const list = notes.map((note) => `- ${markdownText(note)}`).join('\n');
  return [`**${markdownText(title)}**`, body, ...(list === '' ? [] : [list])].join('\n\n');
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
/** Opens when it is clicked; the words are ours. */
function folded(summary: string, blocks: readonly string[]): string {
  return ['<details>', `<summary>${summary}</summary>`, '', blocks.join('\n\n'), '', '</details>'].join('\n');
}

const encoder = new TextEncoder();

/** What is folded goes in whole as far as there is room, the most telling first. */
function fitted(head: readonly string[], rest: readonly string[], mostBytes: number): string {
  const bytesOf = (blocks: readonly string[]): number => encoder.encode(textOf(blocks)).byteLength;
  const leftOut =
    '*Left out, as GitHub takes no more than so much: see the report, or bench compare --html.*';
  const kept = [...head];
  let isCut = false;
  for (const block of rest) {
    if (bytesOf([...kept, block, leftOut]) > mostBytes) isCut = true;
    else kept.push(block);
  }
  return textOf(isCut ? [...kept, leftOut] : kept);
}

function textOf(blocks: readonly string[]): string {
  return `${blocks.join('\n\n')}\n`;
}
