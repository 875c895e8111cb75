import { idleObjectives } from '../../analyze/objectives/idle-objectives.js';
import { UserError } from '../../kernel/errors.js';
import { journeysTaken } from '../../model/config/journeys.js';
import type { RunConfig } from '../../model/config/run-config.js';
import type { Observer } from '../../model/live/run-events.js';
import type { BuiltOperation } from '../../model/requests/request.js';
import type { RunRecord } from '../../model/results/run-record.js';
import type { Api } from '../document/read-api.js';
import { withoutStreams } from '../preflight/without-streams.js';
import { noteUnwatched } from './abort-watch.js';
import { noteFewDigits } from './note-few-digits.js';
import { refuseIdleTwins } from './refuse-idle-twins.js';
import { planCells, type PlannedCell } from './plan-cells.js';

interface Known {
  readonly operations: readonly BuiltOperation[];
  readonly preflight: RunRecord['preflight'];
  readonly api: Api | undefined;
}

/** The cells of a run, with what is to be known of them beforehand. Throws where an objective or a twin is about none of them. */
export function checkedCells(
  config: RunConfig,
  { operations, preflight, api }: Known,
  observe: Observer,
): PlannedCell[] {
  const loaded =
    journeysTaken(config) === null
      ? withoutStreams(operations, preflight, api, observe)
      : operations.map(({ operation }) => operation);
  const cells = planCells(config, loaded, api?.weights);
  const idle = idleObjectives(config.objectives, cells);
  if (idle.length > 0)
    throw new UserError('usage', idle.join('\n'), 'No load was sent. bench list shows the operations.');
  refuseIdleTwins(config, cells, api?.operations);
  noteFewDigits(cells, operations, observe);
  noteUnwatched(config, cells, observe);
  return cells;
}
