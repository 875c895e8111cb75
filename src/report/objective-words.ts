import { formatFigure, percent, plural } from '../kernel/format.js';
import type { JudgedObjective, Outcome } from '../model/results/outcome.js';
import type { Report } from '../model/report/report.js';
import { variedConditions } from './load-words.js';
import { shownName } from './shown-text.js';
import { NOT_KNOWN, type ResultTable, type Tone } from './table-model.js';
import { cellName } from './verdict-words.js';

type State = Outcome['state'];

const WORST_FIRST: readonly State[] = ['failed', 'undecided', 'invalid', 'passed'];
export const TONES: Readonly<Record<State, Tone>> = {
  failed: 'bad',
  undecided: 'warning',
  invalid: 'warning',
  passed: 'plain',
};

/** The outcome that says most of an objective: of those with the worst state the one farthest on the wrong side. */
export function worstOutcome({ outcomes, operator, limit }: JudgedObjective): Outcome | undefined {
  const sign = operator.startsWith('<') ? 1 : -1;
  const excess = ({ value }: Outcome): number => (value === null ? -Infinity : sign * (value - limit));
  const rank = ({ state }: Outcome): number => WORST_FIRST.indexOf(state);
  return outcomes.toSorted((a, b) => rank(a) - rank(b) || excess(b) - excess(a))[0];
}

/** Of the run as a whole: `Of 5 objectives: 2 failed, 1 undecided.` Empty where there are none. */
export function objectivesSentence(objectives: readonly JudgedObjective[]): string {
  if (objectives.length === 0) return '';
  const states = objectives.map((objective) => worstOutcome(objective)?.state ?? 'undecided');
  const count = (state: State): number => states.filter((one) => one === state).length;
  const [failed, undecided, invalid] = [count('failed'), count('undecided'), count('invalid')];
  const { length } = objectives;
  if (failed + undecided + invalid === 0)
    return length === 1
      ? 'The objective passed.'
      : `${length === 2 ? 'Both' : `All ${length}`} objectives passed.`;
  if (length === 1)
    return `The objective ${failed === 1 ? 'failed' : undecided === 1 ? 'is undecided' : 'was not judged (INVALID)'}.`;
  const parts = [
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(undecided > 0 ? [`${undecided} undecided`] : []),
    ...(invalid > 0 ? [`${invalid} not judged (INVALID)`] : []),
  ];
  return `Of ${plural(length, 'objective')}: ${parts.join(', ')}.`;
}

/** `412 ms, 37 % over`, with what is missing for a decision. */
function outcomeWords(outcome: Outcome, objective: JudgedObjective): string {
  const { state, why } = outcome;
  const current = currentWords(outcome, objective);
  if (state === 'failed') return `${current}, ${excessWords(outcome, objective)}`;
  if (state === 'invalid') return `${current}, but the measurement is INVALID`;
  return why === null ? current : `${current}: ${why}`;
}

/** `412 ms`, `≥10005 ms`. */
export function currentWords({ value, isLowerBound }: Outcome, { unit }: JudgedObjective): string {
  if (value === null) return NOT_KNOWN;
  const digits = unit === '%' ? percent(value / 100) : formatFigure(value);
  return `${isLowerBound ? '≥' : ''}${digits}${unit === '' ? '' : ` ${unit}`}`;
}

function excessWords({ value }: Outcome, { operator, limit }: JudgedObjective): string {
  const side = operator.startsWith('<') ? 'over' : 'under';
  if (value === null || limit === 0 || value === limit)
    return `not ${side === 'over' ? 'below' : 'above'} the limit`;
  return `${formatFigure((100 * Math.abs(value - limit)) / limit)} % ${side}`;
}

/** What came of every objective in every cell that it is about, in words, those that failed first. */
export function outcomeLines(report: Report): OutcomeLine[] {
  const placeOf = placesIn(report);
  const lines = report.analysis.objectives.flatMap((objective) =>
    objective.outcomes.map((outcome): OutcomeLine => ({
      ...{ cell: outcome.cell, state: outcome.state, objective: shownName(objective.text) },
      ...{ words: outcomeWords(outcome, objective), place: placeOf(outcome) },
    })),
  );
  return lines.sort((a, b) => WORST_FIRST.indexOf(a.state) - WORST_FIRST.indexOf(b.state));
}

export interface OutcomeLine {
  /** The id of the cell. */
  readonly cell: string;
  readonly state: State;
  readonly objective: string;
  /** `412 ms, 37 % over`. */
  readonly words: string;
  /** `get_item, 1000/s`; of a mixture with the operation. */
  readonly place: string;
}

export function stateWord(state: State): string {
  return state === 'failed' ? 'FAILED' : state;
}

export function failedLines(report: Report): OutcomeLine[] {
  return outcomeLines(report).filter(({ state }) => state === 'failed');
}

function placesIn({ cells }: Report): (outcome: Outcome) => string {
  const records = cells.map(({ record }) => record);
  const varied = variedConditions(records);
  const byId = new Map(records.map((record) => [record.id, record]));
  return ({ cell, operation }) => {
    const found = byId.get(cell);
    const name = found === undefined ? shownName(cell) : cellName(found, varied);
    return operation === null ? name : `${shownName(operation)} in ${name}`;
  };
}

/** Metric, target, current, pass: a row for each objective with the worst that came of it; null where there are none. */
export function objectivesTable(report: Report): ResultTable | null {
  const { objectives } = report.analysis;
  if (objectives.length === 0) return null;
  const placeOf = placesIn(report);
  const plain = (text: string) => ({ text, tone: 'plain' as const });
  return {
    title: 'Objectives',
    columns: [
      { heading: ['Objective', ''] },
      { heading: ['Current', ''] },
      { heading: ['Passed', 'cells'], leaves: 2 },
      { heading: ['Worst cell', ''], leaves: 1, holds: 'names' },
      { heading: ['Result', ''] },
    ],
    rows: objectives.map((objective) => {
      const { text, outcomes } = objective;
      const worst = worstOutcome(objective);
      const state = worst?.state ?? 'undecided';
      const passed = outcomes.filter((one) => one.state === 'passed').length;
      return [
        plain(shownName(text)),
        plain(worst === undefined ? NOT_KNOWN : currentWords(worst, objective)),
        plain(`${passed} of ${outcomes.length}`),
        plain(worst === undefined ? NOT_KNOWN : placeOf(worst)),
        { text: stateWord(state), tone: TONES[state] },
      ];
    }),
  };
}
