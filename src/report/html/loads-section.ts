import type { PageData } from '../../model/report/page-data.js';
import { html, type Markup } from './markup.js';

/** Where the page's script draws all figures across the loads of the cells. */
export function loadsSection({ across }: PageData): Markup {
  return html`<section id="rates" aria-labelledby="rates-title">
    <h2 id="rates-title">Across ${across?.name ?? 'loads'}</h2>
    <noscript
      ><p class="soft">
        The charts need the script of this page. The tables hold the same figures.
      </p></noscript
    >
    <div data-chart="rates"></div>
  </section>`;
}
