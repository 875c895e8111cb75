import { plural } from '../../kernel/format.js';
import type { Comparison } from '../../model/results/comparison.js';
import {
  isChanged,
  judgedCells,
  tellingJudgements,
  type JudgedCell,
  type ShownJudgement,
} from '../judged-changes.js';
import { breakableName, html, NOTHING, type Markup } from './markup.js';
import { changeMark } from './verdict-mark.js';

const MOST_CHANGED = 100;

/** What is said of each cell: those that have changed, and folded the others. */
export function judgedSection(comparison: Comparison): Markup {
  const cells = judgedCells(comparison);
  if (cells.length === 0) return NOTHING;
  const changed = cells.filter(isChanged);
  const left = changed.length - MOST_CHANGED;
  const others = cells.filter((cell) => !isChanged(cell));
  return html`<section id="changes" aria-labelledby="changes-title">
    <h2 id="changes-title">What has changed</h2>
    ${changed.length === 0 ? html`<p>No cell is known to have changed.</p>` : judgedTable('Changed cells', changed.slice(0, MOST_CHANGED))}
    ${left > 0 ? html`<p class="soft">and ${plural(left, 'more cell')}, see the tables</p>` : NOTHING}
    ${
      others.length === 0
        ? NOTHING
        : html`<details>
            <summary>${plural(others.length, 'other cell')}</summary>
            ${judgedTable('Other cells', others)}
          </details>`
    }
  </section>`;
}

function judgedTable(title: string, cells: readonly JudgedCell[]): Markup {
  return html`<div class="scroll" role="region" aria-label="${title}" tabindex="0">
    <table class="judged">
      <thead>
        <tr>
          <th scope="col" class="words">Cell</th>
          <th scope="col" class="words">Verdict</th>
          <th scope="col" class="words">Figure</th>
          <th scope="col">A → B</th>
          <th scope="col">Change</th>
          <th scope="col">Interval</th>
          <th scope="col" class="words">Note</th>
        </tr>
      </thead>
      ${cells.map(cellRows)}
    </table>
  </div>`;
}

function cellRows(cell: JudgedCell): Markup {
  const judgements = tellingJudgements(cell);
  const head = html`<th scope="rowgroup" class="words" rowspan="${Math.max(1, judgements.length)}">
      <a href="#pair-${cell.position}">${breakableName(cell.name)}</a>
    </th>
    <td class="words verdict" rowspan="${Math.max(1, judgements.length)}">${changeMark(cell.outcome)}</td>`;
  if (judgements.length === 0)
    return html`<tbody>
      <tr>
        ${head}
        <td class="words" colspan="5">${cell.note}</td>
      </tr>
    </tbody>`;
  return html`<tbody>
    ${judgements.map(
      (one, at) =>
        html`<tr>
          ${at === 0 ? head : NOTHING} ${figureCells(one, at === 0 ? cell.note : '')}
        </tr>`,
    )}
  </tbody>`;
}

function figureCells(one: ShownJudgement, cellNote: string): Markup {
  const { title, figures, change, interval, verdict, isPrimary, note } = one;
  const notes = [cellNote, note, isPrimary ? '' : 'does not decide'].filter(Boolean).join('; ');
  return html`<td class="words">${title}</td>
    <td>${figures}</td>
    <td><span class="change ${(verdict ?? 'none').toLowerCase()}">${change}</span></td>
    <td>${interval}</td>
    <td class="words">${notes}</td>`;
}
