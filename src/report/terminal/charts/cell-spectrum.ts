import { percent } from '../../../kernel/format.js';
import type { ReportCell, Spectrum } from '../../../model/report/report.js';
import { wrapped } from './display-width.js';
import type { ChartStyle } from './chart-style.js';
import { drawPanel, MARGIN_COLUMNS, plotColumnsOf } from './draw-panel.js';

/** Latencies by percentile: each further nine as wide as the one before it. */
export function drawSpectrum({ record, spectra }: ReportCell, style: ChartStyle): string[] {
  const { response, service } = spectra;
  if (response.points.length === 0) return [];
  const columns = plotColumnsOf(style);
  const nines = Math.max(1, Math.log10(response.count));
  const panel = drawPanel(
    {
      title: 'Response time by percentile, ms',
      explanation: 'logarithmic; line: response time, area: service time',
      scale: 'log',
      rows: 8,
      series: [
        { values: valuesAlong(service, 2 * columns, nines), shape: 'area' },
        { values: valuesAlong(response, 2 * columns, nines), shape: 'line' },
      ],
    },
    style,
  );
  const open = response.count === 0 ? 0 : record.latencyMs.response.censored / response.count;
  const words =
    open === 0
      ? []
      : [`Beyond ${percent(1 - open)} % only lower bounds are known: these requests never ended.`];
  return [
    ...panel,
    style.paint.dim(percentileAxis(columns, nines)),
    ...words.flatMap((sentence) => wrapped(sentence, style.width)),
  ];
}

/** The latency at each dot of the axis; `null` beyond what is known. */
function valuesAlong({ points }: Spectrum, dots: number, nines: number): (number | null)[] {
  let next = 0;
  return Array.from({ length: dots }, (_, dot) => {
    const quantile = 1 - 10 ** -((dot / (dots - 1)) * nines);
    while (next < points.length && (points[next]?.quantile ?? 1) < quantile) next += 1;
    return points[next]?.valueMs ?? null;
  });
}

const PERCENTILES = [0.5, 0.9, 0.99, 0.999, 0.9999, 0.999_99, 0.999_999];

function percentileAxis(columns: number, nines: number): string {
  let line = '└0';
  for (const quantile of PERCENTILES) {
    const column = Math.round((-Math.log10(1 - quantile) / nines) * (columns - 1));
    const label = `└${Number((100 * quantile).toPrecision(9))}`;
    if (column > line.length && column + label.length <= columns) line = line.padEnd(column) + label;
  }
  return ' '.repeat(MARGIN_COLUMNS) + (line.length + 2 <= columns ? `${line} %` : line);
}
