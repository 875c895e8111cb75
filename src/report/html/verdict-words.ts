import { formatFigure, plural } from '../../kernel/format.js';
import { grouped } from '../../kernel/grouped.js';
import { targetRps } from '../../model/cell-metrics.js';
import { KEEPS_UP, type VerdictState } from '../../model/finding.js';
import { highestRateOf, isSteady } from '../../model/plan-figures.js';
import type { CellRecord } from '../../model/run-record.js';
import { percent } from '../table-model.js';
import { conditionsOf, loadsOf, variedConditions, type VariedConditions } from './load-words.js';
import { shownName } from './markup.js';

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
  return `${counts.VALID} of ${cells.length} cells are VALID, ${rest}.`;
}

/** How far each endpoint came. */
export interface Reach {
  /** Those that kept up with whatever was measured of them. */
  readonly keptUp: readonly string[];
  /** Of the others the cell in which they fell furthest behind, the furthest first. */
  readonly behind: readonly Behind[];
  /** Those of which every cell is INVALID. */
  readonly unknown: readonly string[];
}

interface Behind {
  readonly endpoint: string;
  readonly cellId: string;
  readonly words: string;
}

/** Judged by cells that are not INVALID alone: in those the generator was the limit. */
export function reachOf(cells: readonly CellRecord[]): Reach {
  const varied = variedConditions(cells);
  const endpoints = grouped(cells, ({ operation }) => operation.id);
  const keptUp: string[] = [];
  const unknown: string[] = [];
  const behind: CellRecord[] = [];
  for (const [endpoint, own] of endpoints) {
    const worst = furthestBehind(own);
    if (worst === undefined) unknown.push(shownName(endpoint));
    else if (shareOf(worst) >= KEEPS_UP) keptUp.push(shownName(endpoint));
    else behind.push(worst);
  }
  behind.sort((a, b) => shareOf(a) - shareOf(b));
  return { keptUp, behind: behind.map((cell) => behindOf(cell, varied)), unknown };
}

function furthestBehind(cells: readonly CellRecord[]): CellRecord | undefined {
  return cells
    .filter(({ verdict }) => verdict.state !== 'INVALID')
    .reduce<CellRecord | undefined>(
      (worst, cell) => (worst && shareOf(worst) <= shareOf(cell) ? worst : cell),
      undefined,
    );
}

function shareOf(cell: CellRecord): number {
  const expected = targetRps(cell);
  return expected === 0 ? 1 : cell.achievedRps / expected;
}

function behindOf(cell: CellRecord, varied: VariedConditions): Behind {
  const { load, workers, repeat, achievedRps, successRate, operation, id } = cell;
  const target = formatFigure(targetRps(cell));
  const words = [
    `reached ${formatFigure(achievedRps)} of ${isSteady(load) ? '' : 'a mean of '}${target}/s`,
    ...(varied.workers ? [`with ${plural(workers, 'worker')}`] : []),
    ...(varied.repeats ? [`in repeat ${repeat}`] : []),
    `(${percent(successRate)} % succeeded)`,
  ].join(' ');
  return { endpoint: shownName(operation.id), cellId: id, words };
}

/** `7 of 9 endpoints kept up at every rate, up to 2000/s.` */
export function reachSentence(cells: readonly CellRecord[], { keptUp, behind, unknown }: Reach): string {
  const judged = keptUp.length + behind.length;
  if (judged === 0) return 'No endpoint can be judged, since the load generator was the limit.';
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
