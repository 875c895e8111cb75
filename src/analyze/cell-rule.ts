import type { JudgedRun } from '../model/results/judged-run.js';
import type { UnjudgedCell } from '../model/results/cell-record.js';
import type { Reason, VerdictState } from '../model/results/verdict.js';

/** What was seen in a cell, what to do about that, and how bad it is, where something tells cells apart. */
type Explanation = Required<Pick<Reason, 'message' | 'remedy'>> & Pick<Reason, 'severity'>;

/** What a rule says of a cell: why its figures are not simply to be trusted. */
export interface CellRule {
  readonly id: string;
  /** INVALID is for the generator's own fault alone; SUSPECT never changes the exit code. */
  readonly state: Exclude<VerdictState, 'VALID'>;
  /** Undefined when the rule does not apply, or the cell, of an older version, lacks what it asks for. */
  readonly explain: (cell: UnjudgedCell, run: JudgedRun) => Explanation | undefined;
}
