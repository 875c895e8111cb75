import { COMPARED_COLUMNS, type ComparisonRow, type ComparisonTable } from '../comparison-model.js';
import type { ShownMetric } from '../change-words.js';
import { shownName, shownText } from '../shown-text.js';
import { breakableName, html, NOTHING, type Markup } from './markup.js';
import { changeMark, verdictMark } from './verdict-mark.js';

/** All tables of a comparison; each endpoint leads to its place in the list of pairs. */
export function comparisonSection(tables: readonly ComparisonTable[]): Markup {
  let position = 0;
  const numbered = tables.map((table) => {
    const first = position;
    position += table.rows.length;
    return tableOf(table, first);
  });
  return html`<section id="tables" aria-labelledby="tables-title">
    <h2 id="tables-title">Every cell</h2>
    <p class="soft">
      A → B, and below it the change. ≥ and ≤ mark what is only a bound, since some requests never ended; × is
      times as much, pt are percentage points, – is not known. <em>Change</em> is what is said of both sides
      together, <em>Measured</em> whether the figures of each can be trusted. The name of an endpoint leads to its curves.
    </p>
    ${numbered}
  </section>`;
}

function tableOf({ title, rows, notes }: ComparisonTable, first: number): Markup {
  return html`<h3>${shownText(title)}</h3>
    <div class="scroll cells comparison" role="region" aria-label="${shownText(title)}" tabindex="0">
      <table>
        <thead>
          <tr>
            <th scope="col" class="name">Endpoint</th>
            <th scope="col" class="verdict">Change</th>
            <th scope="col" class="verdict">Measured</th>
            ${COMPARED_COLUMNS.map(({ heading, unit }) => html`<th scope="col">${heading}<br />${unit}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows.map((row, at) => rowOf(row, first + at))}
        </tbody>
      </table>
    </div>
    ${
      notes.length === 0
        ? NOTHING
        : html`<ul class="table-notes">
            ${notes.map((note) => html`<li>${shownText(note)}</li>`)}
          </ul>`
    }`;
}

function rowOf({ name, method, path, outcome, verdicts, metrics }: ComparisonRow, position: number): Markup {
  const isDoubtful = verdicts.base === 'INVALID' || verdicts.candidate === 'INVALID';
  return html`<tr${isDoubtful ? html` class="doubtful"` : NOTHING}>
    <th scope="row" class="name"><a href="#pair-${position}" title="${shownName(`${method} ${path}`)}">${breakableName(name)}</a></th>
    <td class="verdict">${changeMark(outcome)}</td>
    <td class="verdict">${verdictsOf(verdicts)}</td>
    ${metrics.map(metricCell)}
  </tr>`;
}

function verdictsOf({ base, candidate }: ComparisonRow['verdicts']): Markup {
  if (base === candidate) return verdictMark(base);
  return html`<span class="side">A ${verdictMark(base)}</span
    ><span class="side">B ${verdictMark(candidate)}</span>`;
}

function metricCell({ base, candidate, change, direction }: ShownMetric): Markup {
  return html`<td class="pair">
    <span class="figures">${base} → ${candidate}</span> <span class="change ${direction}">${change}</span>
  </td>`;
}
