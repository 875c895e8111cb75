import { subjectKey } from '../model/results/subject.js';
import { formatFigure, plural } from '../kernel/format.js';
import { grouped } from '../kernel/grouped.js';
import type { Figure, FigureDefinition } from '../model/figures/figure.js';
import { figuresIn } from '../model/figures/index.js';
import { latencyFigure, type LatencyName } from '../model/figures/latency-figures.js';
import type { VerdictState } from '../model/results/verdict.js';
import { keepsUpTogether } from '../model/results/keeps-up.js';
import { isClosedLoop, type Load, loadTarget, loadTitle } from '../model/loads/index.js';
import { medianFigure } from '../model/report/median-figure.js';
import type { CellRecord } from '../model/results/cell-record.js';
import type { LatencyFigures } from '../model/results/operation-record.js';
import { shownName, shownText } from './shown-text.js';

/** How good a figure is; renderers turn it into colour. */
type Tone = 'plain' | 'good' | 'warning' | 'bad';

export interface TableCell {
  readonly text: string;
  readonly tone: Tone;
}

/** One table: all endpoints and loads on one worker count; the loads of an endpoint stand together. */
export interface ResultTable {
  readonly title: string;
  readonly rows: readonly (readonly TableCell[])[];
}

interface Column {
  /** Two lines, the unit in the second. */
  readonly heading: readonly [name: string, unit: string];
  /** A narrow terminal does without it, the lowest first; left out = never. */
  readonly leaves?: number;
}

const FIGURE_COLUMNS = figuresIn('table', ([place]) => place);
/** Among those of the figures: without it, they are still read. */
const TARGET_LEAVES = 6;

export const COLUMNS: readonly Column[] = [
  { heading: ['Endpoint', ''] },
  { heading: ['Target', 'req/s'], leaves: TARGET_LEAVES },
  ...FIGURE_COLUMNS.map(({ table: [, name, unit, leaves] }): Column => ({
    heading: [name, unit],
    ...(leaves === undefined ? {} : { leaves }),
  })),
  { heading: ['Verdict', ''] },
];

/** Cells in tables, in the order in which they were measured; of repeats the median, and below it their spread. */
export function resultTables(cells: readonly CellRecord[]): ResultTable[] {
  return [...grouped(cells, ({ workers }) => workers).values()].map((members) => {
    const endpoints = grouped(members, ({ subject }) => subject.id);
    return {
      title: titleOfTable(members),
      rows: [...endpoints.values()].flatMap((own) =>
        [...grouped(own, ({ subject, load }) => cellKey(subject, load)).values()].flatMap(rowsOf),
      ),
    };
  });
}

function cellKey(subject: CellRecord['subject'], load: CellRecord['load']): string {
  return JSON.stringify([subjectKey(subject), loadTitle(load)]);
}

/** `1000, 2000 requests/s · 1 worker · medians of 3 repeats, ± half of their range`. */
function titleOfTable(cells: readonly CellRecord[]): string {
  const repeats = new Set(cells.map(({ repeat }) => repeat)).size;
  return [
    loadsWords([...new Map(cells.map(({ load }) => [loadTitle(load), load])).values()]),
    plural(cells[0]?.workers ?? 0, 'worker'),
    ...(repeats > 1 ? [`medians of ${repeats} repeats, ± half of their range`] : []),
  ].join(' · ');
}

const MOST_RATES = 6;

function loadsWords(loads: readonly Load[]): string {
  const [first, ...others] = loads;
  if (first === undefined) return '';
  if (others.length === 0) return loadTitle(first);
  const rates = loads.map(loadTarget);
  const named = rates.length > MOST_RATES ? [rates[0], '…', rates.at(-1)] : rates;
  return loadTitle(first).replace(/^[\d.]+/, named.join(', '));
}

/** What to do about the reasons of some cells: each remedy once, those of one reason together. */
export function remediesFor(cells: readonly CellRecord[]): { id: string; remedy: string }[] {
  const remedies = new Map<string, Set<string>>();
  for (const { id, remedy } of cells.flatMap(({ verdict }) => verdict.reasons)) {
    if (remedy !== undefined) remedies.set(id, (remedies.get(id) ?? new Set()).add(shownText(remedy)));
  }
  return [...remedies].flatMap(([id, known]) => [...known].map((remedy) => ({ id, remedy })));
}

/** Of all cells that differ in their endpoints only: `1000 requests/s · 1 worker · repeat 2`. */
export function titleOf({ load, workers, repeat }: CellRecord, isRepeated: boolean): string {
  const parts = [loadTitle(load), plural(workers, 'worker')];
  return [...parts, ...(isRepeated ? [`repeat ${repeat}`] : [])].join(' · ');
}

const GOOD_SUCCESS = 0.999;
const POOR_SUCCESS = 0.95;

function rowsOf(repeats: readonly CellRecord[]): TableCell[][] {
  const [first, ...others] = repeats;
  if (first === undefined) return [];
  return others.length === 0 ? [rowOf(first, repeats)] : [rowOf(first, repeats), spreadOf(first, repeats)];
}

/** The medians of the repeats of a cell. */
function rowOf(first: CellRecord, repeats: readonly CellRecord[]): TableCell[] {
  const verdict = worstOf(repeats.map((cell) => cell.verdict.state));
  return [
    plain(shownName(first.subject.id)),
    plain(loadTarget(first.load)),
    ...FIGURE_COLUMNS.map((figure) => figureCell(figure, repeats)),
    { text: verdict, tone: VERDICT_TONE[verdict] },
  ];
}

/** How far the repeats of a cell are from one another, in per cent of their middle. */
function spreadOf(first: CellRecord, repeats: readonly CellRecord[]): TableCell[] {
  return [
    plain(shownName(first.subject.id)),
    plain('±'),
    ...FIGURE_COLUMNS.map(({ storedOf }) => plain(spreadText(repeats.map(storedOf)))),
    plain(''),
  ];
}

/** A figure of a cell, or the median of its repeats, in all that must be known to read it. */
export function figureCell(figure: FigureDefinition, repeats: readonly CellRecord[]): TableCell {
  const median = medianFigure(repeats.map((cell) => figure.storedOf(cell)));
  if (median === null) return plain(NOT_KNOWN);
  const { value, isLowerBound } = median;
  const { leastPlanned = 0 } = figure;
  const isUnsure = repeats.some(({ counts }) => counts.planned < leastPlanned);
  return {
    text: `${isUnsure ? '~' : ''}${isLowerBound ? '≥' : ''}${figure.unit.format(value)}`,
    tone: isLowerBound ? 'warning' : toneOf(figure, value, repeats),
  };
}

function toneOf({ judged }: FigureDefinition, value: number, repeats: readonly CellRecord[]): Tone {
  // A warning also where it is not known whether the target keeps up.
  if (judged === 'keeps-up' && repeats.some(({ load }) => !isClosedLoop(load)))
    return keepsUpTogether(repeats) === true ? 'plain' : 'warning';
  return judged === 'success' ? successTone(value) : 'plain';
}

/** Not known where a repeat is not, or is only a lower bound. */
function spreadText(figures: readonly (Figure | null)[]): string {
  const values = figures.flatMap((figure) => (figure === null || figure.isLowerBound ? [] : figure.value));
  const [lowest, highest] = [Math.min(...values), Math.max(...values)];
  if (values.length < figures.length) return NOT_KNOWN;
  if (highest === lowest) return '0%';
  const inPercent = (100 * (highest - lowest)) / (highest + lowest);
  return `${inPercent < 1 ? '<1' : inPercent.toFixed(0)}%`;
}

export const NOT_KNOWN = '–';

const VERDICT_TONE: Readonly<Record<VerdictState, Tone>> = {
  VALID: 'good',
  SUSPECT: 'warning',
  INVALID: 'bad',
};

const WORST_FIRST: readonly VerdictState[] = ['INVALID', 'SUSPECT', 'VALID'];

function worstOf(states: readonly VerdictState[]): VerdictState {
  return WORST_FIRST.find((state) => states.includes(state)) ?? 'VALID';
}

function plain(text: string): TableCell {
  return { text, tone: 'plain' };
}

export function figureOf(value: number | null): string {
  return value === null ? NOT_KNOWN : formatFigure(value);
}

export function latencyCell(figures: LatencyFigures, name: LatencyName): TableCell {
  return latencyText(latencyFigure(figures, name));
}

function latencyText(figure: Figure | null): TableCell {
  if (figure === null) return plain(NOT_KNOWN);
  const { value, isLowerBound } = figure;
  return {
    text: `${isLowerBound ? '≥' : ''}${formatFigure(value)}`,
    tone: isLowerBound ? 'warning' : 'plain',
  };
}

function successTone(rate: number): Tone {
  if (rate >= GOOD_SUCCESS) return 'good';
  return rate >= POOR_SUCCESS ? 'warning' : 'bad';
}
