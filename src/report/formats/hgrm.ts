import type { OutputFile, Report, ReportCell, SpectrumPoint } from '../../model/report/report.js';
import { spectrumAt } from '../../model/report/spectrum-at.js';
import { safeFileName } from '../../kernel/text.js';

/** The response times of each cell as HdrHistogram writes percentile distributions, in milliseconds. */
export function renderHgrm({ cells }: Report): OutputFile[] {
  return cells.map((cell) => ({ name: `${fileName(cell.record.id)}.hgrm`, text: distributionOf(cell) }));
}

/** The id names the cell's other files as it is; a record that someone has changed cannot leave the folder. */
function fileName(id: string): string {
  return /^[A-Za-z0-9][\w.-]{0,200}$/.test(id) ? id : safeFileName(id);
}

const HEADER = `${'Value'.padStart(12)} ${'Percentile'.padStart(14)} TotalCount 1/(1-Percentile)\n`;

function distributionOf(cell: ReportCell): string {
  const lines = levelsOf(cell).map(([level, point]) => lineOf(level, point));
  const never = cell.record.latencyMs.response.censored;
  // Readers take lines that begin with # for remarks.
  const remarks = never === 0 ? [] : [`#[The slowest ${never} never ended: theirs are lower bounds]`];
  return [HEADER, ...lines, footerOf(cell), ...remarks].join('\n') + '\n';
}

function footerOf({ record, spectra }: ReportCell): string {
  const { mean, stdev, max } = record.latencyMs.response;
  const field = (value: number | null): string => (value === null ? 'NaN' : milliseconds(value)).padStart(12);
  return [
    `#[Mean    = ${field(mean)}, StdDeviation   = ${field(stdev)}]`,
    `#[Max     = ${field(max)}, Total count    = ${String(spectra.response.count).padStart(12)}]`,
    // Of the histograms in results.json: one hour in microseconds, three significant digits.
    `#[Buckets = ${'22'.padStart(12)}, SubBuckets     = ${'2048'.padStart(12)}]`,
  ].join('\n');
}

type Level = readonly [level: number, point: SpectrumPoint];

const STEPS_PER_HALVING = 5;

/** HdrHistogram's steps: five on each halving of the way to 1, until one reaches the last request. */
function levelsOf({ spectra: { response } }: ReportCell): Level[] {
  const last = response.points.at(-1);
  if (last === undefined) return [];
  const levels: Level[] = [];
  for (let left = 1; ; left /= 2) {
    for (let step = 0; step < STEPS_PER_HALVING; step += 1) {
      // In per cent every level is exact.
      const level = (100 - left * (100 - (50 * step) / STEPS_PER_HALVING)) / 100;
      const point = spectrumAt(response, level);
      if (point === undefined) return levels;
      levels.push([level, point]);
      if (point.count === response.count) return [...levels, [1, last]];
    }
  }
}

function lineOf(level: number, { valueMs, count }: SpectrumPoint): string {
  const value = milliseconds(valueMs).padStart(12);
  const inverse = level === 1 ? '' : ` ${(1 / (1 - level)).toFixed(2).padStart(14)}`;
  return `${value} ${level.toFixed(12)} ${String(count).padStart(10)}${inverse}`;
}

function milliseconds(valueMs: number): string {
  return valueMs.toFixed(3);
}
