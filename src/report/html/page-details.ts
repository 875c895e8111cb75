import { coresInWords, formatFigure, formatMebibytes, percent, plural } from '../../kernel/format.js';
import type { QuotaUse } from '../../model/cpu-quota.js';
import type { PageDetail, PageDetails } from '../../model/page-details.js';
import type { CellRecord } from '../../model/run-record.js';
import { keepsUpStory } from '../keeps-up-words.js';
import { tellingSuccessLatency } from '../success-latency.js';
import { figureOf, latencyCell, NOT_KNOWN } from '../table-model.js';
import { countedWords } from './reasons.js';
import { conditionsOf, variedConditions, type VariedConditions } from '../load-words.js';
import { shownName, shownText } from '../shown-text.js';

const LATENCY_COLUMNS = ['min', 'p50', 'mean', 'p75', 'p90', 'p95', 'p99', 'p999', 'max', 'stdev'] as const;

const LATENCY_ROWS = [
  ['response', 'Response time', 'from the moment it was due to the end of the answer'],
  ['succeeded', 'Successes alone', 'response time of the successes'],
  ['service', 'Service time', 'from sending to the end of the answer'],
  ['sendLag', 'Send lag', 'from due to released: how late the generator was'],
  ['queueWait', 'Queue wait', 'from released to sent: no free connection'],
] as const;

interface FactList {
  readonly title: string;
  readonly facts: readonly (readonly [name: string, of: (cell: CellRecord) => string])[];
}

const FACT_LISTS: readonly FactList[] = [
  {
    title: 'Requests',
    facts: [
      ['Planned', ({ counts }) => String(counts.planned)],
      ['Sent', ({ counts }) => String(counts.sent)],
      ['Succeeded', ({ counts, successRate }) => `${counts.succeeded} (${percent(successRate)} %)`],
      ['Failed', ({ counts }) => String(counts.failed)],
      ['Timed out', ({ counts }) => String(counts.timedOut)],
      ['Dropped', ({ counts }) => String(counts.dropped)],
      ['Unfinished', ({ counts }) => String(counts.unfinished)],
      ['Status codes', ({ statusCodes }) => countedWords(statusCodes)],
      ['Failures by kind', ({ failures }) => countedWords(failures)],
      ['Achieved', ({ achievedRps }) => `${formatFigure(achievedRps)} req/s`],
      ['Keeps up', keepsUpStory],
      ['Bodies received', ({ bytes }) => `${formatMebibytes(bytes.received)} MB`],
    ],
  },
  {
    title: 'Target',
    facts: [
      ['CPU, mean', ({ resources }) => withUnit(resources && resources.cpuPercent.mean.toFixed(0), '%')],
      ['CPU, peak', ({ resources }) => withUnit(resources && resources.cpuPercent.max.toFixed(0), '%')],
      ['CPU for each answer', ({ resources }) => milliseconds(resources?.cpuMsPerRequest ?? null)],
      ['Memory (RSS), mean', ({ resources }) => mebibytes(resources?.memoryBytes.mean ?? null)],
      ['Memory (RSS), peak', ({ resources }) => mebibytes(resources?.memoryBytes.max ?? null)],
      [
        'Memory growth a minute',
        ({ resources }) => mebibytes(resources?.memoryBytes.growthPerMinute ?? null),
      ],
      ['Memory (PSS), mean', ({ resources }) => mebibytes(resources?.pssBytes?.mean ?? null)],
      ['Memory (PSS), peak', ({ resources }) => mebibytes(resources?.pssBytes?.max ?? null)],
      ['CPU quota', ({ cpuQuota }) => quotaWords(cpuQuota?.target)],
      ['Processes', ({ resources }) => (resources ? String(resources.processes) : NOT_KNOWN)],
    ],
  },
  {
    title: 'Generator',
    facts: [
      ['Protocol', ({ generator }) => generator.protocol ?? 'HTTP/1.1'],
      ['Pacing', ({ generator }) => generator.pacing],
      ['Threads', ({ generator }) => String(generator.threads)],
      ['Busiest thread', ({ generator }) => `${(100 * generator.busyShare).toFixed(0)} %`],
      ['Longest queue', ({ generator }) => String(generator.longestQueue)],
      ['Connections opened', ({ generator }) => String(generator.connectionsOpened)],
      ['Longest garbage collection', ({ generator }) => `${formatFigure(generator.gcPauses.maxMs)} ms`],
      ['CPU quota', ({ cpuQuota }) => quotaWords(cpuQuota?.generator)],
      ['CPU of the host', ({ generator }) => withUnit(rounded(generator.hostCpuPercent), '%')],
      ['Stolen by other guests', ({ generator }) => withUnit(rounded(generator.stealPercent), '%')],
    ],
  },
];

/** What the page shows of each cell when it is opened. */
export function pageDetails(cells: readonly CellRecord[]): PageDetails {
  const varied = variedConditions(cells);
  return {
    latencyColumns: LATENCY_COLUMNS.map((name) => (name === 'p999' ? 'p99.9' : name)),
    latencyRows: LATENCY_ROWS.map(([, name, meaning]) => [name, meaning]),
    facts: FACT_LISTS.map(({ title, facts }) => ({ title, names: facts.map(([name]) => name) })),
    cells: cells.map((cell) => detailOf(cell, varied)),
  };
}

function detailOf(cell: CellRecord, varied: VariedConditions): PageDetail {
  const { operation, verdict, latencyMs } = cell;
  return {
    id: cell.id,
    title: shownName(operation.id),
    request: shownName(`${operation.method} ${operation.path}`),
    conditions: conditionsOf(cell, varied),
    verdict: verdict.state,
    reasons: verdict.reasons.map(({ id, message, remedy }) => [
      shownText(id),
      shownText(message),
      shownText(remedy ?? ''),
    ]),
    latency: LATENCY_ROWS.map(([kind]) => {
      const figures = kind === 'succeeded' ? tellingSuccessLatency(cell) : latencyMs[kind];
      return figures === undefined ? [] : LATENCY_COLUMNS.map((name) => latencyCell(figures, name).text);
    }),
    facts: FACT_LISTS.map(({ facts }) => facts.map(([, of]) => of(cell))),
  };
}

function rounded(value: number | null): string | null {
  return value === null ? null : value.toFixed(0);
}

function withUnit(text: string | null, unit: string): string {
  return text === null ? NOT_KNOWN : `${text} ${unit}`;
}

function quotaWords(use: QuotaUse | null | undefined): string {
  if (use === undefined) return NOT_KNOWN;
  return use === null
    ? 'none'
    : `${coresInWords(use.cores)}, used up in ${plural(use.throttledPeriods, 'period')}`;
}

function milliseconds(value: number | null): string {
  return value === null ? NOT_KNOWN : `${figureOf(value)} ms`;
}

function mebibytes(value: number | null): string {
  return value === null ? NOT_KNOWN : `${formatMebibytes(value)} MB`;
}
