import { askedOf } from '../../../model/results/subject.js';
import { AGGREGATED, operationsOf } from '../../../model/figures/operation-figures.js';
import type { CellRecord } from '../../../model/results/cell-record.js';
import type { ReportCell, Spectrum } from '../../../model/report/report.js';
import { NAMED_QUANTILES, spectrumAt } from '../../../model/report/spectrum-at.js';
import { oneLine } from '../../../kernel/text.js';
import { Tally } from './tally.js';

/** Locust's percentiles, in the order of its columns. */
export const LEVELS = [...NAMED_QUANTILES, 1] as const;

/** One row of Locust's statistics; times in milliseconds, `null` = not known. */
export interface LocustEntry {
  readonly type: string;
  readonly name: string;
  readonly requests: number;
  readonly failures: number;
  readonly medianMs: number | null;
  readonly meanMs: number | null;
  readonly minMs: number | null;
  readonly maxMs: number | null;
  readonly contentBytes: number | null;
  readonly requestsPerSecond: number;
  readonly failuresPerSecond: number;
  readonly percentilesMs: readonly (number | null)[];
}

/** Whatever a row is of: a cell, or an operation of a mixture. */
interface Measured {
  readonly method: string;
  readonly path: string;
  readonly source: Pick<CellRecord, 'counts' | 'bytes' | 'window' | 'achievedRps'> & {
    readonly latencyMs: Pick<CellRecord['latencyMs'], 'response'>;
  };
  readonly spectrum: Spectrum | undefined;
}

/** The rows of a cell: its own, or of a mixture one for each operation. */
export function endpointEntries(cell: ReportCell): LocustEntry[] {
  const operations = operationsOf(cell.record);
  if (operations.length === 0) return [cellEntry(cell)];
  const entries = operations.map(({ method, path, source }, at) =>
    entryOf({ method, path, source, spectrum: cell.spectra.byOperation[at] }),
  );
  return entries.sort(byName);
}

/** As Locust sorts its rows: by name, then by method, character by character. */
function byName(a: LocustEntry, b: LocustEntry): number {
  if (a.name !== b.name) return a.name < b.name ? -1 : 1;
  return a.type < b.type ? -1 : Number(a.type > b.type);
}

/** A cell as one row. */
export function cellEntry({ record, spectra }: ReportCell): LocustEntry {
  return entryOf({ ...askedOf(record.subject), source: record, spectrum: spectra.response });
}

function entryOf({ method, path, source, spectrum }: Measured): LocustEntry {
  const { counts, latencyMs, bytes, achievedRps, window } = source;
  const { response } = latencyMs;
  const failures = counts.planned - counts.succeeded;
  const failuresPerSecond = (failures * 1000) / window.durationMs;
  return {
    type: oneLine(method),
    name: oneLine(path),
    requests: counts.planned,
    failures,
    medianMs: response.p50,
    meanMs: response.mean,
    minMs: response.min,
    maxMs: response.max,
    contentBytes: counts.planned === 0 ? null : bytes.received / counts.planned,
    requestsPerSecond: achievedRps + failuresPerSecond,
    failuresPerSecond,
    percentilesMs: LEVELS.map((level) => (spectrum && spectrumAt(spectrum, level)?.valueMs) ?? null),
  };
}

/** All cells together: they were measured one after another, so their rates do not add up. */
export function aggregatedEntry(cells: readonly [ReportCell, ...ReportCell[]]): LocustEntry {
  const entries = cells.map(cellEntry);
  const of = (valueOf: (entry: LocustEntry) => number | null): (number | null)[] => entries.map(valueOf);
  const requests = entries.map((entry) => entry.requests);
  const durations = cells.map(({ record }) => record.window.durationMs);
  const percentilesMs = mergedPercentilesMs(cells, entries);
  return {
    type: '',
    name: AGGREGATED,
    requests: sum(requests),
    failures: sum(entries.map(({ failures }) => failures)),
    medianMs: percentilesMs[0] ?? null,
    meanMs: weightedMean(
      of(({ meanMs }) => meanMs),
      requests,
    ),
    minMs: extreme(
      of(({ minMs }) => minMs),
      Math.min,
    ),
    maxMs: extreme(
      of(({ maxMs }) => maxMs),
      Math.max,
    ),
    contentBytes: weightedMean(
      of(({ contentBytes }) => contentBytes),
      requests,
    ),
    requestsPerSecond:
      weightedMean(
        of(({ requestsPerSecond }) => requestsPerSecond),
        durations,
      ) ?? 0,
    failuresPerSecond:
      weightedMean(
        of(({ failuresPerSecond }) => failuresPerSecond),
        durations,
      ) ?? 0,
    percentilesMs,
  };
}

/** Exact for one cell and at both ends; else from the seconds' distributions. */
function mergedPercentilesMs(
  cells: readonly ReportCell[],
  entries: readonly LocustEntry[],
): readonly (number | null)[] {
  const [only, ...others] = entries;
  if (only !== undefined && others.length === 0) return only.percentilesMs;
  const tally = Tally.of(cells.flatMap(endedInSeconds));
  const minMs = extreme(
    entries.map((entry) => entry.minMs),
    Math.min,
  );
  const maxMs = extreme(
    entries.map((entry) => entry.maxMs),
    Math.max,
  );
  return LEVELS.map((level) => {
    if (level === 1) return maxMs;
    const valueMs = tally.quantileMs(level);
    return valueMs === null ? null : Math.max(minMs ?? 0, Math.min(valueMs, maxMs ?? Infinity));
  });
}

/** A cell's seconds as a tally takes them. */
export function endedInSeconds({ record, buckets }: ReportCell): {
  succeeded: number;
  failed: number;
  buckets: ReportCell['buckets'][number] | undefined;
}[] {
  return record.series.map(({ succeeded, failed }, at) => ({ succeeded, failed, buckets: buckets[at] }));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** Of what is known; parts without weight have no say. */
function weightedMean(values: readonly (number | null)[], weights: readonly number[]): number | null {
  const known = values.flatMap((value, at) => (value === null ? [] : [{ value, weight: weights[at] ?? 0 }]));
  const total = sum(known.map(({ weight }) => weight));
  return total === 0 ? null : sum(known.map(({ value, weight }) => value * weight)) / total;
}

function extreme(values: readonly (number | null)[], choose: (...values: number[]) => number): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : choose(...known);
}
