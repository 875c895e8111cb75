import type { VerdictState } from '../../model/results/verdict.js';
import type { ChangeVerdict } from '../../model/results/comparison.js';
import { html, type Markup } from './markup.js';

const MARKS: Readonly<Record<VerdictState, string>> = { VALID: '✓', SUSPECT: '▲', INVALID: '✕' };

/** A verdict as shape and word; the colour only repeats them. */
export function verdictMark(state: VerdictState): Markup {
  return html`<span class="mark ${state.toLowerCase()}"
    ><span aria-hidden="true">${MARKS[state]}</span> ${state}</span
  >`;
}

const CHANGE_MARKS: Readonly<Record<ChangeVerdict, string>> = {
  REGRESSED: '✕',
  SUSPECT: '▲',
  INCONCLUSIVE: '?',
  IMPROVED: '✓',
  UNCHANGED: '=',
};

/** What is said of a change, in the same way; `null` = it is not judged. */
export function changeMark(verdict: ChangeVerdict | null): Markup {
  if (verdict === null) return html`<span class="mark">not judged</span>`;
  return html`<span class="mark ${verdict.toLowerCase()}"
    ><span aria-hidden="true">${CHANGE_MARKS[verdict]}</span> ${verdict}</span
  >`;
}
