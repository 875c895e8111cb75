import type { Report } from '../../model/report/report.js';
import { twinTables } from '../twin-tables.js';
import { html, NOTHING, type Markup } from './markup.js';
import { sideBySide } from './side-by-side.js';

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
    ${tables.map(sideBySide)}
  </section>`;
}
