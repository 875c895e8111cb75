import type { CellRecord } from '../../model/results/cell-record.js';
import { databaseDetailTables, databaseTables } from '../database-tables.js';
import { contentOf, type ResultTable } from '../table-model.js';
import { breakableName, html, NOTHING, type Markup } from './markup.js';

/** The databases that were looked at while the load ran; nothing where there were none. */
export function databasesSection(cells: readonly CellRecord[]): Markup {
  const tables = [...databaseTables(cells), ...databaseDetailTables(cells)];
  if (tables.length === 0) return NOTHING;
  return html`<section id="databases" aria-labelledby="databases-title">
    <h2 id="databases-title">Databases</h2>
    <p class="soft">
      Read every half second, through a connection of its own that is not counted. Sessions of PostgreSQL
      report what they have done once a second, so its counts are those of a window up to a second earlier.
    </p>
    ${tables.map(tableOf)}
  </section>`;
}

function tableOf({ title, columns, rows }: ResultTable): Markup {
  const classes = columns.map((_, at) => CLASS[contentOf(columns, at)]);
  return html`<h3>${title}</h3>
    <div class="scroll" role="region" aria-label="Table: ${title}" tabindex="0">
      <table>
        <thead>
          <tr>
            ${columns.map(
              ({ heading: [name, unit] }, at) =>
                html`<th scope="col" class="${classes[at] ?? ''}">
                  ${unit === '' ? name : `${name}, ${unit}`}
                </th>`,
            )}
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            ([name, ...others]) =>
              html`<tr>
                <th scope="row" class="name">${breakableName(name?.text ?? '')}</th>
                ${others.map(({ text }, at) => html`<td class="${classes[at + 1] ?? ''}">${text}</td>`)}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
}

const CLASS = { names: 'name', words: 'words', figures: 'figure' } as const;
