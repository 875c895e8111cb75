import { formatFigure, percent, plural } from '../kernel/format.js';
import { grouped } from '../kernel/grouped.js';
import { targetRps } from '../model/target-rps.js';
import { LEAST_ANSWERED_SHARE, type VerdictState } from '../model/finding.js';
import { keepsUp, KEPT_WORST_FIRST } from '../model/keeps-up.js';
import { highestRateOf, isSteady } from '../model/plan-figures.js';
import type { CellRecord } from '../model/run-record.js';
import { conditionsOf, loadsOf, variedConditions, type VariedConditions } from './load-words.js';
import { shownName } from './shown-text.js';

const STATES: readonly VerdictState[] = ['VALID', 'SUSPECT', 'INVALID'];

export type VerdictCounts = Readonly<Record<VerdictState, number>>;

export function countVerdicts(cells: readonly CellRecord[]): VerdictCounts {
  const counts = { VALID: 0, SUSPECT: 0, INVALID: 0 };
  for (const { verdict } of cells) counts[verdict.state] += 1;
  return counts;
}

/** Whether the figures can be trusted: `16 of 18 cells are VALID, 2 SUSPECT.` */
export function trustSentence(cells: readonly CellRecord[]): string {
  if (cells.length === 0) return 'No cell was measured.';
  const counts = countVerdicts(cells);
  if (cells.length === 1)
    return `The only cell is ${STATES.find((state) => counts[state] === 1) ?? 'VALID'}.`;
  if (counts.VALID === cells.length) return `All ${cells.length} cells are VALID.`;
  const others = STATES.slice(1).filter((state) => counts[state] > 0);
  const rest = others.map((state) => `${counts[state]} ${state}`).join(', ');
  if (counts.VALID === 0) return `None of the ${cells.length} cells is VALID: ${rest}.`;
  return `${counts.VALID} of ${cells.length} cells are VALID, ${rest}.`;
}

/** How far each endpoint came. */
export interface Reach {
  /** Those that kept up with whatever was measured of them. */
  readonly keptUp: readonly string[];
  /** Those that did not keep up with something. */
  readonly behind: readonly string[];
  /** Those of which it is not known, as every cell is INVALID or the window was too short. */
  readonly unknown: readonly string[];
  /** Of those that did not keep up, that may not have, or that failed, the worst cell; the worst first. */
  readonly worst: readonly WorstCell[];
}

interface WorstCell {
  readonly endpoint: string;
  readonly cellId: string;
  readonly words: string;
}

/** Judged by cells that are not INVALID alone: in those the generator was the limit. */
export function reachOf(cells: readonly CellRecord[]): Reach {
  const varied = variedConditions(cells);
  const endpoints = grouped(cells, ({ operation }) => operation.id);
  const keptUp: string[] = [];
  const behind: string[] = [];
  const unknown: string[] = [];
  const worst: CellRecord[] = [];
  for (const [endpoint, own] of endpoints) {
    const [furthest] = own.filter(({ verdict }) => verdict.state !== 'INVALID').sort(byReach);
    const kept = furthest === undefined ? null : keepsUp(furthest);
    (kept === null ? unknown : kept ? keptUp : behind).push(shownName(endpoint));
    if (furthest && (kept !== true || shareOf(furthest) < LEAST_ANSWERED_SHARE)) worst.push(furthest);
  }
  worst.sort(byReach);
  return { keptUp, behind, unknown, worst: worst.map((cell) => worstCell(cell, varied)) };
}

function byReach(a: CellRecord, b: CellRecord): number {
  const placeOf = (cell: CellRecord): number => KEPT_WORST_FIRST.indexOf(keepsUp(cell));
  return placeOf(a) - placeOf(b) || shareOf(a) - shareOf(b);
}

function shareOf(cell: CellRecord): number {
  const expected = targetRps(cell);
  return expected === 0 ? 1 : cell.achievedRps / expected;
}

function worstCell(cell: CellRecord, varied: VariedConditions): WorstCell {
  const { workers, repeat, successRate, operation, id } = cell;
  const words = [
    reachWords(cell),
    ...(varied.workers ? [`with ${plural(workers, 'worker')}`] : []),
    ...(varied.repeats ? [`in repeat ${repeat}`] : []),
    `(${percent(successRate)} % succeeded)`,
  ].join(' ');
  return { endpoint: shownName(operation.id), cellId: id, words };
}

function reachWords(cell: CellRecord): string {
  const target = `${isSteady(cell.load) ? '' : 'a mean of '}${formatFigure(targetRps(cell))}/s`;
  const kept = keepsUp(cell);
  if (kept === true) return `answered ${target} in time, with failures`;
  const reached = `reached ${formatFigure(cell.achievedRps)} of ${target}`;
  return kept === null ? `${reached} in a window too short to know whether it keeps up` : reached;
}

/** `7 of 9 endpoints kept up at every rate, up to 2000/s.` */
export function reachSentence(cells: readonly CellRecord[], { keptUp, behind, unknown }: Reach): string {
  const judged = keptUp.length + behind.length;
  if (judged === 0) return noneJudged(cells);
  const counted = cells.filter(({ verdict }) => verdict.state !== 'INVALID');
  const condition = conditionSentence(counted);
  const who =
    behind.length === 0
      ? `${judged === 1 ? 'The endpoint' : `All ${judged} endpoints`} kept up`
      : `${keptUp.length === 0 ? 'No endpoint' : `${keptUp.length} of ${plural(judged, 'endpoint')}`} kept up`;
  const rest = unknown.length === 0 ? '' : ` ${plural(unknown.length, 'endpoint')} cannot be judged.`;
  const leftOut = counted.length < cells.length ? ' INVALID cells do not count here.' : '';
  return `${who} ${condition}.${rest}${leftOut}`;
}

function noneJudged(cells: readonly CellRecord[]): string {
  return cells.every(({ verdict }) => verdict.state === 'INVALID')
    ? 'No endpoint can be judged, since the load generator was the limit.'
    : 'Whether any endpoint keeps up is not known: the window was too short.';
}

function conditionSentence(cells: readonly CellRecord[]): string {
  const [first, ...others] = loadsOf(cells);
  if (first !== undefined && others.length === 0) return `at ${first}`;
  const isSimple = cells.every(({ load }) => isSteady(load));
  const highest = Math.max(...cells.map(({ load }) => highestRateOf(load)));
  return isSimple ? `at every rate, up to ${highest}/s` : 'under every load';
}

/** Tells one cell from another: `get_item, 500/s, 2 workers`. */
export function cellName(cell: CellRecord, varied: VariedConditions): string {
  return `${shownName(cell.operation.id)}, ${conditionsOf(cell, varied)}`;
}
