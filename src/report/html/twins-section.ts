import type { Report } from '../../model/report/report.js';
import type { TableCell } from '../table-model.js';
import { twinTables, type TwinTable } from '../twin-tables.js';
import { breakableName, html, NOTHING, type Markup } from './markup.js';

/** Two operations that do the same, side by side; nothing where a run has no such pair. */
export function twinsSection(report: Report): Markup {
  const tables = twinTables(report);
  if (tables.length === 0) return NOTHING;
  return html`<section id="twins" aria-labelledby="twins-title">
    <h2 id="twins-title">Side by side</h2>
    <p class="soft">
      Two operations under the same load, and the figure at the right divided by that at the left. Percentages
      are the share of the requests that were answered within the time. ≥ and ≤ where the true ratio is at
      least or at most that, since some requests never ended.
    </p>
    ${tables.map(tableOf)}
  </section>`;
}

function tableOf({ title, columns, rows, notes }: TwinTable): Markup {
  return html`<h3>${title}</h3>
    <div class="scroll" role="region" aria-label="Table of ${title}" tabindex="0">
      <table>
        <thead>
          <tr>
            <td></td>
            ${columns.slice(1).map(({ heading: [name] }) => html`<th scope="col">${breakableName(name)}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows.map(rowOf)}
        </tbody>
      </table>
    </div>
    ${notes.map((note) => html`<p class="soft">${note}</p>`)}`;
}

function rowOf([name, ...figures]: readonly TableCell[]): Markup {
  return html`<tr>
    <th scope="row" class="name">${name?.text ?? ''}</th>
    ${figures.map(({ text }) => html`<td>${text}</td>`)}
  </tr>`;
}
