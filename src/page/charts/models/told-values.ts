import type { ChartModel, Panel, Series } from './chart-model.js';

/** Decimals of milliseconds: what is measured. */
const MICROSECONDS = 3;

/** Three significant digits at least, within what is measured; what is not known is a dash. */
export function toldValue(value: number | null, unit: string, isLowerBound = false): string {
  if (value === null) return '–';
  const decimals = Math.min(decimalsOf(value), unit === 'ms' ? MICROSECONDS : 6);
  const digits = isLowerBound || unit === '%' ? digitsDown(value, decimals) : value.toFixed(decimals);
  const withUnit = /^\p{L}|^%/u.test(unit) ? `${digits} ${unit}` : `${digits}${unit}`;
  return isLowerBound ? `≥ ${withUnit}` : withUnit;
}

/** Bounds must not rise, and 99.99 % is not 100 %. */
function digitsDown(value: number, decimals: number): string {
  const near = value.toFixed(decimals);
  return Number(near) <= value ? near : (Number(near) - 10 ** -decimals).toFixed(decimals);
}

function decimalsOf(value: number): number {
  const size = Math.abs(value);
  if (size === 0) return 0;
  if (size >= 99.995 && size < 100) return 2;
  if (size >= 100) return Number.isInteger(value) || size >= 1000 ? 0 : 1;
  if (size >= 10) return Number.isInteger(value) ? 0 : 2;
  return size >= 1 ? 2 : Math.min(6, 2 - Math.floor(Math.log10(size)));
}

/** A number beside an axis: `0.5`, `20`, `1.5k`, `2M`. */
export function tickLabel(value: number): string {
  const size = Math.abs(value);
  if (size >= 1e6) return `${short(value / 1e6)}M`;
  if (size >= 10_000) return `${short(value / 1e3)}k`;
  return short(value);
}

function short(value: number): string {
  return String(Number(value.toPrecision(4)));
}

/** The value of a series at a position of the x axis. */
export function toldAt({ values, bounds, invalid, told }: Series, { unit }: Panel, at: number): string {
  const value = told?.[at] ?? toldValue(values[at] ?? null, unit, bounds[at] === true);
  return invalid?.[at] === true ? `${value} INVALID` : value;
}

interface Extreme {
  readonly name: string;
  readonly at: number;
  readonly value: number;
  readonly text: string;
}

/** What is seen, for those who do not see it: the axes, how many lines, the highest and the lowest value. */
export function describeChart(model: ChartModel): string {
  return model.panels.map((panel) => describePanel(model, panel)).join(' ');
}

function describePanel({ x, xs }: ChartModel, panel: Panel): string {
  const measured = panel.series.filter(({ style }) => style.color !== null);
  const title = panel.unit === '' ? panel.title : `${panel.title} in ${panel.unit}`;
  const axes = `${title} against ${x.title}, ${measured.length} ${measured.length === 1 ? 'line' : 'lines'}.`;
  const extremes = measured.flatMap((series) => extremesOf(series, panel));
  const [highest] = [...extremes].sort((a, b) => b.value - a.value);
  const [lowest] = [...extremes].sort((a, b) => a.value - b.value);
  if (!highest || !lowest) return `${axes} No value is known.`;
  const said = ({ name, at, text }: Extreme): string => `${name}, ${text} at ${x.told(xs[at] ?? 0)}`;
  const limits = panel.series.filter(({ style }) => style.isAcross === true).map(({ key }) => key);
  const limited = limits.length === 0 ? '' : ` Limits: ${limits.join(', ')}.`;
  return `${axes} Highest: ${said(highest)}. Lowest: ${said(lowest)}.${limited}`;
}

function extremesOf(series: Series, panel: Panel): Extreme[] {
  const { key, column, values } = series;
  const name = column === '' ? key : `${key} (${column})`;
  let [high, low] = [-1, -1];
  values.forEach((value, at) => {
    if (value === null) return;
    if (high === -1 || value > (values[high] ?? 0)) high = at;
    if (low === -1 || value < (values[low] ?? 0)) low = at;
  });
  if (high === -1) return [];
  return [...new Set([high, low])].map((at) => ({
    name,
    at,
    value: values[at] ?? 0,
    text: toldAt(series, panel, at),
  }));
}
