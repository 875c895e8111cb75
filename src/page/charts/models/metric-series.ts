import type { PageCell, PageData } from '../../../model/report/page-data.js';
import { sizingKey, sizingWords, type Sizing } from '../../../model/results/sizing.js';
import type { Dot, LineStyle, Series, XAxis } from './chart-model.js';
import type { Endpoint } from './endpoints.js';
import { medianOf, type Point } from './repeats.js';

export type PlacedCell = PageCell & { readonly place: NonNullable<PageCell['place']> };

/** Those whose loads do not change. */
export function placedCells({ runs }: PageData): PlacedCell[] {
  return runs.flatMap(({ cells }) => cells.filter((cell): cell is PlacedCell => cell.place !== null));
}

/** What loads are called, by their places. */
export function labelsOf(cells: readonly PlacedCell[]): (x: number) => string {
  const labels = new Map(cells.map(({ place: { x, label } }) => [x, label]));
  return (x) => labels.get(x) ?? String(x);
}

/** Finds the repeats of a cell. */
export function indexOf({
  runs,
}: PageData): (run: number, endpoint: string, x: number, sizing: Sizing) => readonly PageCell[] {
  const found = new Map<string, PageCell[]>();
  const keyOf = (...parts: readonly (string | number | null)[]): string => parts.join('\n');
  runs.forEach(({ cells }, run) => {
    for (const cell of cells) {
      const key = keyOf(run, cell.endpoint, cell.place?.x ?? null, sizingKey(cell));
      const known = found.get(key);
      if (known) known.push(cell);
      else found.set(key, [cell]);
    }
  });
  return (run, endpoint, x, sizing) => found.get(keyOf(run, endpoint, x, sizingKey(sizing))) ?? [];
}

export function seriesOfEndpoints(
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

export function reference(key: string, column: string, values: readonly number[]): Series {
  return {
    key,
    column,
    style: { color: null, line: 'dashed', hasMarkers: false },
    values,
    bounds: [],
    dots: [],
  };
}

export function ascending(values: readonly number[]): number[] {
  return [...new Set(values)].sort((a, b) => a - b);
}

export function ofNumbers(title: string, xs: readonly number[], told: (value: number) => string): XAxis {
  const [first, last] = [xs[0] ?? 0, xs.at(-1) ?? 1];
  // Markers need room at both ends; a single value stands in the middle.
  const room = first === last ? Math.max(1, first / 2) : (last - first) * 0.06;
  const ticks = xs.map((value) => ({ value, label: String(value) }));
  return { title, isLog: false, ticks, told, range: [first - room, last + room] };
}

export function noteOnInvalid(cells: readonly PageCell[]): string {
  const isAny = cells.some(({ verdict }) => verdict === 'INVALID');
  return isAny ? 'Crossed marks are INVALID: there the generator was the limit, not the target.' : '';
}

export function countOf(workers: number): string {
  return sizingWords({ workers });
}
