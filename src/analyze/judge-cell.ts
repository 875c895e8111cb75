import type { Reason, Verdict, VerdictState } from '../model/finding.js';
import type { CellRecord } from '../model/run-record.js';
import { cellRules } from './rules/index.js';

/** A cell before its judgement. */
export type UnjudgedCell = Omit<CellRecord, 'verdict'>;

/** What a rule says of a cell: why its figures are not simply to be trusted. */
export interface CellRule {
  readonly id: string;
  /** INVALID is for the generator's own fault alone; SUSPECT never changes the exit code. */
  readonly state: Exclude<VerdictState, 'VALID'>;
  /** The message for this cell, or undefined when the rule does not apply. */
  readonly explain: (cell: UnjudgedCell) => string | undefined;
}

/** The worst state that any rule finds, with all reasons. */
export function judgeCell(cell: UnjudgedCell, known: readonly Reason[] = []): Verdict {
  const found = cellRules.flatMap(({ id, state, explain }) => {
    const message = explain(cell);
    return message === undefined ? [] : [{ state, reason: { id, message } }];
  });
  const states = found.map(({ state }) => state);
  const state = states.includes('INVALID')
    ? 'INVALID'
    : states.length + known.length > 0
      ? 'SUSPECT'
      : 'VALID';
  return { state, reasons: [...known, ...found.map(({ reason }) => reason)] };
}
