import { oneLine } from '../../kernel/text.js';
import { keepsUp } from '../../model/keeps-up.js';
import { loadTitle } from '../../model/loads/index.js';
import type { OutputFile, Report } from '../../model/report.js';
import type { CellRecord } from '../../model/run-record.js';
import { csvText, type CsvValue } from './csv-text.js';

/** A row for each cell; a column is named by its path in results.json. */
export function renderCsv({ cells }: Report): OutputFile[] {
  const header = COLUMNS.map(([name]) => name);
  const rows = cells.map(({ record }) => COLUMNS.map(([, valueOf]) => valueOf(record)));
  // Spreadsheets take a file without the mark for one in the machine's own old encoding.
  return [{ name: 'cells.csv', text: csvText(header, rows, { saysUtf8: true }) }];
}

type Column = readonly [name: string, valueOf: (cell: CellRecord) => CsvValue];

const COUNTS = [
  'planned',
  'sent',
  'completed',
  'succeeded',
  'failed',
  'timedOut',
  'dropped',
  'unfinished',
] as const;
const LATENCIES = ['response', 'succeeded', 'service', 'sendLag', 'queueWait'] as const;
const FIGURES = [
  'min',
  'mean',
  'stdev',
  'p50',
  'p75',
  'p90',
  'p95',
  'p99',
  'p999',
  'max',
  'censored',
] as const;

const COLUMNS: readonly Column[] = [
  ['id', ({ id }) => oneLine(id)],
  ['operation.id', ({ operation }) => oneLine(operation.id)],
  ['operation.method', ({ operation }) => oneLine(operation.method)],
  ['operation.path', ({ operation }) => oneLine(operation.path)],
  ['workers', ({ workers }) => workers],
  ['repeat', ({ repeat }) => repeat],
  ['load', ({ load }) => loadTitle(load)],
  ['load.kind', ({ load }) => load.kind],
  ['targetRps', ({ window }) => window.plannedRps],
  ['durationMs', ({ window }) => window.durationMs],
  ['startedAt', ({ startedAt }) => startedAt],
  ['verdict.state', ({ verdict }) => verdict.state],
  ['verdict.reasons', ({ verdict }) => verdict.reasons.map(({ id }) => oneLine(id)).join(' ')],
  ...COUNTS.map((name): Column => [`counts.${name}`, ({ counts }) => counts[name]]),
  ['achievedRps', ({ achievedRps }) => achievedRps],
  ['keepsUp', (cell) => keptWord(keepsUp(cell))],
  ['successRate', ({ successRate }) => successRate],
  ['statusCodes', ({ statusCodes }) => countsInWords(statusCodes)],
  ['failures', ({ failures }) => countsInWords(failures)],
  ['bytes.received', ({ bytes }) => bytes.received],
  ['bytes.sent', ({ bytes }) => bytes.sent],
  ...LATENCIES.flatMap(latencyColumns),
  ['resources.cpuPercent.mean', ({ resources }) => resources?.cpuPercent.mean ?? null],
  ['resources.cpuPercent.max', ({ resources }) => resources?.cpuPercent.max ?? null],
  ['resources.cpuMsPerRequest', ({ resources }) => resources?.cpuMsPerRequest ?? null],
  ['resources.memoryBytes.mean', ({ resources }) => resources?.memoryBytes.mean ?? null],
  ['resources.memoryBytes.max', ({ resources }) => resources?.memoryBytes.max ?? null],
  [
    'resources.memoryBytes.growthPerMinute',
    ({ resources }) => resources?.memoryBytes.growthPerMinute ?? null,
  ],
  ['resources.pssBytes.mean', ({ resources }) => resources?.pssBytes?.mean ?? null],
  ['resources.pssBytes.max', ({ resources }) => resources?.pssBytes?.max ?? null],
  ['resources.pssBytes.samples', ({ resources }) => resources?.pssBytes?.samples ?? null],
  ['resources.processes', ({ resources }) => resources?.processes ?? null],
  ['resources.samples', ({ resources }) => resources?.samples ?? null],
  ['generator.busyShare', ({ generator }) => generator.busyShare],
  ['generator.cpuPercent', ({ generator }) => generator.cpuPercent],
  ['generator.hostCpuPercent', ({ generator }) => generator.hostCpuPercent],
];

function latencyColumns(latency: (typeof LATENCIES)[number]): Column[] {
  const path = `latencyMs.${latency}`;
  return [
    ...FIGURES.map((name): Column => [
      `${path}.${name}`,
      ({ latencyMs }) => latencyMs[latency]?.[name] ?? null,
    ]),
    [`${path}.lowerBounds`, ({ latencyMs }) => latencyMs[latency]?.lowerBounds.join(' ') ?? null],
  ];
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
