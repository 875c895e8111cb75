import type { CellRecord } from '../../model/results/cell-record.js';
import type { Report } from '../../model/report/report.js';
import { resultTables } from '../table-model.js';
import { casesBelow, noCases, renderCases } from './render-cases.js';
import { renderCharts } from './charts/render-charts.js';
import { renderConclusion } from './render-conclusion.js';
import { renderMatrix } from './render-matrix.js';
import { renderObjectives } from './render-objectives.js';
import { renderReasons } from './render-reasons.js';
import { probeLine, renderWorkers } from './render-workers.js';
import { noTwins, renderTwins, twinsHint } from './render-twins.js';
import { renderDatabases, renderTables, type TerminalOptions } from './render-tables.js';

export const REPORT_VIEWS = ['charts', 'table', 'matrix', 'twins', 'cases', 'all'] as const;
export type ReportView = (typeof REPORT_VIEWS)[number];

export interface ReportShown extends Required<TerminalOptions> {
  /** Left out: a table where it is short, else the matrix. */
  readonly view?: ReportView | undefined;
  /** How bench was started: `npx bench`. */
  readonly program: string;
}

const MOST_TABLE_ROWS = 40;
const MOST_MATRIX_LINES = 60;
const MOST_REASONS = 5;
const MOST_DATABASE_ROWS = 12;

/** A stored run as it ends in a terminal: its figures, the reasons of its verdicts, and the conclusion. */
export function renderReport(report: Report, options: ReportShown): string {
  const records = report.cells.map(({ record }) => record);
  const reasons = renderReasons(records, options, options.view === 'all' ? Infinity : MOST_REASONS);
  const objectives = renderObjectives(report, options);
  return [
    ...figures(report, options),
    ...casesBeside(report, options),
    ...workersBelow(report, options),
    ...twinsBelow(report, options),
    ...databasesBelow(records, options),
    ...(reasons === '' ? [] : [reasons]),
    ...(objectives === '' ? [] : [objectives]),
    renderConclusion(report, options.program, options),
  ].join('\n\n');
}

/** Where a view is of other things, they stay out of it; what the looks cost is for those who want to see all. */
function workersBelow(report: Report, options: ReportShown): string[] {
  const { view } = options;
  const isShown = view === undefined || view === 'table' || view === 'all';
  const texts = [
    isShown ? renderWorkers(report, options) : '',
    view === 'all' ? probeLine(report, options) : '',
  ];
  return texts.filter((text) => text !== '');
}

/** Beside the tables, or where they are short: the report has them all. */
function databasesBelow(records: readonly CellRecord[], options: ReportShown): string[] {
  const { view } = options;
  const isShown =
    view === undefined ? records.length <= MOST_DATABASE_ROWS : view === 'table' || view === 'all';
  const text = isShown ? renderDatabases(records, options, view === 'all') : '';
  return text === '' ? [] : [text];
}

/** In full where a flag asks for them: those of the scenario would make the end of every run of it three times as long. */
function twinsBelow(report: Report, options: ReportShown): string[] {
  const { view } = options;
  const tables = view === 'twins' ? '' : renderTwins(report, options);
  if (tables === '') return [];
  if (report.analysis.twins.areAskedFor || view === 'all') return [tables];
  return view === undefined ? [twinsHint(report, options)] : [];
}

/** Where the figures are those of a run, and not a view that was chosen. */
function casesBeside(report: Report, options: ReportShown): string[] {
  const shown =
    options.view === undefined
      ? casesBelow(report, options)
      : options.view === 'all'
        ? renderCases(report, options)
        : '';
  return shown === '' ? [] : [shown];
}

function figures(report: Report, options: ReportShown): string[] {
  const records = report.cells.map(({ record }) => record);
  switch (options.view) {
    case 'charts':
      return [renderCharts(report, options)];
    case 'table':
      return [renderTables(report.cells, options)];
    case 'matrix':
      return [renderMatrix(report, options)];
    case 'twins':
      return [renderTwins(report, options) || noTwins(options)];
    case 'cases':
      return [renderCases(report, options) || noCases(options)];
    case 'all':
      return [
        renderCharts(report, options),
        renderMatrix(report, options),
        renderTables(report.cells, options),
      ];
    case undefined: {
      const rows = resultTables(records).reduce((sum, table) => sum + table.rows.length, 0);
      return rows < MOST_TABLE_ROWS
        ? [renderTables(report.cells, options)]
        : [renderMatrix(report, options, MOST_MATRIX_LINES)];
    }
  }
}
