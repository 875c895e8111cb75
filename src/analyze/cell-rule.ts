import type { Reason, VerdictState } from '../model/verdict.js';
import type { CellRecord } from '../model/run-record.js';

/** A cell before its judgement. */
export type UnjudgedCell = Omit<CellRecord, 'verdict'>;

/** What of the run decides which advice is true. */
export interface JudgedRun {
  /** Whether bench started the target, so that its output is in the results directory. */
  readonly isTargetStarted: boolean;
  /** Of a request, counted from when it is due. */
  readonly timeoutMs: number;
}

/** What was seen in a cell, how bad it is, and what to do about that. */
type Explanation = Required<Omit<Reason, 'id' | 'state'>>;

/** What a rule says of a cell: why its figures are not simply to be trusted. */
export interface CellRule {
  readonly id: string;
  /** INVALID is for the generator's own fault alone; SUSPECT never changes the exit code. */
  readonly state: Exclude<VerdictState, 'VALID'>;
  /** Undefined when the rule does not apply. */
  readonly explain: (cell: UnjudgedCell, run: JudgedRun) => Explanation | undefined;
}
