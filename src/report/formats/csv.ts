import { askedOf } from '../../model/results/subject.js';
import { oneLine } from '../../kernel/text.js';
import { figuresOf } from '../../model/figures/gauge-figures.js';
import { figuresIn } from '../../model/figures/index.js';
import { keepsUp } from '../../model/results/keeps-up.js';
import { loadTitle } from '../../model/loads/index.js';
import type { OutputFile, Report } from '../../model/report/report.js';
import type { CellRecord } from '../../model/results/cell-record.js';
import { csvText, type CsvValue } from './csv-text.js';

/** A row for each cell; a column is named by its path in results.json, or as it was in version 1. */
export function renderCsv({ cells }: Report): OutputFile[] {
  const columns = columnsOf(cells.map(({ record }) => record));
  const header = columns.map(([name]) => name);
  const rows = cells.map(({ record }) => columns.map(([, valueOf]) => valueOf(record)));
  // Spreadsheets take a file without the mark for one in the machine's own old encoding.
  return [{ name: 'cells.csv', text: csvText(header, rows, { saysUtf8: true }) }];
}

type Column = readonly [name: string, valueOf: (cell: CellRecord) => CsvValue];

/** What is no figure, behind the column that it belongs to. */
const AFTER: Readonly<Record<string, readonly Column[]>> = {
  targetRps: [
    ['durationMs', ({ window }) => window.durationMs],
    ['startedAt', ({ startedAt }) => startedAt],
    ['verdict.state', ({ verdict }) => verdict.state],
    ['verdict.reasons', ({ verdict }) => verdict.reasons.map(({ id }) => oneLine(id)).join(' ')],
  ],
  achievedRps: [['keepsUp', (cell) => keptWord(keepsUp(cell))]],
  successRate: [
    ['statusCodes', ({ statusCodes }) => countsInWords(statusCodes)],
    ['failures', ({ failures }) => countsInWords(failures)],
  ],
  ...lowerBoundsAfter(['response', 'succeeded', 'service', 'sendLag', 'queueWait']),
};

const NAMES: readonly Column[] = [
  ['id', ({ id }) => oneLine(id)],
  ['operation.id', ({ subject }) => oneLine(subject.id)],
  ['operation.method', ({ subject }) => oneLine(askedOf(subject).method)],
  ['operation.path', ({ subject }) => oneLine(askedOf(subject).path)],
  ['workers', ({ workers }) => workers],
  ['repeat', ({ repeat }) => repeat],
  ['load', ({ load }) => loadTitle(load)],
  ['load.kind', ({ load }) => load.kind],
];

function columnsOf(cells: readonly CellRecord[]): Column[] {
  const figures = figuresIn('csv', undefined, figuresOf(cells)).flatMap(({ csv, storedOf }): Column[] => [
    [csv, (cell) => storedOf(cell)?.value ?? null],
    ...(AFTER[csv] ?? []),
  ]);
  return [...NAMES, ...figures];
}

function lowerBoundsAfter(stamps: readonly (keyof CellRecord['latencyMs'])[]): Record<string, Column[]> {
  return Object.fromEntries(
    stamps.map((stamp) => [
      `latencyMs.${stamp}.censored`,
      [
        [
          `latencyMs.${stamp}.lowerBounds`,
          ({ latencyMs }: CellRecord) => latencyMs[stamp]?.lowerBounds.join(' ') ?? null,
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
