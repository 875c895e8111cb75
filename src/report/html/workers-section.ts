import type { Report } from '../../model/report/report.js';
import type { TableCell } from '../table-model.js';
import { workerTable } from '../worker-table.js';
import { breakableName, html, NOTHING, type Markup } from './markup.js';

/** How the load was spread over the workers of the target; nothing where no cell had several. */
export function workersSection(report: Report): Markup {
  const table = workerTable(report);
  if (table === null) return NOTHING;
  return html`<section id="workers" aria-labelledby="workers-title">
    <h2 id="workers-title">${table.title}</h2>
    <p class="soft">
      CPU time of each worker in per cent of what the target used, and the connections that it held, the
      busiest worker first. 1.00 = all did the same.
    </p>
    <div class="scroll" role="region" aria-label="Table of the workers" tabindex="0">
      <table>
        <thead>
          <tr>
            ${table.columns.map(
              ({ heading, holds }, at) =>
                html`<th scope="col" class="${classOf(at, holds)}">${heading.join(' ').trim()}</th>`,
            )}
          </tr>
        </thead>
        <tbody>
          ${table.rows.map(
            ([name, ...others]) =>
              html`<tr>
                <th scope="row" class="name">${breakableName(name?.text ?? '')}</th>
                ${others.map((cell, at) => dataCell(cell, classOf(at + 1, table.columns[at + 1]?.holds)))}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    ${table.notes.map((note) => html`<p>${note}</p>`)}
  </section>`;
}

function classOf(at: number, holds: string | undefined): string {
  return at === 0 ? 'name' : holds === 'words' ? 'words' : '';
}

function dataCell({ text, tone }: TableCell, kind: string): Markup {
  return html`<td class="${[kind, tone === 'plain' ? '' : tone].join(' ').trim()}">${text}</td>`;
}
