import { plural } from '../kernel/format.js';
import { gridLoadOf, sortedLoads, type GridLoad } from '../model/report/grid-load.js';
import type { Report, ReportCell } from '../model/report/report.js';
import type { JudgedObjective, Outcome } from '../model/results/outcome.js';
import { subjectKey } from '../model/results/subject.js';
import { currentWords, stateWord, TONES, worstOutcome } from './objective-words.js';
import { tellingText } from './sizing-words.js';
import { shownName } from './shown-text.js';
import { NOT_KNOWN, type ResultTable, type TableCell } from './table-model.js';

/** Objectives under each load that they were held against. */
export interface ObjectiveMatrix {
  /** By sizing, then from the lightest to the heaviest. */
  readonly loads: readonly GridLoad[];
  readonly hasRepeats: boolean;
  /** Whether an objective is about several endpoints, so that each row must name its own. */
  readonly hasEndpoints: boolean;
  /** In the order of the objectives, those of one together. */
  readonly rows: readonly MatrixRow[];
}

export interface MatrixRow {
  readonly objective: JudgedObjective;
  /** Of a mixture the operation, where the objective is about one. */
  readonly endpoint: string;
  /** By the key of the load; worst of the repeats. */
  readonly byLoad: ReadonlyMap<string, Outcome>;
}

/** Null where there is but one load, so that one column says all. */
export function objectiveMatrix({ cells, analysis }: Report): ObjectiveMatrix | null {
  const byId = new Map(cells.map((cell) => [cell.record.id, cell]));
  const loads = new Map<string, GridLoad>();
  const rows = analysis.objectives.flatMap((objective) => rowsOf(objective, byId, loads));
  const sorted = sortedLoads([...loads.values()]);
  if (sorted.length < 2) return null;
  return {
    loads: sorted,
    hasRepeats: cells.some(({ record }) => record.repeat > 1),
    hasEndpoints: rows.length > analysis.objectives.length,
    rows,
  };
}

/** A row for each endpoint; the loads are added to `loads`. */
function rowsOf(
  objective: JudgedObjective,
  byId: ReadonlyMap<string, ReportCell>,
  loads: Map<string, GridLoad>,
): MatrixRow[] {
  const found = new Map<string, { endpoint: string; byLoad: Map<string, Outcome> }>();
  for (const outcome of objective.outcomes) {
    const record = byId.get(outcome.cell)?.record;
    if (record === undefined) continue;
    const load = gridLoadOf(record);
    loads.set(load.key, load);
    const key = JSON.stringify([outcome.operation, record.subject.id, subjectKey(record.subject)]);
    const row = found.get(key) ?? {
      endpoint: outcome.operation ?? record.subject.id,
      byLoad: new Map<string, Outcome>(),
    };
    found.set(key, row);
    const before = row.byLoad.get(load.key);
    const worst = before && worstOutcome({ ...objective, outcomes: [before, outcome] });
    row.byLoad.set(load.key, worst ?? outcome);
  }
  // One on a figure that no cell has must not go unseen.
  if (found.size === 0) return [{ objective, endpoint: NOT_KNOWN, byLoad: new Map() }];
  return [...found.values()].map((row) => ({ objective, ...row }));
}

/** At most so many rows; what passed under every load is left out first. */
export function rowsWithin(
  rows: readonly MatrixRow[],
  most: number,
): { shown: readonly MatrixRow[]; left: string } {
  if (rows.length <= most) return { shown: rows, left: '' };
  const telling = rows.filter(({ byLoad }) => byLoad.size === 0 || !hasPassed([...byLoad.values()]));
  const shown = telling.slice(0, most);
  const left = `and ${plural(rows.length - shown.length, 'more row')}`;
  return { shown, left: telling.length > most ? left : `${left}, which passed under every load` };
}

function hasPassed(outcomes: readonly Outcome[]): boolean {
  return outcomes.every(({ state }) => state === 'passed');
}

/** `7/8`: of the rows about a load those that passed. */
export function passedUnder({ key }: GridLoad, rows: readonly MatrixRow[]): string {
  const outcomes = rows.flatMap(({ byLoad }) => byLoad.get(key) ?? []);
  return `${outcomes.filter(({ state }) => state === 'passed').length}/${outcomes.length}`;
}

/** How a cell says what came of it: `1122 ms FAILED`, or for narrow places `1122 ms!`. */
export type MatrixForm = 'words' | 'marks';

const MARKS: Readonly<Record<Outcome['state'], string>> = {
  passed: ' ',
  failed: '!',
  undecided: '~',
  invalid: '?',
};

/** What the marks mean. */
export const MARKS_LEGEND = '! FAILED · ~ undecided · ? invalid · others passed';

/** The matrix as a table: its last row counts what passed, of all rows. */
export function matrixTable(
  matrix: ObjectiveMatrix,
  shown: readonly MatrixRow[],
  form: MatrixForm,
): ResultTable {
  const { loads, hasEndpoints, rows } = matrix;
  const sizingOf = tellingText(loads);
  const columns = loads.map((load) => columnOf(load, shown, form));
  const names = ({ objective, endpoint }: MatrixRow): TableCell[] => [
    plain(shownName(objective.text)),
    ...(hasEndpoints ? [plain(shownName(endpoint))] : []),
  ];
  return {
    title: 'Objectives',
    columns: [
      { heading: ['Objective', ''] },
      ...(hasEndpoints ? [{ heading: ['Endpoint', ''], holds: 'names' } as const] : []),
      ...loads.map((load) => ({
        heading: [load.name, sizingOf(load)] as const,
        holds: 'figures' as const,
      })),
    ],
    rows: [
      ...shown.map((row, at) => [...names(row), ...columns.map((column) => column[at] ?? plain(''))]),
      [
        plain('Passed'),
        ...(hasEndpoints ? [plain('')] : []),
        ...loads.map((load) => plain(passedUnder(load, rows))),
      ],
    ],
  };
}

/** Words of different lengths end at the same place, so that the figures before them do too. */
function columnOf({ key }: GridLoad, rows: readonly MatrixRow[], form: MatrixForm): TableCell[] {
  const outcomes = rows.map(({ byLoad }) => byLoad.get(key));
  const wordOf = ({ state }: Outcome): string => (form === 'marks' ? MARKS[state] : ` ${stateWord(state)}`);
  const longest = Math.max(0, ...outcomes.map((outcome) => (outcome ? wordOf(outcome).length : 0)));
  return rows.map(({ objective }, at) => {
    const outcome = outcomes[at];
    if (!outcome) return plain(NOT_KNOWN.padEnd(longest + 1));
    const text = currentWords(outcome, objective) + wordOf(outcome).padEnd(longest);
    return { text, tone: TONES[outcome.state] };
  });
}

function plain(text: string): TableCell {
  return { text, tone: 'plain' };
}
