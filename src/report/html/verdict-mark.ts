import type { VerdictState } from '../../model/results/verdict.js';
import { html, type Markup } from './markup.js';

const MARKS: Readonly<Record<VerdictState, string>> = { VALID: '✓', SUSPECT: '▲', INVALID: '✕' };

/** A verdict as shape and word; the colour only repeats them. */
export function verdictMark(state: VerdictState): Markup {
  return html`<span class="mark ${state.toLowerCase()}"
    ><span aria-hidden="true">${MARKS[state]}</span> ${state}</span
  >`;
}
