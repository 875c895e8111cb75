import { oneLine } from '../../kernel/text.js';
import type { OutputFile, Report } from '../../model/report/report.js';
import type { ProcessRecord } from '../../model/results/by-process.js';
import { csvText, type CsvValue } from './csv-text.js';

/** A row for each process of the target in each cell, the busiest workers first; `cell` leads to a row of cells.csv. */
export function processesFile({ cells }: Report): OutputFile {
  const rows = cells.flatMap(({ record: { id, byProcess } }) =>
    (byProcess?.processes ?? []).map((one, at) =>
      COLUMNS.map(([, valueOf]) => valueOf({ cell: id, place: at + 1, one })),
    ),
  );
  const header = COLUMNS.map(([name]) => name);
  return { name: 'processes.csv', text: csvText(header, rows, { saysUtf8: true }) };
}

interface Row {
  readonly cell: string;
  readonly place: number;
  readonly one: ProcessRecord;
}

const COLUMNS: readonly (readonly [name: string, valueOf: (row: Row) => CsvValue])[] = [
  ['cell', ({ cell }) => oneLine(cell)],
  ['process', ({ place }) => place],
  ['name', ({ one }) => oneLine(one.name)],
  ['isWorker', ({ one }) => String(one.isWorker)],
  ['cpuMs', ({ one }) => one.cpuMs],
  ['cpuShare', ({ one }) => one.cpuShare],
  ['connections.mean', ({ one }) => one.connections?.mean ?? null],
  ['connections.max', ({ one }) => one.connections?.max ?? null],
];
