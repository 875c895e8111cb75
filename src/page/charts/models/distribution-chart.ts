import type { PageCell, PageHeat } from '../../../model/report/page-data.js';
import type { ChartModel } from './chart-model.js';
import { tickLabel, toldValue } from './told-values.js';

/** How the answers of a cell spread over the latencies; `null` when their distribution was not kept. */
export function distributionChart({ heat, censored }: PageCell): ChartModel | null {
  if (heat === null) return null;
  const counts = countsOf(heat);
  const edges = heat.edgesMs;
  const heights = counts.map((count, row) => count * stepsIn(edges[row] ?? 1, edges[row + 1] ?? 1));
  return {
    title: 'Distribution of response times',
    note: [
      'Height: answers for each tenth by which the latency grows, so that steps of any width compare.',
      censored === 0 ? '' : `${censored} requests without an answer are not in it.`,
    ]
      .filter(Boolean)
      .join(' '),
    x: {
      title: 'response time in ms',
      isLog: true,
      ticks: null,
      told: stepName(edges),
      range: [edges[0] ?? 1, edges.at(-1) ?? 10],
    },
    xs: edges,
    panels: [
      {
        title: 'Answers',
        unit: '',
        yScale: 'linear',
        heightPx: 220,
        max: null,
        series: [
          {
            key: 'Answers',
            column: '',
            style: { color: 0, line: 'solid', hasMarkers: false, isHistogram: true },
            values: [...heights, 0],
            bounds: [],
            dots: [],
            told: [...counts.map(String), null],
          },
        ],
      },
    ],
    marks: [],
  };
}

/** Answers of each row of the heat-map over all its time. */
export function countsOf({ edgesMs, columns }: PageHeat): number[] {
  const counts = new Array<number>(Math.max(0, edgesMs.length - 1)).fill(0);
  for (const column of columns) {
    for (let at = 0; at + 1 < column.length; at += 2) {
      const row = column[at] ?? 0;
      counts[row] = (counts[row] ?? 0) + (column[at + 1] ?? 0);
    }
  }
  return counts;
}

/** Buckets are 6 to 12 % wide: what a step of exactly a tenth would hold. */
function stepsIn(lowerMs: number, upperMs: number): number {
  return Math.log(1.1) / Math.log(upperMs / lowerMs);
}

function stepName(edges: readonly number[]): (lowerMs: number) => string {
  return (lowerMs) => {
    const upper = edges[edges.indexOf(lowerMs) + 1];
    return upper === undefined ? toldValue(lowerMs, 'ms') : `${tickLabel(lowerMs)} to ${tickLabel(upper)} ms`;
  };
}
