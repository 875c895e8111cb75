import type { JudgedRun } from '../model/results/judged-run.js';
import type { Verdict } from '../model/results/verdict.js';
import type { UnjudgedCell } from '../model/results/cell-record.js';
import { cellRules } from './rules/index.js';

/** The worst state that any rule finds, with all reasons. */
export function judgeCell(cell: UnjudgedCell, run: JudgedRun): Verdict {
  const reasons = cellRules.flatMap(({ id, state, explain }) => {
    const explanation = explain(cell, run);
    return explanation === undefined ? [] : [{ id, state, ...explanation }];
  });
  if (reasons.length === 0) return { state: 'VALID', reasons };
  return { state: reasons.some(({ state }) => state === 'INVALID') ? 'INVALID' : 'SUSPECT', reasons };
}
