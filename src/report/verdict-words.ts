import { formatFigure, percent, plural } from '../kernel/format.js';
import type { Reach } from '../model/report/analysis.js';
import { keepsUp } from '../model/results/keeps-up.js';
import { highestRateOf, isClosedLoop, isSteady } from '../model/loads/index.js';
import type { CellRecord } from '../model/results/cell-record.js';
import type { VerdictState } from '../model/results/verdict.js';
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

interface WorstCell {
  readonly subject: string;
  readonly cellId: string;
  readonly words: string;
}

/** How far the worst cells came, one of each endpoint that did not do all that was asked of it. */
export function worstWords({ worst }: Reach, cells: readonly CellRecord[]): WorstCell[] {
  const varied = variedConditions(cells);
  return worst.map((cell) => worstCell(cell, varied));
}

function worstCell(cell: CellRecord, varied: VariedConditions): WorstCell {
  const { repeat, successRate, subject, id } = cell;
  const sizing = varied.sizingOf(cell);
  const words = [
    reachWords(cell),
    ...(sizing === '' ? [] : [`with ${sizing}`]),
    ...(varied.repeats ? [`in repeat ${repeat}`] : []),
    `(${percent(successRate)} % succeeded)`,
  ].join(' ');
  return { subject: shownName(subject.id), cellId: id, words };
}

function reachWords(cell: CellRecord): string {
  const { plannedRps } = cell.window;
  const achieved = formatFigure(cell.achievedRps);
  const target =
    plannedRps === null
      ? `${achieved}/s`
      : `${isSteady(cell.load) ? '' : 'a mean of '}${formatFigure(plannedRps)}/s`;
  const kept = keepsUp(cell);
  if (kept === true) return `answered ${target} in time, with failures`;
  const reached = plannedRps === null ? `reached ${achieved}/s` : `reached ${achieved} of ${target}`;
  return kept === null ? `${reached} in a window too short to know whether it keeps up` : reached;
}

/** `7 of 9 endpoints kept up at every rate, up to 2000/s.` */
export function reachSentence(cells: readonly CellRecord[], { keptUp, behind, unknown }: Reach): string {
  const judged = keptUp.length + behind.length;
  if (cells.length > 0 && cells.every(({ load }) => isClosedLoop(load))) return CLOSED_LOOP;
  if (judged === 0) return noneJudged(cells);
  const counted = cells.filter(({ verdict }) => verdict.state !== 'INVALID');
  const condition = conditionSentence(counted);
  const noun = nounFor(cells);
  const who =
    behind.length === 0
      ? `${judged === 1 ? `The ${noun}` : `All ${judged} ${noun}s`} kept up`
      : `${keptUp.length === 0 ? `No ${noun}` : `${keptUp.length} of ${plural(judged, noun)}`} kept up`;
  const rest = unknown.length === 0 ? '' : ` ${plural(unknown.length, noun)} cannot be judged.`;
  const leftOut = counted.length < cells.length ? ' INVALID cells do not count here.' : '';
  return `${who} ${condition}.${rest}${leftOut}`;
}

/** What was loaded: a run has either a cell for each endpoint, or mixtures of them. */
function nounFor(cells: readonly CellRecord[]): 'endpoint' | 'mixture' {
  return cells.length > 0 && cells.every(({ subject }) => subject.operations.length > 1)
    ? 'mixture'
    : 'endpoint';
}

/** What a closed loop hides, in every report of one. */
const CLOSED_LOOP =
  'The loop is closed: a user asks again only after an answer, so a slower target is asked less, and the response times leave out those whom it would have kept waiting.';

function noneJudged(cells: readonly CellRecord[]): string {
  const noun = nounFor(cells);
  return cells.every(({ verdict }) => verdict.state === 'INVALID')
    ? `No ${noun} can be judged, since the load generator was the limit.`
    : `Whether any ${noun} keeps up is not known: the window was too short.`;
}

function conditionSentence(cells: readonly CellRecord[]): string {
  const [first, ...others] = loadsOf(cells);
  if (first !== undefined && others.length === 0) return `at ${first}`;
  const isSimple = cells.every(({ load, window }) => isSteady(load) && window.plannedRps !== null);
  const highest = Math.max(...cells.map(({ load }) => highestRateOf(load)));
  return isSimple ? `at every rate, up to ${highest}/s` : 'under every load';
}

/** Tells one cell from another: `get_item, 500/s, 2 workers`. */
export function cellName(cell: CellRecord, varied: VariedConditions): string {
  return `${shownName(cell.subject.id)}, ${conditionsOf(cell, varied)}`;
}
