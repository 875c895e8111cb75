import { Chalk, type ChalkInstance } from 'chalk';
import { plural } from '../../kernel/format.js';
import type { History, Series } from '../../model/results/history.js';
import { historyConclusion, historyRemarks, spanWords } from '../history/conclusion.js';
import { listedRuns, type ListedPoint, type ListedRun } from '../history/listed-points.js';
import { cellTrends, type CellTrends, type Trend } from '../history/trends.js';
import { LineTable } from './line-table.js';
import type { TerminalOptions } from './render-tables.js';
import { sparkline } from '../sparkline.js';
import { tinted } from './tinted.js';
import { wrapWords } from './wrap-name.js';

/** Of more figures than this only those with a change point have a line. */
const MOST_TRENDS = 64;
const MOST_RUNS = 12;
const MOST_OF_A_RUN = 12;

/** Many runs as text for a terminal: the sentence first, then what changed when, then the trends. */
export function renderHistory(history: History, options: TerminalOptions): string {
  const paint = new Chalk({ level: options.color ? 1 : 0 });
  const { width } = options;
  const listed = listedRuns(history);
  const older = listed.length - MOST_RUNS;
  return [
    wrapWords(historyConclusion(history), width)
      .map((line) => stateTint(history, paint)(line))
      .join('\n'),
    ...remarks(history, paint, width),
    ...listed.slice(0, MOST_RUNS).map((run) => runBlock(run, paint, width)),
    ...(older > 0 ? [`${plural(older, 'older run')} with change points: see the page, or --json.`] : []),
    ...trendBlocks(history, paint, options),
  ].join('\n\n');
}

function stateTint({ outcome }: History, paint: ChalkInstance): (text: string) => string {
  if (outcome.state === 'REGRESSED') return paint.red;
  if (outcome.state === 'SUSPECT') return paint.yellow;
  return outcome.state === 'IMPROVED' ? paint.green : paint.bold;
}

function remarks(history: History, paint: ChalkInstance, width: number): string[] {
  const lines = historyRemarks(history).flatMap((remark) => hanging(remark, width));
  return lines.length === 0 ? [] : [lines.map((line) => paint.yellow(line)).join('\n')];
}

function runBlock(listed: ListedRun, paint: ChalkInstance, width: number): string {
  const { when, commit, points, differences, isRecent } = listed;
  const table = new LineTable({ gap: 2, aligns: ['left', 'left', 'right', 'left'] });
  for (const point of points.slice(0, MOST_OF_A_RUN)) table.push(pointRow(point, paint, width));
  const left = points.length - MOST_OF_A_RUN;
  return [
    ...hanging(`${when}  ${commit}${isRecent ? '' : '  (not recent)'}`, width).map((line) =>
      paint.bold(line),
    ),
    ...table.toLines().map((line) => `  ${line}`),
    ...(left > 0 ? [`  and ${plural(left, 'smaller change')}, see the page`] : []),
    ...differences.flatMap((difference) => hanging(`  Also differs: ${difference}`, width)),
  ].join('\n');
}

function pointRow(point: ListedPoint, paint: ChalkInstance, width: number): string[][] {
  const { series, cell, base, candidate, change, direction } = point;
  return [
    wrapWords(series.title, Math.floor(width / 4)),
    [tinted(change, direction, paint)],
    [`${base} → ${candidate} ${series.unit}`.trimEnd()],
    wrapWords(cell, Math.max(20, Math.floor(width / 3))),
  ];
}

function trendBlocks(history: History, paint: ChalkInstance, options: TerminalOptions): string[] {
  const isMany = history.series.length > MOST_TRENDS;
  const cells = cellTrends(history)
    .map(({ cell, trends }) => ({
      cell,
      trends: trends.filter(({ series }) => !isMany || series.changes.length > 0),
    }))
    .filter(({ trends }) => trends.length > 0);
  const left = history.series.length - cells.flatMap(({ trends }) => trends).length;
  return [
    [
      ...wrapWords(`Trends, oldest run to newest (${spanWords(history)})`, options.width).map((text) =>
        paint.bold(text),
      ),
      ...cells.flatMap((one) => cellBlock(one, history.runs.length, paint, options)),
      ...(left > 0
        ? [`${plural(left, 'figure')} without change points: see the page, or name them by --figure.`]
        : []),
    ].join('\n'),
  ];
}

function cellBlock(
  { cell, trends }: CellTrends,
  runs: number,
  paint: ChalkInstance,
  options: TerminalOptions,
): string[] {
  const nameWidth = Math.max(...trends.map(({ name }) => name.length));
  const valuesWidth = Math.max(...trends.map((trend) => valuesOf(trend).length));
  const columns = Math.max(8, Math.min(runs, options.width - nameWidth - valuesWidth - 8));
  return [
    ...hanging(`  ${cell}`, options.width),
    ...trends.map(
      (trend) =>
        `    ${trend.name.padEnd(nameWidth)}  ${line(trend, columns, paint, options.unicode !== false)}  ${valuesOf(trend)}`,
    ),
  ];
}

function valuesOf({ first, last, series }: Trend): string {
  return series.values.length === 1 ? last : `${first} … ${last}`;
}

/** What came after the newest change point, in the colour of its direction. */
function line({ series, values }: Trend, columns: number, paint: ChalkInstance, isUnicode: boolean): string {
  const text = sparkline(values, columns, isUnicode).padEnd(columns);
  const newest = series.changes.at(-1);
  if (newest === undefined) return text;
  const from = Math.max(0, newest.run - Math.max(0, values.length - columns));
  return text.slice(0, from) + tinted(text.slice(from), directionOf(series), paint);
}

function directionOf({ changes }: Series): 'better' | 'worse' | 'same' {
  switch (changes.at(-1)?.verdict) {
    case 'REGRESSED':
      return 'worse';
    case 'IMPROVED':
      return 'better';
    case 'CHANGED':
    case undefined:
      return 'same';
  }
}

/** A sentence over several lines, all but the first indented. */
function hanging(sentence: string, width: number): string[] {
  const indent = /^ */.exec(sentence)?.[0] ?? '';
  return wrapWords(sentence.trimStart(), width - indent.length - 2).map(
    (text, at) => `${indent}${at === 0 ? '' : '  '}${text}`,
  );
}
