import { suggestObjectives } from '../../analyze/suggest-objectives.js';
import type { ObjectivesDraft } from '../../config/write-objectives.js';
import { UserError } from '../../kernel/errors.js';
import { oneLine } from '../../kernel/text.js';
import type { CellRecord } from '../../model/results/cell-record.js';
import type { Api } from '../document/read-api.js';

/** A stored run, by the name of its directory. */
export interface MeasuredRun {
  readonly name: string;
  /** With today's verdicts. */
  readonly cells: readonly CellRecord[];
}

const MOST_NAMED = 3;

/** What a stored run suggests for the operations of an API; null = there is none. Throws `UserError` where it is of another API. */
export function draftObjectives(
  { operations }: Pick<Api, 'operations'>,
  measured: MeasuredRun | null,
): ObjectivesDraft | null {
  if (measured === null) return null;
  const own = new Set(operations.map(({ method, path }) => `${method} ${path}`));
  const { name, cells } = measured;
  const asked = cells.flatMap(({ subject }) =>
    subject.operations.map(({ method, path }) => `${method} ${path}`),
  );
  const problem =
    asked.length === 0
      ? 'has no finished cell'
      : `measured another API: none of its operations (${[...new Set(asked)].slice(0, MOST_NAMED).join(', ')}) is in this document`;
  if (!asked.some((one) => own.has(one)))
    throw new UserError(
      'usage',
      oneLine(`--objectives-from: ${name} ${problem}.`),
      'Name the results of a run of this API, or leave --objectives-from out.',
    );
  return { run: name, ...suggestObjectives(cells, (operation) => own.has(operation)) };
}
