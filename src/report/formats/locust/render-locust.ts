import type { OutputFile, Report, ReportCell } from '../../../model/report/report.js';
import { cellGroups } from '../cell-groups.js';
import { csvText, type CsvValue } from '../csv-text.js';
import { aggregatedEntry, endpointEntries, LEVELS, type LocustEntry } from './entry.js';
import { failureRows } from './failures.js';
import { historyRows } from './history.js';

/** Locust's CSV files, a set for each load, worker count and repeat; columns as of Locust 2.47. */
export function renderLocust({ cells }: Report): OutputFile[] {
  const groups = cellGroups(cells);
  return groups.flatMap(({ slug, cells: members }) =>
    filesOf(groups.length === 1 ? 'locust' : `locust_${slug}`, members),
  );
}

const PERCENTILES = LEVELS.map((level) => `${Number((100 * level).toFixed(6))}%`);
const STATS = [
  ...['Type', 'Name', 'Request Count', 'Failure Count', 'Median Response Time', 'Average Response Time'],
  ...['Min Response Time', 'Max Response Time', 'Average Content Size', 'Requests/s', 'Failures/s'],
  ...PERCENTILES,
];
const HISTORY = [
  ...['Timestamp', 'User Count', 'Type', 'Name', 'Requests/s', 'Failures/s'],
  ...PERCENTILES,
  ...[
    'Total Request Count',
    'Total Failure Count',
    'Total Median Response Time',
    'Total Average Response Time',
  ],
  ...['Total Min Response Time', 'Total Max Response Time', 'Total Average Content Size'],
];
const FAILURES = ['Method', 'Name', 'Error', 'Occurrences', 'First Seen', 'Last Seen'];

function filesOf(prefix: string, cells: readonly [ReportCell, ...ReportCell[]]): OutputFile[] {
  const entries = [...cells.flatMap(endpointEntries), aggregatedEntry(cells)];
  return [
    { name: `${prefix}_stats.csv`, text: csvText(STATS, entries.map(statsRow)) },
    { name: `${prefix}_stats_history.csv`, text: csvText(HISTORY, historyRows(cells, known)) },
    { name: `${prefix}_failures.csv`, text: csvText(FAILURES, failureRows(cells)) },
  ];
}

function statsRow(entry: LocustEntry): CsvValue[] {
  return [
    entry.type,
    entry.name,
    entry.requests,
    entry.failures,
    ...[entry.medianMs, entry.meanMs, entry.minMs, entry.maxMs, entry.contentBytes].map(known),
    entry.requestsPerSecond,
    entry.failuresPerSecond,
    ...entry.percentilesMs.map(known),
  ];
}

/** Locust's own word for a figure that it does not have. */
function known(value: number | null): CsvValue {
  return value ?? 'N/A';
}
