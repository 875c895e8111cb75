import { tellingText } from '../sizing-words.js';
import { plural } from '../../kernel/format.js';
import type { VerdictState } from '../../model/results/verdict.js';
import type { OutputFile, Report } from '../../model/report/report.js';
import type { CellRecord } from '../../model/results/cell-record.js';
import { noSuccessSentence } from '../no-success-words.js';
import { cellWords, groupedReasons, type ReasonGroup } from '../grouped-reasons.js';
import { caseTables, type CaseTable } from '../case-tables.js';
import { databaseDetailTables, databaseTables } from '../database-tables.js';
import { countTables } from '../count-tables.js';
import { matrixTable, objectiveMatrix, rowsWithin } from '../objective-matrix.js';
import { objectivesTable } from '../objective-words.js';
import { serverWordsIn } from '../../model/results/server-words.js';
import { shownName } from '../shown-text.js';
import { contentOf, resultTables, type ResultTable } from '../table-model.js';
import { twinTables, type TwinTable } from '../twin-tables.js';
import { workerTable } from '../worker-table.js';
import { environmentLines } from './environment-lines.js';
import { markdownCode, markdownFence, markdownTableCode, markdownText } from './markdown-text.js';

/** GitHub takes no longer comment; counted in bytes, which are never fewer than characters. */
const COMMENT_BYTES = 65_536;

/** The run for a comment on a pull request. */
export function renderMarkdown(report: Report): OutputFile[] {
  return [{ name: 'report.md', text: markdownOf(report, COMMENT_BYTES) }];
}

/** The verdict, the tables, the reasons and what to do; cut, and said so, where `mostBytes` are full. */
export function markdownOf(report: Report, mostBytes: number): string {
  const records = report.cells.map(({ record }) => record);
  const head = [...noSuccessLines(report), verdictLine(report), '', ...remarkLines(report)];
  const body = [
    ...objectiveLines(report),
    ...[...resultTables(records), ...countTables(report.cells)].flatMap(tableLines),
    ...[...caseTables(report), ...twinTables(report)].flatMap(comparedLines),
    ...workerLines(report),
    ...[...databaseTables(records), ...databaseDetailTables(records)].flatMap(tableLines),
    ...reasonLines(records),
    ...serverLines(records),
  ];
  const tail = detailLines(report);
  const leftBytes = mostBytes - bytesOf([...head, ...tail]) - bytesOf(cutLines(body.length, mostBytes));
  return [...head, ...cut(body, leftBytes, mostBytes), ...tail].map((line) => `${line}\n`).join('');
}

/** `**2 of 18 cells INVALID**, 4 SUSPECT, 12 VALID`. */
export function verdictLine(report: Report): string {
  const { cells, run } = report;
  const count = (state: VerdictState): number =>
    cells.filter(({ record }) => record.verdict.state === state).length;
  const states = (['INVALID', 'SUSPECT', 'VALID'] as const).filter((state) => count(state) > 0);
  const [worst, ...others] = states;
  const ended =
    run === null ? ' · the run is damaged' : run.status === 'complete' ? '' : ` · the run is ${run.status}`;
  if (worst === undefined) return `**No cell was measured**${ended} · ${markdownCode(report.name)}`;
  const rest = others.map((state) => `, ${count(state)} ${state}`).join('');
  const of =
    others.length === 0
      ? cells.length === 1
        ? 'The one cell is'
        : `All ${cells.length} cells are`
      : `${count(worst)} of ${cells.length} cells`;
  return `**${of} ${worst}**${rest}${ended} · ${markdownCode(report.name)}`;
}

/** Before anything else: a run of which nothing can be read must not look like one. */
function noSuccessLines(report: Report): string[] {
  const sentence = noSuccessSentence(report);
  return sentence === undefined ? [] : [`**${markdownText(sentence)}**`, ''];
}

function remarkLines({ remarks }: Report): string[] {
  return remarks.flatMap((remark) => [`> ${markdownText(remark)}`, '']);
}

const MOST_MATRIX_ROWS = 40;

/** Objectives under each load, or where there is but one, with the worst that came of each. */
function objectiveLines(report: Report): string[] {
  const matrix = objectiveMatrix(report);
  if (matrix === null) return [objectivesTable(report) ?? []].flat().flatMap(tableLines);
  const { shown, left } = rowsWithin(matrix.rows, MOST_MATRIX_ROWS);
  const notes = [...(matrix.hasRepeats ? ['worst of the repeats'] : []), ...(left === '' ? [] : [left])];
  return [
    ...tableLines(matrixTable(matrix, shown, 'words')),
    ...(notes.length === 0 ? [] : [`*${notes.join(' · ')}*`, '']),
  ];
}

function workerLines(report: Report): string[] {
  const table = workerTable(report);
  return table === null
    ? []
    : [...tableLines(table), ...table.notes.flatMap((note) => [markdownText(note), ''])];
}

function comparedLines(table: CaseTable | TwinTable): string[] {
  return [...tableLines(table), ...table.notes.flatMap((note) => [`*${markdownText(note)}*`, ''])];
}

function tableLines({ title, columns, rows }: ResultTable): string[] {
  const header = columns.map(({ heading: [name, unit], isForeign }) => {
    if (isForeign === true) return markdownTableCode(name);
    return unit === '' ? name : `${name} ${unit}`;
  });
  const contents = columns.map((_, at) => contentOf(columns, at));
  const texts = rows.map((row) => row.map(({ text }, at) => cellText(text, contents[at] === 'names')));
  const widths = header.map((name, at) =>
    Math.max(3, name.length, ...texts.map((row) => row[at]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const pad = (text: string, at: number): string =>
    contents[at] === 'figures' ? text.padStart(widths[at] ?? 0) : text.padEnd(widths[at] ?? 0);
  const rule = widths.map((width, at) =>
    contents[at] === 'figures' ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width),
  );
  return [
    `### ${markdownText(title)}`,
    '',
    line(header.map(pad)),
    line(rule),
    ...texts.map((row) => line(row.map(pad))),
    '',
  ];
}

function cellText(text: string, isName: boolean): string {
  return isName && text !== '' ? markdownTableCode(text) : text.replaceAll('~', '\\~');
}

const MOST_NAMED = 6;

/** Each reason once: its cells, the worst of them, and what to do. */
function reasonLines(cells: readonly CellRecord[]): string[] {
  const groups = groupedReasons(cells);
  if (groups.length === 0) return [];
  const sizingOf = tellingText(cells);
  return [
    '**Why not all can be trusted**',
    '',
    ...groups.flatMap((group) => reasonOf(group, cells.length, sizingOf)),
    '',
  ];
}

function reasonOf(group: ReasonGroup, all: number, sizingOf: ReturnType<typeof tellingText>): string[] {
  const { id, state, cells, message, isWorstKnown, remedies } = group;
  const names = [...new Set(cells.map((cell) => cellWords(cell, sizingOf)))];
  const named = names.slice(0, MOST_NAMED).map(markdownCode).join(', ');
  const left = names.length - MOST_NAMED;
  const where = `${cells.length} of ${plural(all, 'cell')}: ${named}${left > 0 ? ` and ${left} more` : ''}`;
  const worst = isWorstKnown && cells.length > 1 ? 'worst: ' : '';
  return [
    `- ${state} ${markdownCode(id)} in ${where}`,
    `  - ${worst}${markdownText(message)}`,
    ...remedies.map((remedy) => `  - → ${markdownText(remedy)}`),
  ];
}

const MOST_SAID = 5;

/** What the server said of requests that failed. */
function serverLines(cells: readonly CellRecord[]): string[] {
  const said = serverWordsIn(cells);
  if (said.length === 0) return [];
  const left = said.length - MOST_SAID;
  return [
    '**What the server said**',
    '',
    ...said
      .slice(0, MOST_SAID)
      .map(
        ({ message, kind, asked, count }) =>
          `- “${markdownText(message)}”: one of ${count} × ${markdownText(kind)}, ${markdownCode(shownName(asked))}`,
      ),
    ...(left > 0 ? [`- and ${plural(left, 'more answer')}: see results.json`] : []),
    '',
  ];
}

function detailLines(report: Report): string[] {
  const lines = environmentLines(report).map(([name, value]) => `${name}: ${value}`);
  const summary = '<summary>Environment and command</summary>';
  return ['<details>', summary, '', ...markdownFence(lines), '', '</details>'];
}

function cut(lines: readonly string[], leftBytes: number, mostBytes: number): string[] {
  if (bytesOf(lines) <= leftBytes) return [...lines];
  const kept: string[] = [];
  let usedBytes = 0;
  for (const line of lines) {
    usedBytes += bytesOf([line]);
    if (usedBytes > leftBytes) break;
    kept.push(line);
  }
  return [...kept, ...cutLines(lines.length - kept.length, mostBytes)];
}

function cutLines(lines: number, mostBytes: number): string[] {
  return [
    '',
    `*Cut: ${plural(lines, 'more line')} would go beyond ${mostBytes} bytes, and GitHub takes no more. bench plot shows all.*`,
    '',
  ];
}

const encoder = new TextEncoder();

function bytesOf(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + encoder.encode(line).byteLength + 1, 0);
}
