import type { PageCell, PageData, PageMetric } from '../../../model/report/page-data.js';
import { sizingsOf, tellingSizings } from '../../../model/results/sizing.js';
import type { ChartModel, Panel, Series } from './chart-model.js';
import { endpointsOf, noteOnHidden } from './endpoints.js';
import { limitLines, limitsWithin, noteOnBeyond, withLimits } from './limit-lines.js';
import {
  ascending,
  indexOf,
  labelsOf,
  noteOnInvalid,
  ofNumbers,
  placedCells,
  reference,
  seriesOfEndpoints,
} from './metric-series.js';
import { endOfAxis, panelHeightPx, withOneScale, withScaleFor } from './panel-scales.js';
import { pointsOf } from './repeats.js';

/** A metric of all endpoints across loads, a panel for each sizing of the target; `null` where all loads change. */
export function loadsChart(data: PageData, metric: PageMetric): ChartModel | null {
  const { across } = data;
  const cells = placedCells(data);
  if (across === null || cells.length === 0) return null;
  const xs = ascending(cells.map(({ place }) => place.x));
  const hasTarget = cells.some(({ targetRps }) => targetRps !== null);
  const sizings = sizingsOf(cells);
  const told = tellingSizings(sizings);
  const endpoints = endpointsOf(data);
  const index = indexOf(data);
  const columns = sizings.map((sizing) => told(sizing, '2 w'));
  const panels = sizings.map((sizing, place): Panel => {
    const column = columns[place] ?? '';
    const at = (run: number, endpoint: string, x: number) => index(run, endpoint, x, sizing);
    return {
      title: [metric.title, told(sizing)].filter(Boolean).join(', '),
      unit: metric.unit,
      yScale: 'linear',
      heightPx: panelHeightPx(sizings.length),
      max: endOfAxis(metric),
      series: [
        ...seriesOfEndpoints(data, endpoints, xs, column, (run, endpoint, x) =>
          pointsOf(at(run, endpoint, x), metric.id),
        ),
        ...(metric.id === 'achieved' && hasTarget ? [target(xs, column)] : []),
      ],
    };
  });
  // The scale is that of what was measured: a limit alone makes no axis logarithmic.
  const scaled = panels.map((panel) => withScaleFor(metric, panels, panel));
  const { drawn, beyond } = limitsWithin(data, metric, scaled);
  return {
    title: `${metric.title} across ${across.name}`,
    note: [
      noteOnOthers(data, cells.length),
      noteOnHidden(endpoints),
      noteOnRepeats(cells),
      noteOnInvalid(cells),
      noteOnBeyond(beyond),
    ]
      .filter(Boolean)
      .join(' '),
    x: ofNumbers(across.title, xs, labelsOf(cells)),
    xs,
    panels: withOneScale(
      scaled.map((panel, place) => withLimits(panel, limitLines(drawn, xs, columns[place] ?? ''))),
    ),
    marks: [],
  };
}

function target(xs: readonly number[], column: string): Series {
  return reference('target', column, xs);
}

function noteOnOthers({ runs }: PageData, placed: number): string {
  const left = runs.reduce((sum, { cells }) => sum + cells.length, 0) - placed;
  if (left === 0) return '';
  const cells = left === 1 ? '1 cell whose load changes is' : `${left} cells whose loads change are`;
  return `${cells} left out here; the time series shows them.`;
}

function noteOnRepeats(cells: readonly PageCell[]): string {
  return cells.some(({ repeat }) => repeat > 1)
    ? 'Lines go through the median of the repeats; each repeat is a dot.'
    : '';
}
