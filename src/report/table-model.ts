import { formatFigure, formatMebibytes, plural } from '../kernel/format.js';
import { LEAST_FOR_P99, type Reason, type VerdictState } from '../model/finding.js';
import { keepsUp } from '../model/keeps-up.js';
import type { CellRecord, LatencyFigures } from '../model/run-record.js';
import { planTarget, planTitle } from './plan-words.js';
import { shownName, shownText } from './shown-text.js';

/** How good a figure is; renderers turn it into colour. */
export type Tone = 'plain' | 'good' | 'warning' | 'bad';

export interface TableCell {
  readonly text: string;
  readonly tone: Tone;
}

/** One table: all endpoints under one load, one worker count, one repeat. */
export interface ResultTable {
  readonly title: string;
  readonly rows: readonly (readonly TableCell[])[];
  readonly notes: readonly TableNote[];
}

export interface TableNote {
  readonly endpoint: string;
  readonly state: VerdictState;
  readonly reasons: readonly Reason[];
}

/** Two lines each, the unit in the second. */
export const COLUMNS = [
  ['Endpoint', ''],
  ['Target', 'req/s'],
  ['Achieved', 'req/s'],
  ['P50', 'ms'],
  ['Avg', 'ms'],
  ['P95', 'ms'],
  ['P99', 'ms'],
  ['Success', '%'],
  ['CPU', 'avg %'],
  ['CPU', 'ms/req'],
  ['Mem', 'MB'],
  ['Verdict', ''],
] as const;

/** Cells in tables, in the order in which they were measured. */
export function resultTables(cells: readonly CellRecord[]): ResultTable[] {
  const repeats = Math.max(0, ...cells.map((cell) => cell.repeat));
  const groups = new Map<string, CellRecord[]>();
  for (const cell of cells) {
    const title = titleOf(cell, repeats > 1);
    groups.set(title, [...(groups.get(title) ?? []), cell]);
  }
  return [...groups].map(([title, members]) => ({
    title,
    rows: members.map(rowOf),
    notes: members.filter(({ verdict }) => verdict.reasons.length > 0).map(noteOf),
  }));
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
  const parts = [planTitle(load), plural(workers, 'worker')];
  return [...parts, ...(isRepeated ? [`repeat ${repeat}`] : [])].join(' · ');
}

function noteOf({ operation, verdict }: CellRecord): TableNote {
  const reasons = verdict.reasons.map((reason) => ({ ...reason, message: shownText(reason.message) }));
  return { endpoint: shownName(operation.id), state: verdict.state, reasons };
}

const GOOD_SUCCESS = 0.999;
const POOR_SUCCESS = 0.95;

function rowOf(cell: CellRecord): TableCell[] {
  const { load, counts, latencyMs, resources, verdict } = cell;
  const { response } = latencyMs;
  const p99 = latencyCell(response, 'p99');
  return [
    plain(shownName(cell.operation.id)),
    plain(planTarget(load)),
    achievedCell(cell),
    latencyCell(response, 'p50'),
    latencyCell(response, 'mean'),
    latencyCell(response, 'p95'),
    counts.planned < LEAST_FOR_P99 ? { ...p99, text: `~${p99.text}` } : p99,
    { text: percent(cell.successRate), tone: successTone(cell.successRate) },
    plain(resources ? resources.cpuPercent.mean.toFixed(0) : NOT_KNOWN),
    plain(figureOf(resources?.cpuMsPerRequest ?? null)),
    plain(resources ? formatMebibytes(resources.memoryBytes.mean) : NOT_KNOWN),
    { text: verdict.state, tone: VERDICT_TONE[verdict.state] },
  ];
}

export const NOT_KNOWN = '–';

const VERDICT_TONE: Readonly<Record<VerdictState, Tone>> = {
  VALID: 'good',
  SUSPECT: 'warning',
  INVALID: 'bad',
};

function plain(text: string): TableCell {
  return { text, tone: 'plain' };
}

export function figureOf(value: number | null): string {
  return value === null ? NOT_KNOWN : formatFigure(value);
}

type LatencyName = Exclude<keyof LatencyFigures, 'censored' | 'lowerBounds'>;

export function latencyCell(figures: LatencyFigures, name: LatencyName): TableCell {
  const value = figures[name];
  if (value === null) return plain(NOT_KNOWN);
  const isBound = figures.lowerBounds.includes(name);
  return { text: `${isBound ? '≥' : ''}${formatFigure(value)}`, tone: isBound ? 'warning' : 'plain' };
}

/** A warning also where it is not known whether the target keeps up. */
export function achievedCell(cell: CellRecord): TableCell {
  return { text: formatFigure(cell.achievedRps), tone: keepsUp(cell) === true ? 'plain' : 'warning' };
}

export function successTone(rate: number): Tone {
  if (rate >= GOOD_SUCCESS) return 'good';
  return rate >= POOR_SUCCESS ? 'warning' : 'bad';
}

/** Never rounds up to 100: one failure in a million must show. */
export function percent(rate: number): string {
  const value = 100 * rate;
  if (rate < 1 && value > 99.9) return value >= 99.99 ? '>99.99' : value.toFixed(2);
  return value === 100 ? '100' : value.toFixed(1);
}
