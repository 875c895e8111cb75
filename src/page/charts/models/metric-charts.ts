import { CELL_METRICS } from '../../../model/cell-metrics.js';
import type { PageCell, PageData } from '../../../model/page-data.js';
import type { ChartModel, Dot, LineStyle, Panel, Series, XAxis } from './chart-model.js';
import { endpointsOf, noteOnHidden, type Endpoint } from './endpoints.js';
import { medianOf, pointsOf, type Point } from './repeats.js';

export interface Metric {
  readonly id: string;
  readonly title: string;
  readonly unit: string;
}

export const METRICS: readonly Metric[] = CELL_METRICS;

/** How often over the achieved rate is that of the fewest workers. */
export const SPEED_UP: Metric = { id: 'speed-up', title: 'Speed-up', unit: '×' };

const ONE_PANEL_PX = 320;
const LEAST_PANEL_PX = 150;
const ALL_PANELS_PX = 600;

/** A metric of all endpoints across rates, a panel for each number of workers; `null` without a steady rate. */
export function ratesChart(data: PageData, metric: Metric): ChartModel | null {
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
      max: metric.id === 'success' ? 100 : null,
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

/** A metric across numbers of workers at one rate; `null` when there is but one number of them. */
export function workersChart(data: PageData, metric: Metric, rate: number): ChartModel | null {
  const cells = steadyCells(data).filter(({ ratePerSecond }) => ratePerSecond === rate);
  const xs = ascending(cells.map(({ workers }) => workers));
  const [fewest] = xs;
  if (fewest === undefined || xs.length === 1) return null;
  const endpoints = endpointsOf(data);
  const index = indexOf(data);
  const points = (run: number, endpoint: string, workers: number): Point[] => {
    const known = index(run, endpoint, rate, workers);
    if (metric.id !== SPEED_UP.id) return pointsOf(known, metric.id);
    const base = medianOf(pointsOf(index(run, endpoint, rate, fewest), 'achieved'))?.value ?? 0;
    if (base === 0) return [];
    return pointsOf(known, 'achieved').map((point) => ({ ...point, value: point.value / base }));
  };
  const isSpeedUp = metric.id === SPEED_UP.id;
  const panel: Panel = {
    title: metric.title,
    unit: metric.unit,
    yScale: 'linear',
    heightPx: ONE_PANEL_PX,
    max: metric.id === 'success' ? 100 : null,
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
    title: `${metric.title} across workers at ${rate}/s`,
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

/** The rates at which several numbers of workers were measured, the highest first. */
export function ratesOfScaling(data: PageData): number[] {
  const cells = steadyCells(data);
  return ascending(cells.map(({ ratePerSecond }) => ratePerSecond))
    .filter(
      (rate) =>
        new Set(cells.filter((cell) => cell.ratePerSecond === rate).map(({ workers }) => workers)).size > 1,
    )
    .reverse();
}

type SteadyCell = PageCell & { readonly ratePerSecond: number };

function steadyCells({ runs }: PageData): SteadyCell[] {
  return runs.flatMap(({ cells }) => cells.filter((cell): cell is SteadyCell => cell.ratePerSecond !== null));
}

/** Finds the repeats of a cell. */
function indexOf({
  runs,
}: PageData): (run: number, endpoint: string, rate: number, workers: number) => readonly PageCell[] {
  const found = new Map<string, PageCell[]>();
  const keyOf = (...parts: readonly (string | number | null)[]): string => parts.join('\n');
  runs.forEach(({ cells }, run) => {
    for (const cell of cells) {
      const key = keyOf(run, cell.endpoint, cell.ratePerSecond, cell.workers);
      const known = found.get(key);
      if (known) known.push(cell);
      else found.set(key, [cell]);
    }
  });
  return (...parts) => found.get(keyOf(...parts)) ?? [];
}

function seriesOfEndpoints(
  { runs }: PageData,
  endpoints: readonly Endpoint[],
  xs: readonly number[],
  column: string,
  points: (run: number, endpoint: string, x: number) => readonly Point[],
): Series[] {
  return endpoints.flatMap(({ name, color }) =>
    runs.map(({ label }, run): Series => {
      const measured = xs.map((x) => points(run, name, x));
      const medians = measured.map(medianOf);
      return {
        key: name,
        column: [column, runs.length > 1 ? label : ''].filter(Boolean).join(' '),
        style: { color, line: lineOfRun(run), hasMarkers: true },
        values: medians.map((median) => median?.value ?? null),
        bounds: medians.map((median) => median?.isLowerBound ?? false),
        invalid: medians.map((median) => median?.isInvalid ?? false),
        dots: measured.flatMap((some, at): Dot[] =>
          some.length < 2
            ? []
            : some.map(({ value, isLowerBound }) => ({ x: xs[at] ?? 0, value, isLowerBound })),
        ),
      };
    }),
  );
}

/** Of a comparison the candidate is dashed. */
export function lineOfRun(run: number): LineStyle {
  return run === 0 ? 'solid' : 'dashed';
}

function target(xs: readonly number[], column: string): Series {
  return reference('target', column, xs);
}

function reference(key: string, column: string, values: readonly number[]): Series {
  return {
    key,
    column,
    style: { color: null, line: 'dashed', hasMarkers: false },
    values,
    bounds: [],
    dots: [],
  };
}

function ascending(values: readonly number[]): number[] {
  return [...new Set(values)].sort((a, b) => a - b);
}

function ofNumbers(title: string, xs: readonly number[], told: (value: number) => string): XAxis {
  const [first, last] = [xs[0] ?? 0, xs.at(-1) ?? 1];
  // Markers need room at both ends; a single value stands in the middle.
  const room = first === last ? Math.max(1, first / 2) : (last - first) * 0.06;
  const ticks = xs.map((value) => ({ value, label: String(value) }));
  return { title, isLog: false, ticks, told, range: [first - room, last + room] };
}

function panelHeightPx(panels: number): number {
  return panels === 1 ? ONE_PANEL_PX : Math.max(LEAST_PANEL_PX, Math.floor(ALL_PANELS_PX / panels));
}

/** Latencies that differ more than this are told apart on a logarithmic axis alone. */
const WIDEST_LINEAR = 10;

const LATENCIES: readonly string[] = ['p50', 'p95', 'p99'];

/** All panels of a metric have the same scale, so that they are compared by height. */
function withScaleFor({ id }: Metric, all: readonly Panel[], panel: Panel): Panel {
  const values = all.flatMap(valuesOf);
  const min = values.reduce((least, value) => Math.min(least, value), Infinity);
  const max = values.reduce((most, value) => Math.max(most, value), 0);
  // There is no place for 0 on a logarithmic axis.
  const isLog = LATENCIES.includes(id) && min > 0 && max > WIDEST_LINEAR * min;
  return isLog ? { ...panel, yScale: 'log', min } : panel;
}

function valuesOf({ series }: Panel): number[] {
  return series
    .flatMap(({ values, dots }) => [...values, ...dots.map(({ value }) => value)])
    .filter((value) => value !== null);
}

/** Panels that show the same are compared by height, so they end at the same value. */
function withOneScale(panels: readonly Panel[]): readonly Panel[] {
  if (panels.length === 1) return panels;
  const max = panels.flatMap(valuesOf).reduce((most, value) => Math.max(most, value), 0);
  return panels.map((panel) => ({ ...panel, max: panel.max ?? (max === 0 ? null : max) }));
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

function noteOnInvalid(cells: readonly PageCell[]): string {
  const isAny = cells.some(({ verdict }) => verdict === 'INVALID');
  return isAny ? 'Crossed marks are INVALID: there the generator was the limit, not the target.' : '';
}

function countOf(workers: number): string {
  return workers === 1 ? '1 worker' : `${workers} workers`;
}
