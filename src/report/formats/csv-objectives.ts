import { oneLine } from '../../kernel/text.js';
import { AGGREGATED } from '../../model/figures/operation-figures.js';
import type { OutputFile, Report } from '../../model/report/report.js';
import type { JudgedObjective, Outcome } from '../../model/results/outcome.js';
import type { CellRecord } from '../../model/results/cell-record.js';
import { csvText, type CsvValue } from './csv-text.js';

/** A row for what came of each objective in each cell; `cell` and `operation` lead to a row of cells.csv. */
export function objectivesFile({ cells, analysis }: Report): OutputFile {
  const byId = new Map(cells.map(({ record }) => [record.id, record]));
  const rows = analysis.objectives.flatMap((objective) =>
    objective.outcomes.map((outcome) => {
      const row: Row = { objective, outcome, cell: byId.get(outcome.cell) };
      return COLUMNS.map(([, valueOf]) => valueOf(row));
    }),
  );
  const header = COLUMNS.map(([name]) => name);
  return { name: 'objectives.csv', text: csvText(header, rows, { saysUtf8: true }) };
}

interface Row {
  readonly objective: JudgedObjective;
  readonly outcome: Outcome;
  readonly cell: CellRecord | undefined;
}

const COLUMNS: readonly (readonly [name: string, valueOf: (row: Row) => CsvValue])[] = [
  ['objective', ({ objective }) => oneLine(objective.text)],
  ['cell', ({ outcome }) => oneLine(outcome.cell)],
  ['operation', ({ outcome, cell }) => oneLine(outcome.operation ?? wholeName(cell))],
  ['figure', ({ objective }) => objective.figure],
  ['operator', ({ objective }) => objective.operator],
  ['limit', ({ objective }) => objective.limit],
  ['unit', ({ objective }) => objective.unit],
  ['value', ({ outcome }) => outcome.value],
  ['isLowerBound', ({ outcome }) => String(outcome.isLowerBound)],
  ['state', ({ outcome }) => outcome.state],
  ['why', ({ outcome }) => outcome.why && oneLine(outcome.why)],
];

/** As cells.csv calls the row of a cell as a whole. */
function wholeName(cell: CellRecord | undefined): string {
  if (cell === undefined) return '';
  return cell.byOperation === undefined ? cell.subject.id : AGGREGATED;
}
