import { startsSizing, type GridLoad } from '../../model/report/grid-load.js';
import { sizingKey, sizingsOf } from '../../model/results/sizing.js';
import { tellingText } from '../sizing-words.js';
import { passedUnder, rowsWithin, type MatrixRow, type ObjectiveMatrix } from '../objective-matrix.js';
import { currentWords, stateWord } from '../objective-words.js';
import { NOT_KNOWN } from '../table-model.js';
import { anchorOf, breakableName, html, NOTHING, type Markup } from './markup.js';

const MOST_ROWS = 100;

/** Objectives under each load; what did not pass says so in words, and each leads to its cell. */
export function matrixMarkup(matrix: ObjectiveMatrix): Markup {
  const { shown, left } = rowsWithin(matrix.rows, MOST_ROWS);
  return html`<p class="soft">
      The current value under each load${matrix.hasRepeats ? ', worst of the repeats' : ''}.
    </p>
    <div class="scroll" role="region" aria-label="Table of objectives and loads" tabindex="0">
      <table class="objectives">
        <thead>
          ${headings(matrix)}
        </thead>
        <tbody>
          ${shown.map((row) => rowOf(row, matrix))}
        </tbody>
        <tfoot>
          ${totals(matrix)}
        </tfoot>
      </table>
    </div>
    ${left === '' ? NOTHING : html`<p class="soft">${left}.</p>`}`;
}

function headings(matrix: ObjectiveMatrix): Markup {
  const { loads, hasEndpoints } = matrix;
  const names = html`<tr>
    <th scope="col" class="name">Objective</th>
    ${hasEndpoints ? html`<th scope="col" class="name">Endpoint</th>` : NOTHING}
    ${loads.map((load) => html`<th scope="col" ${groupMark(load, matrix)}>${load.name}</th>`)}
  </tr>`;
  const sizings = sizingsOf(loads);
  if (sizings.length < 2) return names;
  const sizingOf = tellingText(sizings);
  return html`<tr>
      <td colspan="${hasEndpoints ? 2 : 1}"></td>
      ${sizings.map((sizing) => {
        const members = loads.filter((load) => sizingKey(load) === sizingKey(sizing));
        return html`<th scope="colgroup" colspan="${members.length}">${sizingOf(sizing)}</th>`;
      })}
    </tr>
    ${names}`;
}

function rowOf(row: MatrixRow, matrix: ObjectiveMatrix): Markup {
  return html`<tr>
    <th scope="row" class="name">${breakableName(row.objective.text)}</th>
    ${matrix.hasEndpoints ? html`<th scope="row" class="name">${breakableName(row.endpoint)}</th>` : NOTHING}
    ${matrix.loads.map((load) => fieldOf(row, load, matrix))}
  </tr>`;
}

function fieldOf({ objective, byLoad }: MatrixRow, load: GridLoad, matrix: ObjectiveMatrix): Markup {
  const outcome = byLoad.get(load.key);
  if (!outcome) return html`<td ${groupMark(load, matrix)}>${NOT_KNOWN}</td>`;
  const { state, cell } = outcome;
  const first = isFirst(load, matrix) ? ' first' : '';
  return html`<td class="${state}${first}">
    <a href="#${anchorOf(cell)}">${currentWords(outcome, objective)}</a> ${stateWord(state)}
  </td>`;
}

function totals(matrix: ObjectiveMatrix): Markup {
  const { loads, rows, hasEndpoints } = matrix;
  return html`<tr>
    <th scope="row" class="name" colspan="${hasEndpoints ? 2 : 1}">Passed</th>
    ${loads.map((load) => html`<td ${groupMark(load, matrix)}>${passedUnder(load, rows)}</td>`)}
  </tr>`;
}

function groupMark(load: GridLoad, matrix: ObjectiveMatrix): Markup {
  return isFirst(load, matrix) ? html`class="first"` : NOTHING;
}

function isFirst(load: GridLoad, { loads }: ObjectiveMatrix): boolean {
  return startsSizing(load, loads);
}
