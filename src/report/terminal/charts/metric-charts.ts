import { formatFigure, percent } from '../../../kernel/format.js';
import type { Figure, FigureDefinition } from '../../../model/figures/figure.js';
import { figuresOf } from '../../../model/figures/gauge-figures.js';
import { figureById, figuresIn } from '../../../model/figures/index.js';
import { LEAST_ANSWERED_SHARE } from '../../../model/results/verdict.js';
import type { ReportCell } from '../../../model/report/report.js';
import type { GridLoad } from '../../../model/report/grid-load.js';
import {
  achievedShare,
  hasTarget,
  keepsUp,
  medianOf,
  worstVerdict,
  type GridSubject,
} from '../../../model/report/load-grid.js';
import { figureText, type ChartStyle } from './chart-style.js';
import { toneOf, type BarChart, type BarValue } from './draw-bars.js';
import { linearScale } from './scale.js';

/** What of a run is charted: its telling endpoints, its loads. */
export interface Selection {
  readonly subjects: readonly GridSubject[];
  readonly loads: readonly GridLoad[];
}

/** Achieved against target: each bar inside the length of its target. As any other figure where there is none. */
export function achievedChart(selection: Selection, style: ChartStyle): ReturnType<typeof valueChart> {
  if (!hasTarget(selection.subjects.flatMap(({ byLoad }) => [...byLoad.values()].flat())))
    return valueChart(figureById('achieved'), selection, style);
  return {
    title: 'Achieved rate, req/s',
    explanation: 'a full bar is the target',
    hasTarget: true,
    loads: selection.loads,
    rows: rowsOf(selection, (cells) => achievedBar(cells, style)),
  };
}

function achievedBar(cells: readonly ReportCell[], style: ChartStyle): BarValue {
  const state = worstVerdict(cells);
  // What keeps up and succeeds within the tolerance fills its target; anything less must be seen to.
  const achieved = achievedShare(cells);
  const isFull = keepsUp(cells) === true && achieved >= LEAST_ANSWERED_SHARE;
  const share = isFull ? 1 : Math.min(achieved, 0.999);
  const text = figureText(medianOf(cells, figureById('achieved')), style, state);
  return { share, text, tone: state === 'INVALID' ? 'bad' : share < 1 ? 'warning' : 'plain' };
}

export function successChart(selection: Selection, style: ChartStyle): BarChart {
  const success = figureById('success');
  const subjects = selection.subjects.filter(({ byLoad }) => failsAtTimes([...byLoad.values()].flat()));
  const isPart = subjects.length < selection.subjects.length;
  return {
    title: 'Success, %',
    explanation: `a full bar is 100 %${isPart ? '; every other endpoint: 100 %' : ''}`,
    hasTarget: true,
    loads: selection.loads,
    rows: rowsOf({ ...selection, subjects }, (cells) => {
      const figure = medianOf(cells, success);
      const share = (figure?.value ?? 0) / 100;
      const text = figureText(figure, style, worstVerdict(cells), (value) => percent(value / 100));
      return { share, text, tone: share < POOR_SUCCESS ? 'bad' : share < 1 ? 'warning' : 'plain' };
    }),
  };
}

const POOR_SUCCESS = 0.95;

function failsAtTimes(cells: readonly ReportCell[]): boolean {
  return cells.some(({ record }) => record.successRate < 1);
}

/** What the target cost, and what further probes have read. */
export function costsOf(cells: readonly ReportCell[]): FigureDefinition[] {
  const figures = figuresOf(cells.map(({ record }) => record));
  const costs = figuresIn('charted', ([place]) => place, figures).filter(({ bars }) => bars !== undefined);
  // Of a further gauge that stood at nothing all the time there is nothing to draw.
  const isSeen = ({ gauge = 'target.', storedOf }: FigureDefinition): boolean =>
    gauge.startsWith('target.') || cells.some(({ record }) => (storedOf(record)?.value ?? 0) !== 0);
  return costs.filter(isSeen);
}

/**
 * A figure of which the whole length is the highest value. In a word where bars would all be the same;
 * `null` when nothing of it is known.
 */
export function valueChart(
  charted: FigureDefinition,
  selection: Selection,
  style: ChartStyle,
): BarChart | string | null {
  const values = valuesOf(selection, charted).map(({ value }) => value);
  if (values.length === 0) return null;
  const { title, unit, bars = '' } = charted;
  const scale = linearScale(values);
  const least = Math.min(...values);
  if (values.length > 1 && scale.high <= least * MUCH_THE_SAME)
    return `${title}: ${withUnit(rangeText(least, scale.high), unit.symbol, ' ')} everywhere.`;
  return {
    title: withUnit(title, unit.symbol, ', '),
    explanation: `${bars}linear, a full bar is ${withUnit(formatFigure(scale.high), unit.symbol, ' ')}`,
    hasTarget: false,
    loads: selection.loads,
    rows: rowsOf(selection, (cells) => {
      const figure = medianOf(cells, charted);
      const state = worstVerdict(cells);
      return {
        share: figure && scale.at(figure.value),
        text: figureText(figure, style, state),
        tone: toneOf(state),
      };
    }),
  };
}

function withUnit(text: string, symbol: string, between: string): string {
  return symbol === '' ? text : `${text}${between}${symbol}`;
}

function rangeText(least: number, most: number): string {
  const [low, high] = [formatFigure(least), formatFigure(most)];
  return low === high ? low : `${low} to ${high}`;
}

/** Bars that differ by less say nothing at this length. */
const MUCH_THE_SAME = 1.15;

function valuesOf({ subjects, loads }: Selection, charted: FigureDefinition): Figure[] {
  const cells = subjects.flatMap(({ byLoad }) => loads.map(({ key }) => byLoad.get(key) ?? []));
  return cells.map((repeats) => medianOf(repeats, charted)).filter((figure) => figure !== null);
}

function rowsOf(
  { subjects, loads }: Selection,
  barOf: (cells: readonly ReportCell[]) => BarValue,
): BarChart['rows'] {
  return subjects.map(({ id, byLoad }) => ({
    name: id,
    bars: loads.map(({ key }) => {
      const cells = byLoad.get(key);
      return cells ? barOf(cells) : null;
    }),
  }));
}
