import type { Report } from '../../model/report/report.js';
import { caseTables } from '../case-tables.js';
import { html, NOTHING, type Markup } from './markup.js';
import { sideBySide } from './side-by-side.js';

/** The resource cases of a run, side by side; nothing where it has none to compare. */
export function casesSection(report: Report): Markup {
  const tables = caseTables(report);
  if (tables.length === 0) return NOTHING;
  return html`<section id="cases" aria-labelledby="cases-title">
    <h2 id="cases-title">Resource cases</h2>
    <p class="soft">
      The same load on a target that may use more or less, and in brackets what a figure is of that in the
      first case. Percentages in the first column are the share of the requests that were answered within the
      time. Throttled: stopped for the rest of a period, since its cores were used up.
    </p>
    ${tables.map(sideBySide)}
  </section>`;
}
