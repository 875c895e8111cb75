import { plural } from '../../kernel/format.js';
import { withoutSteering } from '../../kernel/text.js';
import type { CellRecord } from '../../model/results/cell-record.js';
import { serverWordsIn, type ServerWords } from '../../model/results/server-words.js';
import { shownName, shownText } from '../shown-text.js';
import { html, NOTHING, type Markup } from './markup.js';

const MOST_SHOWN = 20;

/** What the server said of requests that failed; each unfolds to the answer that said it. */
export function serverAnswers(cells: readonly CellRecord[]): Markup {
  const said = serverWordsIn(cells);
  if (said.length === 0) return NOTHING;
  const left = said.length - MOST_SHOWN;
  return html`<h3>What the server said</h3>
    <ul class="reasons">
      ${said.slice(0, MOST_SHOWN).map(answerOf)}
    </ul>
    ${left > 0 ? html`<p class="soft">and ${plural(left, 'more answer')}: see results.json</p>` : NOTHING}`;
}

function answerOf({ message, kind, asked, count, answer }: ServerWords): Markup {
  const { contentType, body, bodyBytes, isCut } = answer;
  const type = contentType === null ? '' : `${shownName(contentType)}, `;
  const cut = isCut ? ', cut' : '';
  return html`<li>
    <details>
      <summary>
        “${shownText(message)}”: one of ${count} × ${shownName(kind)}, <code>${shownName(asked)}</code>
      </summary>
      <p class="soft">${type}${plural(bodyBytes, 'byte')}${cut}</p>
      <pre>${withoutSteering(body ?? '')}</pre>
    </details>
  </li>`;
}
