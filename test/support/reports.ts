import type { LatencyBuckets, ReportCell, Spectrum } from '../../src/model/report.js';
import type { CellRecord } from '../../src/model/run-record.js';

const RATIO = 1.09;

/** A cell as renderers take it, with a distribution that goes with its figures. */
export function reportCell(record: CellRecord, changes: Partial<ReportCell> = {}): ReportCell {
  const { response, service, sendLag } = record.latencyMs;
  const spectra = {
    response: spectrumOf(response, record.counts.planned),
    service: spectrumOf(service, record.counts.planned),
    sendLag: spectrumOf(sendLag, record.counts.planned),
  };
  const buckets = record.series.map(() => bucketsAround(response.p50));
  return { record, buckets, samples: [], spectra, ...changes };
}

function bucketsAround(p50Ms: number | null): LatencyBuckets {
  if (p50Ms === null) return [];
  return [5, 60, 30, 4, 1].map((count, at) => [Math.round(p50Ms * 1000 * RATIO ** (at - 1)), count]);
}

function spectrumOf(
  { p50, p90, p99, p999, max, lowerBounds }: CellRecord['latencyMs']['response'],
  count: number,
): Spectrum {
  const figures = [
    [0.5, p50, 'p50'],
    [0.9, p90, 'p90'],
    [0.99, p99, 'p99'],
    [0.999, p999, 'p999'],
    [1, max, 'max'],
  ] as const;
  const points = figures.flatMap(([quantile, valueMs, name]) =>
    valueMs === null
      ? []
      : [
          {
            quantile,
            valueMs,
            count: Math.round(quantile * count),
            isLowerBound: lowerBounds.includes(name),
          },
        ],
  );
  return { count, points };
}
