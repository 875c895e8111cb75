import { plural } from '../../kernel/format.js';
import type { Reach } from '../../model/report/analysis.js';
import type { CellRecord } from '../../model/results/cell-record.js';
import type { Report } from '../../model/report/report.js';
import { noSuccessSentence } from '../no-success-words.js';
import { remediesFor } from '../table-model.js';
import { shownText } from '../shown-text.js';
import { anchorOf, html, NOTHING, type Markup } from './markup.js';
import { reachSentence, trustSentence, worstWords } from '../verdict-words.js';

const MOST_NAMED = 6;

/** What came of the run, in sentences: first whether it can be believed, then how far the target came. */
export function summary(report: Report): Markup {
  const { cells, analysis, remarks } = report;
  const records = cells.map(({ record }) => record);
  const conclusion = [noSuccessSentence(report), trustSentence(records)].filter((one) => one !== undefined);
  return html`<section id="summary" aria-labelledby="summary-title">
    <h2 id="summary-title" class="unseen">Summary</h2>
    ${remarks.length === 0 ? NOTHING : remarksOn(remarks)}
    <p class="verdict-line">${shownText(conclusion.join(' '))}</p>
    ${records.length === 0 ? NOTHING : reached(records, analysis.reach)} ${adviceFor(records)}
  </section>`;
}

function remarksOn(remarks: readonly string[]): Markup {
  return html`<div class="remarks" role="note">
    ${remarks.map((remark) => html`<p>${shownText(remark)}</p>`)}
  </div>`;
}

function reached(cells: readonly CellRecord[], reach: Reach): Markup {
  const worst = worstWords(reach, cells);
  const left = worst.length - MOST_NAMED;
  return html`<p class="lead">${reachSentence(cells, reach)}</p>
    ${
      worst.length === 0
        ? NOTHING
        : html`<ul class="behind">
            ${worst
              .slice(0, MOST_NAMED)
              .map(
                ({ subject, cellId, words }) =>
                  html`<li><a href="#${anchorOf(cellId)}">${subject}</a> ${words}</li>`,
              )}
            ${left > 0 ? html`<li>and ${plural(left, 'more endpoint')}: see the table</li>` : NOTHING}
          </ul>`
    }`;
}

function adviceFor(cells: readonly CellRecord[]): Markup {
  const remedies = remediesFor(cells);
  if (remedies.length === 0) return NOTHING;
  return html`<h3>What to do</h3>
    <dl class="advice">
      ${remedies.map(
        ({ id, remedy }) =>
          html`<div>
            <dt>${shownText(id)}</dt>
            <dd>${shownText(remedy)}</dd>
          </div>`,
      )}
    </dl>`;
}
