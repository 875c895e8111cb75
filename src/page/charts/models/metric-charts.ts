import type { PageCell, PageData, PageMetric } from '../../../model/report/page-data.js';
import type { ChartModel, Panel, Series } from './chart-model.js';
import { endpointsOf, noteOnHidden } from './endpoints.js';
import {
  ascending,
  countOf,
  indexOf,
  noteOnInvalid,
  ofNumbers,
  reference,
  seriesOfEndpoints,
  steadyCells,
} from './metric-series.js';
import { endOfAxis, panelHeightPx, withOneScale, withScaleFor } from './panel-scales.js';
import { pointsOf } from './repeats.js';

/** A metric of all endpoints across rates, a panel for each number of workers; `null` without a steady rate. */
export function ratesChart(data: PageData, metric: PageMetric): ChartModel | null {
  const cells = steadyCells(data);
  const xs = ascending(cells.map(({ ratePerSecond }) => ratePerSecond));
  if (xs.length === 0) return null;
  const workers = ascending(cells.map((cell) => cell.workers));
  const endpoints = endpointsOf(data);
  const index = indexOf(data);
  const panels = workers.map((count): Panel => {
    const column = workers.length === 1 ? '' : `${count} w`;
    const at = (run: number, endpoint: string, rate: number) => index(run, endpoint, rate, count);
    return {
      title: workers.length === 1 ? metric.title : `${metric.title}, ${countOf(count)}`,
      unit: metric.unit,
      yScale: 'linear',
      heightPx: panelHeightPx(workers.length),
      max: endOfAxis(metric),
      series: [
        ...seriesOfEndpoints(data, endpoints, xs, column, (run, endpoint, rate) =>
          pointsOf(at(run, endpoint, rate), metric.id),
        ),
        ...(metric.id === 'achieved' ? [target(xs, column)] : []),
      ],
    };
  });
  return {
    title: `${metric.title} across rates`,
    note: [
      noteOnRates(data, cells.length),
      noteOnHidden(endpoints),
      noteOnRepeats(cells),
      noteOnInvalid(cells),
    ]
      .filter(Boolean)
      .join(' '),
    x: ofNumbers('target rate', xs, (rate) => `${rate}/s`),
    xs,
    panels: withOneScale(panels.map((panel) => withScaleFor(metric, panels, panel))),
    marks: [],
  };
}

function target(xs: readonly number[], column: string): Series {
  return reference('target', column, xs);
}

function noteOnRates({ runs }: PageData, steady: number): string {
  const left = runs.reduce((sum, { cells }) => sum + cells.length, 0) - steady;
  if (left === 0) return '';
  const cells = left === 1 ? '1 cell whose rate changes is' : `${left} cells whose rate changes are`;
  return `${cells} left out here; the time series shows them.`;
}

function noteOnRepeats(cells: readonly PageCell[]): string {
  return cells.some(({ repeat }) => repeat > 1)
    ? 'Lines go through the median of the repeats; each repeat is a dot.'
    : '';
}
