import { AGGREGATED } from '../../../model/figures/operation-figures.js';
import type { ReportCell } from '../../../model/report/report.js';
import type { CsvValue } from '../csv-text.js';
import { aggregatedEntry, cellEntry, endedInSeconds, LEVELS, type LocustEntry } from './entry.js';
import { Tally, type EndedRequests } from './tally.js';

/** Locust's current figures are of the last so many seconds. */
const WINDOW_SECONDS = 10;

/** What a row tells of all that ended until then. */
type Totals = Pick<
  LocustEntry,
  'requests' | 'failures' | 'medianMs' | 'meanMs' | 'minMs' | 'maxMs' | 'contentBytes'
>;

/**
 * Two rows a second, for the endpoint under load then and for all together, as `--csv-full-history` writes; of a mixture
 * only the second one, since the seconds do not tell its operations apart.
 */
export function historyRows(
  cells: readonly ReportCell[],
  na: (value: number | null) => CsvValue,
): CsvValue[][] {
  const rows: CsvValue[][] = [];
  const all = new Tally();
  for (const [at, cell] of cells.entries()) {
    const seconds = endedInSeconds(cell);
    const own = new Tally();
    const entry = cellEntry(cell);
    const [first = cell, ...others] = cells.slice(0, at + 1);
    const together = aggregatedEntry([first, ...others]);
    for (const [second, ended] of seconds.entries()) {
      own.add(ended);
      all.add(ended);
      // At its end a cell's own exact figures are known.
      const isLast = second === seconds.length - 1;
      const current = currentFigures(cell, seconds, second, na);
      const row = (named: readonly CsvValue[], total: Totals): CsvValue[] => [
        ...current.start,
        ...named,
        ...current.figures,
        ...totals(total, na),
      ];
      if (cell.record.byOperation === undefined)
        rows.push(row([entry.type, entry.name], isLast ? entry : totalsOf(own)));
      rows.push(row(['', AGGREGATED], isLast ? together : totalsOf(all)));
    }
  }
  return rows;
}

function currentFigures(
  { record }: ReportCell,
  seconds: readonly EndedRequests[],
  second: number,
  na: (value: number | null) => CsvValue,
): { start: CsvValue[]; figures: CsvValue[] } {
  const recent = seconds.slice(Math.max(0, second + 1 - WINDOW_SECONDS), second + 1);
  const tally = Tally.of(recent);
  const startedAtS = Math.floor(Date.parse(record.startedAt) / 1000);
  return {
    start: [startedAtS + second + 1, record.series[second]?.inFlight ?? 0],
    figures: [
      (tally.ended / recent.length).toFixed(6),
      (tally.failed / recent.length).toFixed(6),
      ...LEVELS.map((level) => na(tally.quantileMs(level))),
    ],
  };
}

function totalsOf(tally: Tally): Totals {
  const { ended, failed, meanMs, minMs, maxMs } = tally;
  const medianMs = tally.quantileMs(0.5);
  return { requests: ended, failures: failed, medianMs, meanMs, minMs, maxMs, contentBytes: null };
}

function totals(
  { requests, failures, medianMs, meanMs, minMs, maxMs, contentBytes }: Totals,
  na: (value: number | null) => CsvValue,
): CsvValue[] {
  return [requests, failures, ...[medianMs, meanMs, minMs, maxMs, contentBytes].map(na)];
}
