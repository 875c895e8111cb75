import type uPlot from 'uplot';
import { addArrow, addCross, addMarker } from './draw-marker.js';
import { heatColor, heatShare } from './models/heat-colors.js';
import { pairsOf } from './models/heat-chart.js';
import type { ChartModel, HeatLayer, Panel, Series } from './models/chart-model.js';
import { isDark, seriesColor, themeColor } from './theme.js';

const MARKER_PX = 4;
const DOT_PX = 2.5;
const LIMIT_DASH = [7, 5];

/** What uPlot does not draw: markers, lower bounds, single repeats, and lines that mean something. */
export function paintPanel(
  plot: uPlot,
  model: ChartModel,
  panel: Panel,
  isHidden: (key: string) => boolean,
): void {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.beginPath();
  // Markers at the very edge are shown whole.
  const margin = 6 * devicePixelRatio;
  ctx.rect(bbox.left - margin, bbox.top - margin, bbox.width + 2 * margin, bbox.height + 2 * margin);
  ctx.clip();
  paintMarks(plot, model);
  if (!panel.heat) {
    for (const series of panel.series) if (!isHidden(series.key)) paintSeries(plot, model.xs, series);
  }
  ctx.restore();
}

export function paintHeat(plot: uPlot, { heat, highest }: HeatLayer): void {
  const { ctx, bbox } = plot;
  const { edgesMs, columns, secondsPerColumn } = heat;
  const dark = isDark();
  const at = (value: number, scale: 'x' | 'y'): number => plot.valToPos(value, scale, true);
  const rows = edgesMs.map((edge) => Math.round(at(edge, 'y')));
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  columns.forEach((column, index) => {
    const left = Math.round(at(index * secondsPerColumn, 'x'));
    const right = Math.round(at((index + 1) * secondsPerColumn, 'x'));
    for (const { row, count } of pairsOf(column)) {
      const [bottom, top] = [rows[row] ?? 0, rows[row + 1] ?? 0];
      ctx.fillStyle = heatStyle(heatShare(count, highest), dark);
      ctx.fillRect(left, top, Math.max(1, right - left), Math.max(1, bottom - top));
    }
  });
  ctx.restore();
}

/** The repeats of which a line is the median: thin, and below everything else. */
export function paintBehind(
  plot: uPlot,
  xs: readonly number[],
  { series }: Panel,
  isHidden: (key: string) => boolean,
): void {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  ctx.globalAlpha = 0.3;
  ctx.lineWidth = devicePixelRatio;
  for (const { key, style, behind = [] } of series) {
    if (isHidden(key)) continue;
    ctx.strokeStyle = seriesColor(style);
    for (const values of behind) strokeLine(plot, xs, values);
  }
  ctx.restore();
}

/** Interrupted where a value is not known. */
function strokeLine(plot: uPlot, xs: readonly number[], values: readonly (number | null)[]): void {
  const { ctx } = plot;
  ctx.beginPath();
  let isDrawing = false;
  values.forEach((value, at) => {
    const y = value === null ? NaN : plot.valToPos(value, 'y', true);
    if (!Number.isFinite(y)) {
      isDrawing = false;
      return;
    }
    const x = plot.valToPos(xs[at] ?? 0, 'x', true);
    if (isDrawing) ctx.lineTo(x, y);
    else ctx.moveTo(x, y);
    isDrawing = true;
  });
  ctx.stroke();
}

/** Few answers are near the paper's colour, many far from it, in light and dark. */
export function heatStyle(share: number, dark: boolean): string {
  const seen = 0.08 + 0.92 * share;
  return `rgb(${heatColor(dark ? seen : 1 - seen).join(' ')})`;
}

function paintMarks(plot: uPlot, { marks }: ChartModel): void {
  const { ctx, bbox } = plot;
  ctx.beginPath();
  ctx.strokeStyle = themeColor('ink-soft');
  ctx.lineWidth = devicePixelRatio;
  ctx.setLineDash([2 * devicePixelRatio, 3 * devicePixelRatio]);
  for (const { value } of marks) {
    const x = Math.round(plot.valToPos(value, 'x', true));
    if (x < bbox.left || x > bbox.left + bbox.width) continue;
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
  }
  ctx.stroke();
  ctx.setLineDash([]);
}

function paintSeries(plot: uPlot, xs: readonly number[], series: Series): void {
  const { ctx } = plot;
  const color = seriesColor(series.style);
  ctx.strokeStyle = color;
  ctx.fillStyle = color;
  if (series.style.isAcross === true) paintAcross(plot, series);
  paintDots(plot, series);
  ctx.lineWidth = 1.5 * devicePixelRatio;
  series.values.forEach((value, at) => {
    const isLowerBound = series.bounds[at] === true;
    if (value === null || !isMarked(series, at)) return;
    const [x, y] = [plot.valToPos(xs[at] ?? 0, 'x', true), plot.valToPos(value, 'y', true)];
    const radius = (series.style.hasMarkers ? MARKER_PX : DOT_PX) * devicePixelRatio;
    ctx.beginPath();
    addMarker(ctx, series.style.hasMarkers ? (series.style.color ?? 0) : 0, { x, y, radius });
    const isInvalid = series.invalid?.[at] === true;
    if (isLowerBound || isInvalid) ctx.fillStyle = themeColor('paper');
    ctx.fill();
    ctx.fillStyle = color;
    if (isLowerBound) addArrow(ctx, x, y, radius);
    if (isInvalid) addCross(ctx, x, y, radius * 0.8);
    ctx.stroke();
  });
}

/** uPlot would end the line at the last measurement, and where there is but one draw none. */
function paintAcross(plot: uPlot, { values }: Series): void {
  const { ctx, bbox } = plot;
  const y = Math.round(plot.valToPos(values[0] ?? 0, 'y', true));
  if (y < bbox.top || y > bbox.top + bbox.height) return;
  ctx.lineWidth = 1.25 * devicePixelRatio;
  ctx.setLineDash(LIMIT_DASH.map((px) => px * devicePixelRatio));
  ctx.beginPath();
  ctx.moveTo(bbox.left, y);
  ctx.lineTo(bbox.left + bbox.width, y);
  ctx.stroke();
  ctx.setLineDash([]);
}

/** Lines with markers have one at each value; others where a value stands alone, which no line would show. */
function isMarked({ style, values, bounds }: Series, at: number): boolean {
  if (style.color === null || style.isHistogram === true) return false;
  if (style.hasMarkers) return true;
  const isAlone = (values[at - 1] ?? null) === null && (values[at + 1] ?? null) === null;
  // Of a line of bounds its end says so.
  return isAlone || (bounds[at] === true && (values[at + 1] ?? null) === null);
}

function paintDots(plot: uPlot, { dots }: Series): void {
  const { ctx } = plot;
  const radius = DOT_PX * devicePixelRatio;
  ctx.globalAlpha = 0.55;
  ctx.lineWidth = devicePixelRatio;
  for (const { x, value, isLowerBound } of dots) {
    ctx.beginPath();
    ctx.arc(plot.valToPos(x, 'x', true), plot.valToPos(value, 'y', true), radius, 0, 2 * Math.PI);
    if (isLowerBound) ctx.stroke();
    else ctx.fill();
  }
  ctx.globalAlpha = 1;
}
