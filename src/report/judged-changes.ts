import { plural } from '../kernel/format.js';
import {
  CHANGE_VERDICTS,
  type ChangeVerdict,
  type ComparedCell,
  type Comparison,
  type ComparisonOutcome,
  type JudgedChange,
} from '../model/results/comparison.js';
import { percentWords, shownMetric } from './change-words.js';
import { pairsInOrder } from './comparison-model.js';
import { keepsUpWords } from './keeps-up-words.js';
import { shownText } from './shown-text.js';
import { NOT_KNOWN } from './table-model.js';

/** What is said of one figure of a cell, in words. */
export interface ShownJudgement {
  readonly title: string;
  /** `12.1 → 14.9 ms`; empty where the figure is in no table. */
  readonly figures: string;
  /** `+23%`. */
  readonly change: string;
  /** In per cent, or in percentage points; `null` where it is not known, or has no size. */
  readonly percent: number | null;
  /** `+12% … +36%`; empty where there is none. */
  readonly interval: string;
  readonly verdict: ChangeVerdict | null;
  readonly isPrimary: boolean;
  /** Why it is judged so, or what would tell more; empty for nothing. */
  readonly note: string;
}

/** A cell of both sides with what is said of it. */
export interface JudgedCell {
  /** `get_item 1000/s, 1 worker`. */
  readonly name: string;
  /** Among the rows of all tables. */
  readonly position: number;
  readonly outcome: ChangeVerdict | null;
  readonly judgements: readonly ShownJudgement[];
  readonly note: string;
}

/** The weightiest first, within one outcome in the order of the tables; those that are not judged last. */
export function judgedCells(comparison: Comparison): JudgedCell[] {
  const weightOf = ({ outcome }: JudgedCell): number =>
    outcome === null ? CHANGE_VERDICTS.length : CHANGE_VERDICTS.indexOf(outcome);
  return pairsInOrder(comparison)
    .map((cell, position) => ({
      name: cell.name,
      position,
      outcome: cell.outcome,
      judgements: cell.judgements.map((one) => shownJudgement(one, cell)),
      note: shownText(cell.why ?? ''),
    }))
    .sort((a, b) => weightOf(a) - weightOf(b));
}

const CHANGED: readonly (ChangeVerdict | null)[] = ['REGRESSED', 'SUSPECT', 'IMPROVED'];

/** Whether something is to be shown of it before all others. */
export function isChanged({ outcome }: { readonly outcome: ChangeVerdict | null }): boolean {
  return CHANGED.includes(outcome);
}

/** Of a cell that has changed the figures in which it has; of one that has not, those that decided. */
export function tellingJudgements(cell: JudgedCell): readonly ShownJudgement[] {
  const changed = cell.judgements.filter(({ verdict }) => CHANGED.includes(verdict));
  return isChanged(cell) && changed.length > 0
    ? changed
    : cell.judgements.filter(({ isPrimary }) => isPrimary);
}

function shownJudgement(judgement: JudgedChange, cell: ComparedCell): ShownJudgement {
  const { title, unit, percent, interval, verdict, family } = judgement;
  return {
    title: shownText(title),
    figures: figuresOf(judgement, cell),
    change: percent === null ? NOT_KNOWN : percentWords(percent, unit),
    percent,
    interval:
      interval === null
        ? ''
        : `${percentWords(interval.lowPercent, unit)} … ${percentWords(interval.highPercent, unit)}`,
    verdict,
    isPrimary: family === 'primary',
    note: noteOn(judgement),
  };
}

function figuresOf({ figure, basis }: JudgedChange, { base, candidate, metrics }: ComparedCell): string {
  if (basis === 'category')
    return `${keepsUpWords(base.keepsUp ?? null)} → ${keepsUpWords(candidate.keepsUp ?? null)}`;
  const metric = metrics.find((one) => one.metric === figure);
  if (metric === undefined) return '';
  const shown = shownMetric(metric);
  return `${shown.base} → ${shown.candidate} ${metric.unit}`.trimEnd();
}

function noteOn({ verdict, why, neededRepeats, detectablePercent, unit }: JudgedChange): string {
  const needed =
    verdict === 'INCONCLUSIVE' && neededRepeats !== null
      ? `${plural(neededRepeats, 'repeat')} on each side would tell`
      : '';
  const detectable =
    verdict === 'INCONCLUSIVE' && detectablePercent !== null
      ? `so many find ${percentWords(detectablePercent, unit)}`
      : '';
  return [shownText(why ?? ''), needed, detectable].filter(Boolean).join('; ');
}

const COUNTS: Readonly<Record<ChangeVerdict, keyof ComparisonOutcome>> = {
  REGRESSED: 'regressed',
  SUSPECT: 'suspect',
  INCONCLUSIVE: 'inconclusive',
  IMPROVED: 'improved',
  UNCHANGED: 'unchanged',
};

/** What came of the comparison, to be read before anything else, without its stop: `2 of 12 cells REGRESSED, 10 UNCHANGED`. */
export function outcomeWords({ outcome, cells }: Comparison): string {
  if (cells.length === 0) return 'Nothing can be judged: no cell was measured on both sides';
  const parts = [
    ...CHANGE_VERDICTS.map((verdict) => [Number(outcome[COUNTS[verdict]]), verdict] as const),
    [outcome.notJudged, 'not judged'] as const,
  ].filter(([count]) => count > 0);
  const [[first, verdict] = [0, ''], ...others] = parts;
  const rest = others.map(([count, word]) => `, ${count} ${word}`).join('');
  if (others.length === 0) return cells.length === 1 ? `The one cell is ${verdict}` : `All ${first} cells are ${verdict}`;
  return `${first} of ${cells.length} cells ${verdict}${rest}`;
}

/** The largest regression of all: `get_item 1000/s, 1 worker: p99 +23% (+12% … +36%)`; empty where there is none. */
export function worstWords(cells: readonly JudgedCell[]): string {
  const [worst] = cells
    .filter(({ outcome }) => outcome === 'REGRESSED')
    .flatMap(({ name, judgements }) => judgements.map((one) => ({ ...one, name })))
    .filter(({ verdict, isPrimary }) => verdict === 'REGRESSED' && isPrimary)
    .sort((a, b) => sizeOf(b) - sizeOf(a));
  if (worst === undefined) return '';
  const { name, title, figures, change, interval } = worst;
  if (worst.percent === null) return `${name}: ${figures}`;
  return `${name}: ${title} ${change}${interval === '' ? '' : ` (${interval})`}`;
}

function sizeOf({ percent }: ShownJudgement): number {
  return percent === null ? Infinity : Math.abs(percent);
}
