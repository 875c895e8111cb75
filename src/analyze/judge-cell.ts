import type { Reason, Verdict } from '../model/verdict.js';
import type { JudgedRun, UnjudgedCell } from './cell-rule.js';
import { cellRules } from './rules/index.js';

/** The worst state that any rule finds, with all reasons; `known` is what the run itself has to say. */
export function judgeCell(cell: UnjudgedCell, run: JudgedRun, known: readonly Reason[] = []): Verdict {
  const found = cellRules.flatMap(({ id, state, explain }) => {
    const explanation = explain(cell, run);
    return explanation === undefined ? [] : [{ id, state, ...explanation }];
  });
  const reasons = [...known, ...found];
  if (reasons.length === 0) return { state: 'VALID', reasons };
  return { state: found.some(({ state }) => state === 'INVALID') ? 'INVALID' : 'SUSPECT', reasons };
}
