import type { PageData, PageMetric } from '../../../model/report/page-data.js';
import { sizingsOf, tellingSizings, type Sizing } from '../../../model/results/sizing.js';
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
import { endOfAxis, panelHeightPx, withOneScale, withScaleFor } from './panel-scales.js';
import { medianOf, pointsOf, type Point } from './repeats.js';

/** How often over the achieved rate is that of the fewest workers. */
export const SPEED_UP: PageMetric = { id: 'speed-up', title: 'Speed-up', unit: '×', scale: 'linear' };

/** A metric across numbers of workers under one load, a panel for each resource case; `null` when there is but one number of them. */
export function workersChart(data: PageData, metric: PageMetric, x: number): ChartModel | null {
  const cells = placedCells(data).filter(({ place }) => place.x === x);
  const limits = sizingsOf(cells.map((cell) => ({ workers: 1, case: cell.case })));
  const xs = ascending(cells.map(({ workers }) => workers));
  const [fewest] = xs;
  if (fewest === undefined || xs.length === 1) return null;
  const endpoints = endpointsOf(data);
  const index = indexOf(data);
  const isSpeedUp = metric.id === SPEED_UP.id;
  const points =
    (limit: Sizing) =>
    (run: number, endpoint: string, workers: number): Point[] => {
      const known = index(run, endpoint, x, { ...limit, workers });
      if (!isSpeedUp) return pointsOf(known, metric.id);
      const ofFewest = index(run, endpoint, x, { ...limit, workers: fewest });
      const base = medianOf(pointsOf(ofFewest, 'achieved'))?.value ?? 0;
      if (base === 0) return [];
      return pointsOf(known, 'achieved').map((point) => ({ ...point, value: point.value / base }));
    };
  const told = tellingSizings(limits);
  const panels = limits.map((limit): Panel => {
    const name = told(limit);
    const ideal = (): readonly number[] => xs.map((workers) => workers / fewest);
    return {
      title: [metric.title, name].filter(Boolean).join(', '),
      unit: metric.unit,
      yScale: 'linear',
      heightPx: panelHeightPx(limits.length),
      max: endOfAxis(metric),
      series: [
        ...seriesOfEndpoints(data, endpoints, xs, name, points(limit)),
        ...(isSpeedUp ? [reference('ideal', name, ideal())] : []),
      ],
    };
  });
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
    panels: withOneScale(panels.map((panel) => withScaleFor(metric, panels, panel))),
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
