import { UserError } from '../../kernel/errors.js';
import type { Load } from '../../model/loads/index.js';
import type { CellRecord } from '../../model/results/cell-record.js';

const USERS = 16;
const SEARCH_MS = 3000;

/** Users without think time take from a target all that it can give. */
export const SEARCH_LOAD: Load = {
  ...{ kind: 'users', users: USERS, spawnRatePerSecond: 1000, durationMs: SEARCH_MS, think: null },
};

/** Of what the target can do: of these the highest is kept up with, and the others are low and medium beside it. */
const SHARES = [0.2, 0.45, 0.75];

/**
 * A low, a middle and a high rate for the slowest of the operations that were asked by `SEARCH_LOAD`. Throws `UserError`
 * where nothing succeeded.
 */
export function loadsBelow(cells: readonly CellRecord[], durationMs: number): Load[] {
  const lowest = Math.min(...cells.map(({ achievedRps }) => achievedRps));
  if (!(lowest > 0 && lowest < Infinity))
    throw new UserError(
      'run',
      'No rate could be found, as an operation had no successful answer.',
      'Name rates with --rates, or leave the operation out with --exclude; bench list --check tells which are accepted.',
    );
  return SHARES.map((share) => ({
    ...{ kind: 'constant-rate', ratePerSecond: rounded(share * lowest), durationMs, arrivals: 'constant' },
  }));
}

/** Two significant digits, and no request less than one a second. */
function rounded(ratePerSecond: number): number {
  return Math.max(1, Number(ratePerSecond.toPrecision(2)));
}
