import type { PageSeries } from '../../model/report/page-data.js';
import type { CellRecord } from '../../model/results/cell-record.js';
import { chartedGauges } from '../gauge-words.js';
import { shownName } from '../shown-text.js';
import { rounded } from './round-figures.js';

/** What a screen can tell apart, and ten minutes second by second. */
const MOST_POINTS = 600;

type Second = CellRecord['series'][number];

/** The seconds of a cell as columns; what a point of several seconds stands for is said at `PageSeries`. */
export function pageSeries(cell: CellRecord): PageSeries {
  const { series, window } = cell;
  const secondsPerPoint = Math.max(1, Math.ceil(series.length / MOST_POINTS));
  const points = inGroups(series, secondsPerPoint);
  const column = <T>(value: (seconds: readonly Second[]) => T): T[] => points.map(value);
  return {
    secondsPerPoint,
    endSecond: (series.at(-1)?.second ?? -1) + 1,
    second: column(([first]) => first?.second ?? 0),
    sent: column((seconds) => total(seconds.map(({ sent }) => sent))),
    succeeded: column((seconds) => total(seconds.map(({ succeeded }) => succeeded))),
    failed: column((seconds) => total(seconds.map(({ failed }) => failed))),
    p50Ms: column((seconds) => highest(seconds.map(({ p50Ms }) => p50Ms))),
    p99Ms: column((seconds) => highest(seconds.map(({ p99Ms }) => p99Ms))),
    inFlight: column((seconds) => Math.max(...seconds.map(({ inFlight }) => inFlight))),
    gauges: chartedGauges(cell).map(({ id, title, unit }) => {
      const together = unit.symbol === '%' ? mean : highest;
      const shown = ({ gauges }: Second): number | null => {
        const value = gauges[id] ?? null;
        return value === null ? null : unit.shown(value);
      };
      return {
        ...{ id, title: shownName(title), unit: shownName(unit.symbol) },
        values: column((seconds) => together(seconds.map(shown))),
      };
    }),
    windowSeconds: window.durationMs / 1000,
  };
}

/** Neighbours together, so many at a time; the last group holds what is left. */
export function inGroups<T>(items: readonly T[], size: number): (readonly T[])[] {
  const count = Math.ceil(items.length / size);
  return Array.from({ length: count }, (_, group) => items.slice(group * size, (group + 1) * size));
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

function highest(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : rounded(Math.max(...known));
}

function mean(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : rounded(total(known) / known.length);
}
