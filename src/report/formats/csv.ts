import { askedOf } from '../../model/results/subject.js';
import { oneLine } from '../../kernel/text.js';
import { figuresOf } from '../../model/figures/gauge-figures.js';
import type { FigureSource } from '../../model/figures/figure.js';
import { figuresIn } from '../../model/figures/index.js';
import { AGGREGATED, operationsOf } from '../../model/figures/operation-figures.js';
import type { OperationRecord } from '../../model/results/operation-record.js';
import { keepsUp } from '../../model/results/keeps-up.js';
import { isClosedLoop, loadTitle } from '../../model/loads/index.js';
import type { OutputFile, Report } from '../../model/report/report.js';
import type { CellRecord } from '../../model/results/cell-record.js';
import { csvText, type CsvValue } from './csv-text.js';
import { processesFile } from './csv-processes.js';
import { objectivesFile } from './csv-objectives.js';

/** A row for each cell, one for each process of the target in each cell, and with objectives one for what came of each in each cell. */
export function renderCsv(report: Report): OutputFile[] {
  const { objectives } = report.analysis;
  const hasProcesses = report.cells.some(({ record }) => record.byProcess !== undefined);
  return [
    cellsFile(report),
    ...(hasProcesses ? [processesFile(report)] : []),
    ...(objectives.length === 0 ? [] : [objectivesFile(report)]),
  ];
}

/** Of a mixture also a row for each of its operations, before its own; a column is named by its path in results.json, or as it was in version 1. */
function cellsFile({ cells }: Report): OutputFile {
  const columns = columnsOf(cells.map(({ record }) => record));
  const header = columns.map(([name]) => name);
  const rows = cells
    .flatMap(({ record }) => rowsOf(record))
    .map((row) => columns.map(([, valueOf]) => valueOf(row)));
  // Spreadsheets take a file without the mark for one in the machine's own old encoding.
  return { name: 'cells.csv', text: csvText(header, rows, { saysUtf8: true }) };
}

/** What a row is of: a cell, or an operation of a mixture. */
interface Row {
  readonly cell: CellRecord;
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly source: FigureSource & Pick<OperationRecord, 'statusCodes' | 'failures'>;
}

type Column = readonly [name: string, valueOf: (row: Row) => CsvValue];

function rowsOf(cell: CellRecord): Row[] {
  const operations = operationsOf(cell);
  if (operations.length === 0) return [{ cell, ...askedOf(cell.subject), source: cell }];
  return [
    ...operations.map(({ id, method, path, record, source }) => ({
      ...{ cell, id, method, path },
      source: { ...record, ...source },
    })),
    { ...{ cell, id: AGGREGATED, method: '', path: '' }, source: cell },
  ];
}

/** What is no figure, behind the column that it belongs to. */
const AFTER: Readonly<Record<string, readonly Column[]>> = {
  targetRps: [
    ['durationMs', ({ cell }) => cell.window.durationMs],
    ['startedAt', ({ cell }) => cell.startedAt],
    ['verdict.state', ({ cell }) => cell.verdict.state],
    ['verdict.reasons', ({ cell }) => cell.verdict.reasons.map(({ id }) => oneLine(id)).join(' ')],
  ],
  achievedRps: [
    [
      'keepsUp',
      ({ cell, source }) => (source === cell && !isClosedLoop(cell.load) ? keptWord(keepsUp(cell)) : null),
    ],
  ],
  successRate: [
    ['statusCodes', ({ source }) => countsInWords(source.statusCodes)],
    ['failures', ({ source }) => countsInWords(source.failures)],
  ],
  ...lowerBoundsAfter(['response', 'succeeded', 'service', 'sendLag', 'queueWait']),
};

const NAMES: readonly Column[] = [
  ['id', ({ cell }) => oneLine(cell.id)],
  ['operation.id', ({ id }) => oneLine(id)],
  ['operation.method', ({ method }) => oneLine(method)],
  ['operation.path', ({ path }) => oneLine(path)],
  ['workers', ({ cell }) => cell.workers],
  ['repeat', ({ cell }) => cell.repeat],
  ['load', ({ cell }) => loadTitle(cell.load)],
  ['load.kind', ({ cell }) => cell.load.kind],
];

/** Only where the target was limited. */
const CASE: readonly Column[] = [
  ['case.name', ({ cell }) => (cell.case === undefined ? null : oneLine(cell.case.name))],
  ['case.cpuCores', ({ cell }) => cell.case?.cpuCores ?? null],
  ['case.cpuBy', ({ cell }) => cell.case?.cpuBy ?? null],
  ['case.memoryBytes', ({ cell }) => cell.case?.memoryBytes ?? null],
  ['case.memoryBy', ({ cell }) => cell.case?.memoryBy ?? null],
];

function columnsOf(cells: readonly CellRecord[]): Column[] {
  const figures = figuresIn('csv', undefined, figuresOf(cells)).flatMap(({ csv, storedOf }): Column[] => [
    [csv, ({ source }) => storedOf(source)?.value ?? null],
    ...(AFTER[csv] ?? []),
  ]);
  const ofCases = cells.some((cell) => cell.case !== undefined) ? CASE : [];
  return [...NAMES, ...ofCases, ...figures];
}

function lowerBoundsAfter(stamps: readonly (keyof CellRecord['latencyMs'])[]): Record<string, Column[]> {
  return Object.fromEntries(
    stamps.map((stamp) => [
      `latencyMs.${stamp}.censored`,
      [
        [
          `latencyMs.${stamp}.lowerBounds`,
          ({ source: { latencyMs } }: Row) => latencyMs[stamp]?.lowerBounds.join(' ') ?? null,
        ],
      ],
    ]),
  );
}

function keptWord(kept: boolean | null): string {
  return kept === null ? 'unknown' : String(kept);
}

/** `200=9990 503=10`. */
function countsInWords(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .map(([name, count]) => `${oneLine(name)}=${count}`)
    .join(' ');
}
