import { idleTwins } from '../../analyze/twins/idle-twins.js';
import { UserError } from '../../kernel/errors.js';
import { oneLine } from '../../kernel/text.js';
import type { RunConfig } from '../../model/config/run-config.js';
import type { Api } from '../document/read-api.js';
import type { PlannedCell } from './plan-cells.js';

/** Throws where a report could not show the twins that are asked for. */
export function refuseIdleTwins(
  { twins }: RunConfig,
  cells: readonly PlannedCell[],
  operations: Api['operations'] | undefined,
): void {
  const idle = idleTwins(twins, cells, operations);
  if (idle.length > 0)
    throw new UserError(
      'usage',
      idle.map(oneLine).join('\n'),
      'No load was sent. bench list shows the operations.',
    );
}
