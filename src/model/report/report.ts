import type { Analysis } from './analysis.js';
import type { GaugeSample } from '../results/gauges.js';
import type { CellRecord } from '../results/cell-record.js';
import type { RunRecord } from '../results/run-record.js';

/** A value of a distribution and the share of all requests that were not slower. */
export interface SpectrumPoint {
  /** 0 to 1. */
  readonly quantile: number;
  readonly valueMs: number;
  /** Requests up to here. */
  readonly count: number;
  /** The requests from here on never ended: they took at least this long. */
  readonly isLowerBound: boolean;
}

/**
 * A latency from its shortest to its longest value, finer towards the end. All planned requests are
 * ranked as in `latencyMs`; where what never ended is not known, the points stop before 1.
 */
export interface Spectrum {
  readonly count: number;
  readonly points: readonly SpectrumPoint[];
}

/** [lower edge in µs, answers], about 10 % wide. */
export type LatencyBuckets = readonly (readonly [lowerUs: number, count: number])[];

export interface ReportCell {
  /** As stored, but with today's verdict. */
  readonly record: CellRecord;
  /** Of each second as in `record.series`; empty when the cell's own file could not be read. */
  readonly buckets: readonly LatencyBuckets[];
  /** Empty when the process was not known, or the file could not be read. */
  readonly samples: readonly GaugeSample[];
  readonly spectra: {
    readonly response: Spectrum;
    readonly service: Spectrum;
    readonly sendLag: Spectrum;
    /** The response times of each operation of a mixture; empty where there is one, or they could not be read. */
    readonly byOperation: readonly Spectrum[];
  };
}

/** A stored run as every renderer takes it. */
export interface Report {
  /** The last part of the directory's path. */
  readonly name: string;
  readonly folder: string;
  /** `null` when results.json could not be read and the cells' own files are all there is. */
  readonly run: Omit<RunRecord, 'cells'> | null;
  /** In the order in which they were measured. */
  readonly cells: readonly ReportCell[];
  /** What its cells say together. */
  readonly analysis: Analysis;
  /** What the reader must know of the directory, in sentences: it is damaged, or the run goes on. */
  readonly remarks: readonly string[];
}

/** A stored run whose cells are judged, and nothing more. */
export type JudgedReport = Omit<Report, 'analysis'>;

/** What `--format` takes. */
export const REPORT_FORMATS = ['md', 'csv', 'locust', 'junit', 'hgrm', 'openmetrics', 'github'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

/** What a renderer makes; the name is one that is safe in every file system. */
export interface OutputFile {
  readonly name: string;
  readonly text: string;
}
