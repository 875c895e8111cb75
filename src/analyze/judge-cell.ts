import type { Reason, Verdict } from '../model/finding.js';
import type { UnjudgedCell } from './cell-rule.js';
import { cellRules } from './rules/index.js';

/** The worst state that any rule finds, with all reasons. */
export function judgeCell(cell: UnjudgedCell, known: readonly Reason[] = []): Verdict {
  const found = cellRules.flatMap(({ id, state, remedy, explain }) => {
    const message = explain(cell);
    return message === undefined ? [] : [{ state, reason: { id, message, remedy } }];
  });
  const states = found.map(({ state }) => state);
  const state = states.includes('INVALID')
    ? 'INVALID'
    : states.length + known.length > 0
      ? 'SUSPECT'
      : 'VALID';
  return { state, reasons: [...known, ...found.map(({ reason }) => reason)] };
}
