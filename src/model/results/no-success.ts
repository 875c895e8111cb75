import type { CellRecord } from './cell-record.js';

/** The finding that says so. */
export const NO_SUCCESS = 'no-success';

type Ended = Pick<CellRecord, 'counts' | 'verdict'>;

/**
 * Whether no request succeeded in any cell that is not INVALID. Not so of a run in which all are: then the generator
 * was the limit, and nothing is known of the target.
 */
export function nothingSucceeded(cells: readonly Ended[]): boolean {
  const trusted = cells.filter(({ verdict }) => verdict.state !== 'INVALID');
  const planned = trusted.reduce((sum, { counts }) => sum + counts.planned, 0);
  return planned > 0 && trusted.every(({ counts }) => counts.succeeded === 0);
}
