import { requestWords, subjectKey } from '../model/results/subject.js';
import { formatFigure } from '../kernel/format.js';
import { grouped } from '../kernel/grouped.js';
import type { Figure, FigureDefinition, FigureSource } from '../model/figures/figure.js';
import { AGGREGATED, operationsOf, tabulated } from '../model/figures/operation-figures.js';
import { figuresIn, type Shown } from '../model/figures/index.js';
import { latencyFigure, type LatencyName } from '../model/figures/latency-figures.js';
import type { VerdictState } from '../model/results/verdict.js';
import { keepsUpTogether } from '../model/results/keeps-up.js';
import { isClosedLoop, type Load, loadTarget, loadTitle } from '../model/loads/index.js';
import { medianFigure } from '../model/report/median-figure.js';
import type { CellRecord } from '../model/results/cell-record.js';
import type { LatencyFigures } from '../model/results/operation-record.js';
import { sizingKey } from '../model/results/sizing.js';
import { sizingText } from './sizing-words.js';
import { shownName, shownText } from './shown-text.js';

/** How good a figure is; renderers turn it into colour. */
export type Tone = 'plain' | 'good' | 'warning' | 'bad';

export interface TableCell {
  readonly text: string;
  readonly tone: Tone;
}

/** All endpoints and loads on one sizing of the target, the loads of an endpoint together; or the operations of a mixture under one load. */
export interface ResultTable {
  readonly title: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly TableCell[])[];
}

interface Column {
  /** Two lines, the unit in the second. */
  readonly heading: readonly [name: string, unit: string];
  /** A narrow terminal does without it, the lowest first; left out = never. */
  readonly leaves?: number;
  /** Left out: names in the first column, words in the last, figures between them. */
  readonly holds?: Content;
  /** Its heading is of foreign origin. */
  readonly isForeign?: true;
}

/** Figures stand at the right of their column, the others at the left; names may be of foreign origin. */
type Content = 'names' | 'words' | 'figures';

export function contentOf(columns: readonly Column[], at: number): Content {
  const byPlace = at === 0 ? 'names' : at === columns.length - 1 ? 'words' : 'figures';
  return columns[at]?.holds ?? byPlace;
}

type Figures = readonly Shown<'table'>[];

const ALL_FIGURES = figuresIn('table', ([place]) => place);
/** Among those of the figures: without it, they are still read. */
const TARGET_LEAVES = 6;

function columnsOf(name: string, figures: Figures, cells: readonly CellRecord[]): Column[] {
  // Where it is no rate, the text of each row has the unit.
  const isRate = cells.every(({ load }) => !isClosedLoop(load));
  return [
    { heading: [name, ''] },
    { heading: ['Target', isRate ? 'req/s' : ''], leaves: TARGET_LEAVES },
    ...figures.map(({ table: [, heading, unit, leaves] }): Column => ({
      heading: [heading, unit],
      ...(leaves === undefined ? {} : { leaves }),
    })),
    { heading: ['Verdict', ''] },
  ];
}

/** Cells in tables, in the order in which they were measured; of repeats the median, and below it their spread. */
export function resultTables(cells: readonly CellRecord[]): ResultTable[] {
  return [...grouped(cells, tableKey).values()].map((members) => {
    const figures = tabulated(ALL_FIGURES, members);
    const title = titleOfTable(members);
    const [first] = members;
    if (first !== undefined && isMixture(first))
      return {
        title,
        columns: columnsOf('Operation', figures, members),
        rows: mixtureRows(members, figures),
      };
    const endpoints = grouped(members, ({ subject }) => subject.id);
    return {
      title,
      columns: columnsOf('Endpoint', figures, members),
      rows: [...endpoints.values()].flatMap((own) =>
        [...grouped(own, ({ subject, load }) => cellKey(subject, load)).values()].flatMap((repeats) =>
          rowsOf(repeats, figures),
        ),
      ),
    };
  });
}

/** Each mixture has a table of its own under each load. */
function tableKey(cell: CellRecord): string {
  const { subject, load } = cell;
  return isMixture(cell) ? `${sizingKey(cell)} ${cellKey(subject, load)}` : sizingKey(cell);
}

function isMixture({ byOperation }: CellRecord): boolean {
  return byOperation !== undefined;
}

function cellKey(subject: CellRecord['subject'], load: CellRecord['load']): string {
  return JSON.stringify([subjectKey(subject), loadTitle(load)]);
}

/** `1000, 2000 requests/s · 1 worker · medians of 3 repeats, ± half of their range`. */
function titleOfTable(cells: readonly CellRecord[]): string {
  const [first] = cells;
  const repeats = new Set(cells.map(({ repeat }) => repeat)).size;
  return [
    ...(first && isMixture(first) ? [`Mixture of ${requestWords(first.subject)}`] : []),
    loadsWords([...new Map(cells.map(({ load }) => [loadTitle(load), load])).values()]),
    first === undefined ? '' : sizingText(first),
    ...(repeats > 1 ? [`medians of ${repeats} repeats, ± half of their range`] : []),
  ].join(' · ');
}

const MOST_RATES = 6;

/** `1000, 2000 requests/s`: what differs is listed, and what does not is written once. */
function loadsWords(loads: readonly Load[]): string {
  const titles = loads.map((load) => loadTitle(load).split(' '));
  const [first = [], ...others] = titles;
  if (others.length === 0) return first.join(' ');
  const shortest = Math.min(...titles.map(({ length }) => length));
  const isSame = (at: (words: string[]) => string | undefined): boolean =>
    titles.every((words) => at(words) === at(first));
  let before = 0;
  while (before < shortest - 1 && isSame((words) => words[before])) before += 1;
  let after = 0;
  while (after < shortest - before - 1 && isSame((words) => words.at(-1 - after))) after += 1;
  const parts = titles.map((words) => words.slice(before, words.length - after).join(' '));
  const named = parts.length > MOST_RATES ? [parts[0], '…', parts.at(-1)] : parts;
  return [...first.slice(0, before), named.join(', '), ...first.slice(first.length - after)].join(' ');
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
export function titleOf(cell: CellRecord, isRepeated: boolean): string {
  const parts = [loadTitle(cell.load), sizingText(cell)];
  return [...parts, ...(isRepeated ? [`repeat ${cell.repeat}`] : [])].join(' · ');
}

const GOOD_SUCCESS = 0.999;
const POOR_SUCCESS = 0.95;

function rowsOf(repeats: readonly CellRecord[], figures: Figures): TableCell[][] {
  const [first] = repeats;
  if (first === undefined) return [];
  const name = shownName(first.subject.id);
  const target = loadTarget(first.load);
  return [
    ...measuredRows({ name, target, sources: repeats, repeats }, figures),
    ...rowsWithAllUsers(repeats, figures),
  ];
}

/** Beside the figures of the whole window those of the time with all users. */
function rowsWithAllUsers(repeats: readonly CellRecord[], figures: Figures): TableCell[][] {
  const sources = repeats.flatMap(({ withAllUsers, window }) =>
    withAllUsers === undefined
      ? []
      : { ...withAllUsers, window: { ...window, durationMs: window.durationMs - withAllUsers.fromMs } },
  );
  if (sources.length === 0) return [];
  return measuredRows({ name: WITH_ALL_USERS, target: NOT_KNOWN, sources, repeats: null }, figures);
}

const WITH_ALL_USERS = 'all users';

/** A row for each operation, in the order of the document, then one for all together. */
function mixtureRows(repeats: readonly CellRecord[], figures: Figures): TableCell[][] {
  const [first] = repeats;
  if (first === undefined) return [];
  const each = repeats.map(operationsOf);
  const operations = operationsOf(first).flatMap(({ id, source }, at) => {
    const sources = each.flatMap((one) => one[at]?.source ?? []);
    const { plannedRps } = source.window;
    const target = plannedRps === null ? NOT_KNOWN : formatFigure(plannedRps);
    return measuredRows({ name: shownName(id), target, sources, repeats: null }, figures);
  });
  const target = loadTarget(first.load);
  return [
    ...operations,
    ...measuredRows({ name: AGGREGATED, target, sources: repeats, repeats }, figures),
    ...rowsWithAllUsers(repeats, figures),
  ];
}

/** What a row is of, repeats together. */
interface Measured {
  readonly name: string;
  readonly target: string;
  readonly sources: readonly FigureSource[];
  /** The cells that have a verdict; null for an operation, which is judged with all others. */
  readonly repeats: readonly CellRecord[] | null;
}

/** The medians, and of several repeats how far they are from one another, in per cent of their middle. */
function measuredRows({ name, target, sources, repeats }: Measured, figures: Figures): TableCell[][] {
  const medians = [
    plain(name),
    plain(target),
    ...figures.map((figure) => figureCell(figure, sources, repeats)),
    repeats === null ? plain('') : verdictCell(repeats),
  ];
  if (sources.length < 2) return [medians];
  const spread = figures.map(({ storedOf }) => plain(spreadText(sources.map(storedOf))));
  return [medians, [plain(name), plain('±'), ...spread, plain('')]];
}

/**
 * A figure of a cell, or the median of its repeats, in all that must be known to read it; of an operation of a mixture
 * it is not known by itself whether the target keeps up.
 */
export function figureCell(
  figure: FigureDefinition,
  sources: readonly FigureSource[],
  repeats: readonly CellRecord[] | null,
): TableCell {
  const median = medianFigure(sources.map((source) => figure.storedOf(source)));
  if (median === null) return plain(NOT_KNOWN);
  const { value, isLowerBound } = median;
  const { leastPlanned = 0 } = figure;
  const isUnsure = sources.some(({ counts }) => counts.planned < leastPlanned);
  return {
    text: `${isUnsure ? '~' : ''}${isLowerBound ? '≥' : ''}${figure.unit.format(value)}`,
    tone: isLowerBound ? 'warning' : toneOf(figure, value, repeats),
  };
}

function toneOf({ judged }: FigureDefinition, value: number, repeats: readonly CellRecord[] | null): Tone {
  // A warning also where it is not known whether the target keeps up.
  if (judged === 'keeps-up' && repeats?.some(({ load }) => !isClosedLoop(load)) === true)
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

/** Of repeats the worst. */
export function verdictCell(repeats: readonly CellRecord[]): TableCell {
  const states = repeats.map(({ verdict }) => verdict.state);
  const text = WORST_FIRST.find((state) => states.includes(state)) ?? 'VALID';
  return { text, tone: VERDICT_TONE[text] };
}

export function plain(text: string): TableCell {
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
