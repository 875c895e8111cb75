import type { ResultTable, TableCell } from '../table-model.js';
import { breakableName, html, type Markup } from './markup.js';

/** A table of figures in rows, with what is compared in its columns. */
export function sideBySide({
  title,
  columns,
  rows,
  notes,
}: ResultTable & { readonly notes: readonly string[] }): Markup {
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
