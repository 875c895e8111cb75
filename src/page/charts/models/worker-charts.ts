import type { PageData, PageMetric } from '../../../model/report/page-data.js';
import type { ChartModel, Panel } from './chart-model.js';
import { endpointsOf, noteOnHidden } from './endpoints.js';
import {
  ascending,
  countOf,
  indexOf,
  labelsOf,
  noteOnInvalid,
  ofNumbers,
  placedCells,
  reference,
  seriesOfEndpoints,
} from './metric-series.js';
import { endOfAxis, panelHeightPx, withScaleFor } from './panel-scales.js';
import { medianOf, pointsOf, type Point } from './repeats.js';

/** How often over the achieved rate is that of the fewest workers. */
export const SPEED_UP: PageMetric = { id: 'speed-up', title: 'Speed-up', unit: '×', scale: 'linear' };

/** A metric across numbers of workers under one load; `null` when there is but one number of them. */
export function workersChart(data: PageData, metric: PageMetric, x: number): ChartModel | null {
  const cells = placedCells(data).filter(({ place }) => place.x === x);
  const xs = ascending(cells.map(({ workers }) => workers));
  const [fewest] = xs;
  if (fewest === undefined || xs.length === 1) return null;
  const endpoints = endpointsOf(data);
  const index = indexOf(data);
  const points = (run: number, endpoint: string, workers: number): Point[] => {
    const known = index(run, endpoint, x, workers);
    if (metric.id !== SPEED_UP.id) return pointsOf(known, metric.id);
    const base = medianOf(pointsOf(index(run, endpoint, x, fewest), 'achieved'))?.value ?? 0;
    if (base === 0) return [];
    return pointsOf(known, 'achieved').map((point) => ({ ...point, value: point.value / base }));
  };
  const isSpeedUp = metric.id === SPEED_UP.id;
  const panel: Panel = {
    title: metric.title,
    unit: metric.unit,
    yScale: 'linear',
    heightPx: panelHeightPx(1),
    max: endOfAxis(metric),
    series: [
      ...seriesOfEndpoints(data, endpoints, xs, '', points),
      ...(isSpeedUp
        ? [
            reference(
              'ideal',
              '',
              xs.map((workers) => workers / fewest),
            ),
          ]
        : []),
    ],
  };
  return {
    title: `${metric.title} across workers at ${labelsOf(cells)(x)}`,
    note: [
      isSpeedUp
        ? `Achieved rate, as a multiple of that with ${countOf(fewest)}. It cannot exceed the target rate: what ${fewest === 1 ? 'one worker reaches' : 'the fewest reach'} already stays at 1.`
        : '',
      noteOnHidden(endpoints),
      noteOnInvalid(cells),
    ]
      .filter(Boolean)
      .join(' '),
    x: ofNumbers('workers', xs, (workers) => countOf(workers)),
    xs,
    panels: [withScaleFor(metric, [panel], panel)],
    marks: [],
  };
}

/** The loads under which several numbers of workers were measured, the heaviest first. */
export function loadsOfScaling(data: PageData): { x: number; label: string }[] {
  const cells = placedCells(data);
  const label = labelsOf(cells);
  const workersAt = (x: number) => cells.filter(({ place }) => place.x === x).map(({ workers }) => workers);
  return ascending(cells.map(({ place }) => place.x))
    .filter((x) => new Set(workersAt(x)).size > 1)
    .map((x) => ({ x, label: label(x) }))
    .reverse();
}
