import { plural } from '../../kernel/format.js';
import type { CellRecord } from '../../model/results/cell-record.js';
import { groupedReasons, type ReasonGroup } from '../grouped-reasons.js';
import { latencyCell, NOT_KNOWN } from '../table-model.js';
import { shownName, shownText } from '../shown-text.js';
import { anchorOf, html, NOTHING, type Markup } from './markup.js';
import { serverAnswers } from './server-answers.js';
import type { VariedConditions } from '../load-words.js';
import { verdictMark } from './verdict-mark.js';
import { cellName } from '../verdict-words.js';

/** Read by people: what is beyond is in the details of each cell. */
const MOST_SHOWN = 100;

/** Why cells are not simply to be trusted. */
export function reasons(cells: readonly CellRecord[], varied: VariedConditions): Markup {
  const groups = groupedReasons(cells);
  if (groups.length === 0) return NOTHING;
  return html`<section id="reasons" aria-labelledby="reasons-title">
    <h2 id="reasons-title">Why not all can be trusted</h2>
    <ul class="reasons">
      ${groups.map((group) => reasonOf(group, varied))}
    </ul>
  </section>`;
}

/** One reason in a line; the cells that it was found in unfold. */
function reasonOf(
  { id, state, cells, message, isWorstKnown }: ReasonGroup,
  varied: VariedConditions,
): Markup {
  const lead = cells.length === 1 ? '' : isWorstKnown ? 'at worst: ' : 'for example: ';
  return html`<li>
    <details>
      <summary>
        ${verdictMark(state)} <code>${shownName(id)}</code> in ${plural(cells.length, 'cell')}:
        ${lead}${shownText(message)}
      </summary>
      <ul>
        ${cells
          .slice(0, MOST_SHOWN)
          .map((cell) => html`<li><a href="#${anchorOf(cell.id)}">${cellName(cell, varied)}</a></li>`)}
      </ul>
      ${restOf(cells)}
    </details>
  </li>`;
}

/** Planned requests that did not succeed, by what became of them. */
export function failures(cells: readonly CellRecord[], varied: VariedConditions): Markup {
  const failed = cells.filter(({ counts }) => counts.succeeded < counts.planned);
  if (failed.length === 0) return NOTHING;
  return html`<section id="failures" aria-labelledby="failures-title">
    <h2 id="failures-title">What failed</h2>
    <div class="scroll" role="region" aria-label="Table of failures" tabindex="0">
      <table>
        <thead>
          <tr>
            <th scope="col" class="name">Cell</th>
            <th scope="col">Planned</th>
            <th scope="col">Succeeded</th>
            <th scope="col">Failed</th>
            <th scope="col">Timed out</th>
            <th scope="col">Dropped</th>
            <th scope="col">Unfinished</th>
            <th scope="col" title="median response time of all planned requests">p50, ms</th>
            <th scope="col" title="median response time of the successes alone">of successes</th>
            <th scope="col" class="words">Status codes</th>
            <th scope="col" class="words">Failures by kind</th>
          </tr>
        </thead>
        <tbody>
          ${failed.slice(0, MOST_SHOWN).map((cell) => failureRow(cell, varied))}
        </tbody>
      </table>
    </div>
    ${restOf(failed)}${serverAnswers(failed)}
  </section>`;
}

function failureRow(cell: CellRecord, varied: VariedConditions): Markup {
  const { id, counts, latencyMs, statusCodes, failures: kinds } = cell;
  const figures = [
    counts.planned,
    counts.succeeded,
    counts.failed,
    counts.timedOut,
    counts.dropped,
    counts.unfinished,
  ];
  return html`<tr>
    <th scope="row" class="name"><a href="#${anchorOf(id)}">${cellName(cell, varied)}</a></th>
    ${figures.map((figure) => html`<td>${figure}</td>`)}
    <td>${latencyCell(latencyMs.response, 'p50').text}</td>
    <td>${latencyMs.succeeded ? latencyCell(latencyMs.succeeded, 'p50').text : NOT_KNOWN}</td>
    <td class="words">${countedWords(statusCodes)}</td>
    <td class="words">${countedWords(kinds)}</td>
  </tr>`;
}

/** `200 × 599, 500 × 1`. */
export function countedWords(counts: Readonly<Record<string, number>>): string {
  const words = Object.entries(counts).map(([what, count]) => `${shownText(what)} × ${count}`);
  return words.length === 0 ? '–' : words.join(', ');
}

function restOf(cells: readonly CellRecord[]): Markup {
  const left = cells.length - MOST_SHOWN;
  return left > 0
    ? html`<p class="soft">and ${plural(left, 'more cell')}: open them in the table</p>`
    : NOTHING;
}
