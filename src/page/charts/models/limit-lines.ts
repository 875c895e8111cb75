import type { PageData, PageLimit, PageMetric } from '../../../model/report/page-data.js';
import type { Panel, Series } from './chart-model.js';
import { endpointsOf } from './endpoints.js';
import { valuesOf } from './panel-scales.js';

/** On a linear axis that ends so many times higher than the highest value, lines lie at the bottom. */
const MOST_STRETCH = 4;
const MOST_LOG_STRETCH = 10;

/** The limits of a metric that its chart has room for, and those that would squash what was measured. */
export function limitsWithin(
  { limits }: PageData,
  { id }: PageMetric,
  panels: readonly Panel[],
): { drawn: readonly PageLimit[]; beyond: readonly PageLimit[] } {
  const own = limits.filter(({ metric }) => metric === id);
  const values = panels.flatMap(valuesOf);
  const isLog = panels.some(({ yScale }) => yScale === 'log');
  const max = values.reduce((most, value) => Math.max(most, value), 0);
  const min = values.reduce((least, value) => Math.min(least, value), Infinity);
  const hasRoom = ({ value }: PageLimit): boolean =>
    isLog
      ? value >= min / MOST_LOG_STRETCH && value <= max * MOST_LOG_STRETCH
      : value <= (panels.some((panel) => panel.max === 100) ? 100 : max * MOST_STRETCH);
  return { drawn: own.filter(hasRoom), beyond: own.filter((limit) => !hasRoom(limit)) };
}

/** A line for each limit, in the column of its panel. */
export function limitLines(limits: readonly PageLimit[], xs: readonly number[], column: string): Series[] {
  return limits.map(({ text, value }) => ({
    key: text,
    column,
    style: { color: null, line: 'dashed', hasMarkers: false, isAcross: true },
    values: xs.map(() => value),
    bounds: [],
    dots: [],
  }));
}

/** The panel with these lines, on an axis that holds them. */
export function withLimits(panel: Panel, lines: readonly Series[]): Panel {
  const series = [...panel.series, ...lines];
  if (panel.min === undefined) return { ...panel, series };
  const values = lines.flatMap((line) => line.values.filter((value) => value !== null));
  return { ...panel, series, min: Math.min(panel.min, ...values) };
}

/** What charts say of limits that they do not show; empty when they show all. */
export function noteOnBeyond(beyond: readonly PageLimit[]): string {
  return beyond.length === 0 ? '' : `Beyond the axis: ${beyond.map(({ text }) => text).join(', ')}.`;
}

/** The limits of endpoints none of which is drawn at first. */
export function limitsHiddenAtFirst(data: PageData): string[] {
  const shown = new Set(endpointsOf(data).flatMap(({ name, isShown }) => (isShown ? [name] : [])));
  return data.limits.flatMap(({ text, endpoints }) =>
    endpoints === null || endpoints.some((name) => shown.has(name)) ? [] : [text],
  );
}
