import type { RunStore } from '../../store/run-store.js';
import { judgeCell } from '../../analyze/judge-cell.js';
import { coarseCounts } from '../../measure/buckets.js';
import { unjudgedCell, type MeasuredCell } from '../../measure/unjudged-cell.js';
import type { CellRecord } from '../../model/results/cell-record.js';
import { SCHEMA_VERSION, type CellFile } from '../../model/results/run-record.js';

/** The cell as results.json and its own file hold it. */
export function cellRecord(
  cell: MeasuredCell,
  isTargetStarted: boolean,
): { record: CellRecord; file: CellFile } {
  const unjudged = unjudgedCell(cell);
  const run = { isTargetStarted, timeoutMs: cell.share.timeoutMs };
  const record: CellRecord = { ...unjudged, verdict: judgeCell(unjudged, run) };
  const series = record.series.map((second, at) => ({
    ...second,
    buckets: coarseCounts(cell.measurements.seconds[at]?.buckets ?? []),
  }));
  return { record, file: { schemaVersion: SCHEMA_VERSION, ...record, series } };
}

/** Stores what was measured of a cell in its own files; returns its record. */
export async function keepCell(
  store: RunStore,
  cell: MeasuredCell,
  isTargetStarted: boolean,
): Promise<CellRecord> {
  const { record, file } = cellRecord(cell, isTargetStarted);
  await store.writeCell(file, {
    schemaVersion: SCHEMA_VERSION,
    id: cell.id,
    samples: [...cell.gauges.samples],
  });
  return record;
}
