import type { VerdictState } from '../model/finding.js';
import type { CellRecord } from '../model/run-record.js';

/** A cell before its judgement. */
export type UnjudgedCell = Omit<CellRecord, 'verdict'>;

/** What a rule says of a cell: why its figures are not simply to be trusted. */
export interface CellRule {
  readonly id: string;
  /** INVALID is for the generator's own fault alone; SUSPECT never changes the exit code. */
  readonly state: Exclude<VerdictState, 'VALID'>;
  /** What to do about it. */
  readonly remedy: string;
  /** What was seen in this cell, or undefined when the rule does not apply. */
  readonly explain: (cell: UnjudgedCell) => string | undefined;
}
