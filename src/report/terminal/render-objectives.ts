import { Chalk, type ChalkInstance } from 'chalk';
import type { Report } from '../../model/report/report.js';
import {
  MARKS_LEGEND,
  matrixTable,
  objectiveMatrix,
  rowsWithin,
  type MatrixForm,
} from '../objective-matrix.js';
import { objectivesTable, outcomeLines } from '../objective-words.js';
import type { ResultTable } from '../table-model.js';
import { columnsOf, wrapped } from './charts/display-width.js';
import { plainCharacters } from './charts/plain-characters.js';
import { drawTable } from './draw-table.js';
import { withPlainBounds, type TerminalOptions } from './render-tables.js';

const MOST_ROWS = 40;
const MOST_FAILURES = 10;

/**
 * Objectives under each load, where there are several and room for them, else a row for each objective; below that a
 * line for each cell that failed one. Empty where there are none.
 */
export function renderObjectives(report: Report, options: TerminalOptions): string {
  const goals = objectivesTable(report);
  if (goals === null) return '';
  const paint = new Chalk({ level: options.color ? 1 : 0 });
  const text = [
    paint.bold(goals.title),
    ...(matrixLines(report, paint, options) ?? [drawn(goals, paint, options)]),
    ...failureLines(report, paint, options),
  ].join('\n');
  return options.unicode === false ? plainCharacters(text) : text;
}

function drawn(table: ResultTable, paint: ChalkInstance, { width, unicode }: TerminalOptions): string {
  return drawTable(unicode === false ? withPlainBounds(table) : table, paint, width);
}

/** With words where each name stays on its line, else with marks; null where these do not fit either. */
function matrixLines(report: Report, paint: ChalkInstance, options: TerminalOptions): string[] | null {
  const matrix = objectiveMatrix(report);
  if (matrix === null) return null;
  const { shown, left } = rowsWithin(matrix.rows, MOST_ROWS);
  const tableOf = (form: MatrixForm): ResultTable => matrixTable(matrix, shown, form);
  const linesOf = (form: MatrixForm, width: number): string[] =>
    drawn(tableOf(form), UNPAINTED, { ...options, width }).split('\n');
  const isWhole = linesOf('words', options.width).length === linesOf('words', WIDE_ENOUGH).length;
  const forms: readonly MatrixForm[] = isWhole ? ['words', 'marks'] : ['marks'];
  const form = forms.find((one) =>
    linesOf(one, options.width).every((line) => columnsOf(line) <= options.width),
  );
  if (form === undefined) return null;
  const notes = [
    ...(form === 'marks' ? [MARKS_LEGEND] : []),
    ...(matrix.hasRepeats ? ['worst of the repeats'] : []),
    ...(left === '' ? [] : [left]),
  ];
  const note = notes.length === 0 ? [] : wrapped(notes.join(' · '), options.width);
  return [drawn(tableOf(form), paint, options), ...note.map((line) => paint.dim(line))];
}

/** For any table. */
const WIDE_ENOUGH = 10_000;
const UNPAINTED = new Chalk({ level: 0 });

/** The first that failed, and how many did not. */
function failureLines(report: Report, paint: ChalkInstance, { width, unicode }: TerminalOptions): string[] {
  const lines = outcomeLines(report);
  const failures = lines.flatMap(({ state, objective, words, place }) =>
    state === 'failed' ? [`FAILED  ${objective}: ${words} (${place})`] : [],
  );
  const left = failures.length - MOST_FAILURES;
  const passed = lines.filter(({ state }) => state === 'passed').length;
  return [
    ...failures
      .slice(0, MOST_FAILURES)
      .map((line) => (unicode === false ? line.replaceAll('≥', '>=') : line))
      .flatMap((line) => wrapped(line, width).map((part) => paint.red(part))),
    ...(left > 0 ? [`and ${left} more: see the report`] : []),
    ...(passed < lines.length ? [`${passed} of ${lines.length} passed`] : []),
  ];
}
