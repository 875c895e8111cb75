import type { PageMetric } from '../../../model/report/page-data.js';
import type { Panel } from './chart-model.js';

const ONE_PANEL_PX = 320;
const LEAST_PANEL_PX = 150;
const ALL_PANELS_PX = 600;

/** Of each of some panels over one another. */
export function panelHeightPx(panels: number): number {
  return panels === 1 ? ONE_PANEL_PX : Math.max(LEAST_PANEL_PX, Math.floor(ALL_PANELS_PX / panels));
}

/** Where the axis ends whatever is drawn. */
export function endOfAxis({ scale }: PageMetric): number | null {
  return scale === 'share' ? 100 : null;
}

/** Latencies that differ more than this are told apart on a logarithmic axis alone. */
const WIDEST_LINEAR = 10;

/** All panels of a metric have the same scale, so that they are compared by height. */
export function withScaleFor({ scale }: PageMetric, all: readonly Panel[], panel: Panel): Panel {
  const values = all.flatMap(valuesOf);
  const min = values.reduce((least, value) => Math.min(least, value), Infinity);
  const max = values.reduce((most, value) => Math.max(most, value), 0);
  // There is no place for 0 on a logarithmic axis.
  const isLog = scale === 'log' && min > 0 && max > WIDEST_LINEAR * min;
  return isLog ? { ...panel, yScale: 'log', min } : panel;
}

export function valuesOf({ series }: Panel): number[] {
  return series
    .flatMap(({ values, dots, behind = [] }) => [...values, ...dots.map(({ value }) => value), ...behind.flat()])
    .filter((value) => value !== null);
}

/** Panels that show the same are compared by height, so they end at the same value. */
export function withOneScale(panels: readonly Panel[]): readonly Panel[] {
  if (panels.length === 1) return panels;
  const max = panels.flatMap(valuesOf).reduce((most, value) => Math.max(most, value), 0);
  return panels.map((panel) => ({ ...panel, max: panel.max ?? (max === 0 ? null : max) }));
}
