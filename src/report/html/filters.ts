import type { CellRecord } from '../../model/results/cell-record.js';
import { MOST_ROWS_AT_FIRST, rowCount } from './cells-table.js';
import { caseNamesOf, loadsOf, workerCountsOf } from '../load-words.js';
import { html, NOTHING, type Markup } from './markup.js';
import { shownName } from '../shown-text.js';
import { countVerdicts } from '../verdict-words.js';

/** Controls of the table of cells; the page's script shows them, as they need it. */
export function filters(cells: readonly CellRecord[]): Markup {
  const verdicts = Object.entries(countVerdicts(cells)).filter(([, count]) => count > 0);
  return html`<form class="filters" id="filters" role="search" aria-label="Filter the cells" hidden>
    <label
      >Find
      <input
        type="search"
        name="text"
        placeholder="part of a name or path"
        autocomplete="off"
        spellcheck="false"
    /></label>
    ${choice(
      'verdict',
      'Verdict',
      verdicts.map(([state]) => ({ value: state, text: state })),
    )}
    ${choice(
      'load',
      'Load',
      loadsOf(cells).map((load) => ({ value: load, text: load })),
    )}
    ${choice(
      'workers',
      'Workers',
      workerCountsOf(cells).map((workers) => ({ value: String(workers), text: String(workers) })),
    )}
    ${choice(
      'case',
      'Case',
      caseNamesOf(cells).map((name) => ({ value: name, text: shownName(name) })),
    )}
    <output name="shown" aria-live="polite"></output>
    ${
      rowCount(cells) > MOST_ROWS_AT_FIRST
        ? html`<button type="button" name="all" data-first="${MOST_ROWS_AT_FIRST}">Show all</button>`
        : NOTHING
    }
  </form>`;
}

interface Option {
  readonly value: string;
  readonly text: string;
}

/** Nothing when there is nothing to choose. */
function choice(name: string, label: string, options: readonly Option[]): Markup {
  if (options.length < 2) return NOTHING;
  return html`<label
    >${label}
    <select name="${name}">
      <option value="">all</option>
      ${options.map(({ value, text }) => html`<option value="${value}">${text}</option>`)}
    </select></label
  >`;
}
