import { formatFigure, plural } from '../../kernel/format.js';
import { figureById } from '../../model/figures/index.js';
import { startsSizing, type GridLoad } from '../../model/report/grid-load.js';
import type { Report, ReportCell } from '../../model/report/report.js';
import { LEAST_ANSWERED_SHARE, LEAST_FOR_P99 } from '../../model/results/verdict.js';
import {
  achievedShare,
  hasTarget,
  keepsUp,
  medianOf,
  loadGrid,
  rankedSubjects,
  worstVerdict,
  type GridSubject,
  type LoadGrid,
} from '../../model/report/load-grid.js';
import { sizingKey } from '../../model/results/sizing.js';
import { tellingText } from '../sizing-words.js';
import { keepsUpWords } from '../keeps-up-words.js';
import { NOT_KNOWN } from '../table-model.js';
import { anchorOf, breakableName, html, NOTHING, trusted, type Markup } from './markup.js';

/** More than these are no glance. */
const MOST_FIELDS = 400;
const MOST_ROWS = 30;
const FEWEST_ROWS = 5;

/** The whole run in one table: each endpoint under each load, the worst endpoint first. */
export function atAGlance({ cells, analysis }: Report): Markup {
  const grid = loadGrid(cells);
  const ranked = rankedSubjects(grid, analysis.ranking).map(({ subject }) => subject);
  const most = Math.max(FEWEST_ROWS, Math.min(MOST_ROWS, Math.floor(MOST_FIELDS / grid.loads.length)));
  const left = ranked.length - most;
  return html`<section id="glance" aria-labelledby="glance-title">
    <h2 id="glance-title">At a glance</h2>
    <p class="soft">${legend(cells, grid.hasRepeats)}</p>
    <div class="scroll" role="region" aria-label="Table of endpoints and loads" tabindex="0">
      <table class="glance">
        <thead>
          ${headings(grid)}
        </thead>
        <tbody>
          ${ranked.slice(0, most).map((subject) => rowOf(subject, grid.loads))}
        </tbody>
      </table>
    </div>
    ${left > 0 ? html`<p class="soft">${plural(left, 'better endpoint')} below, in the table of all cells.</p>` : NOTHING}
  </section>`;
}

function legend(cells: readonly ReportCell[], hasRepeats: boolean): string {
  const sentences = [
    `p99 response time in ms${hasRepeats ? ', the median of the repeats' : ''}, the worst endpoint first.`,
    hasTarget(cells)
      ? `The bar is how much of the target rate was achieved, told in per cent where that is less than ${100 * LEAST_ANSWERED_SHARE} % or the target does not keep up.`
      : `The bar is the share of the requests that succeeded, told in per cent where that is less than ${100 * LEAST_ANSWERED_SHARE} %.`,
  ];
  const isUnknown = cells.some((cell) => hasTarget([cell]) && keepsUp([cell]) === null);
  const isDoubtful = cells.some(({ record }) => record.verdict.state === 'INVALID');
  return [
    ...sentences,
    ...(hasTooFew(cells) ? ['~ is of too few requests to be sure of it.'] : []),
    ...(isUnknown ? ['Grey: the window is too short to know whether the target keeps up.'] : []),
    ...(isDoubtful ? ['? belongs to an INVALID measurement.'] : []),
  ].join(' ');
}

function headings({ loads, sizings }: LoadGrid): Markup {
  const markOf = (load: GridLoad): Markup => (startsSizing(load, loads) ? html` class="first"` : NOTHING);
  const names = html`<tr>
    <th scope="col" class="name">Endpoint</th>
    ${loads.map((load) => html`<th scope="col" ${markOf(load)}>${load.name}</th>`)}
  </tr>`;
  if (sizings.length < 2) return names;
  const sizingOf = tellingText(sizings);
  return html`<tr>
      <td></td>
      ${sizings.map((sizing) => {
        const members = loads.filter((load) => sizingKey(load) === sizingKey(sizing));
        return html`<th scope="colgroup" colspan="${members.length}">${sizingOf(sizing)}</th>`;
      })}
    </tr>
    ${names}`;
}

function rowOf({ id, byLoad }: GridSubject, loads: readonly GridLoad[]): Markup {
  return html`<tr>
    <th scope="row" class="name">${breakableName(id)}</th>
    ${loads.map((load) => fieldOf(byLoad.get(load.key) ?? [], startsSizing(load, loads)))}
  </tr>`;
}

function fieldOf(cells: readonly ReportCell[], isFirst: boolean): Markup {
  const [cell] = cells;
  const first = isFirst ? ' first' : '';
  if (!cell) return html`<td class="unmeasured${first}">${NOT_KNOWN}</td>`;
  const share = shareOf(cells);
  const state = stateOf(cells, share);
  const isTold = share < LEAST_ANSWERED_SHARE || (hasTarget(cells) && keepsUp(cells) !== true);
  const told = isTold ? html`<small>${shareWords(share)}</small> ` : NOTHING;
  return html`<td class="${state}${first}" title="${titleOf(cells, cell)}">
    ${told}<a href="#${anchorOf(cell.record.id)}">${p99Of(cells)}</a>${bar(share)}
  </td>`;
}

/** Of the target rate what was achieved; without one, of the requests what succeeded. */
function shareOf(cells: readonly ReportCell[]): number {
  return hasTarget(cells) ? achievedShare(cells) : (medianOf(cells, figureById('success'))?.value ?? 0) / 100;
}

function titleOf(cells: readonly ReportCell[], { record }: ReportCell): string {
  const achieved = medianOf(cells, figureById('achieved'))?.value ?? 0;
  const { plannedRps } = record.window;
  const target = plannedRps === null ? '' : ` of ${formatFigure(plannedRps)}`;
  const rates = `${formatFigure(achieved)}${target}/s achieved`;
  const kept = hasTarget(cells) ? [keepsUpWords(keepsUp(cells))] : [];
  return [rates, ...kept, worstVerdict(cells)].join(', ');
}

type FieldState = 'kept' | 'behind' | 'far-behind' | 'unknown' | 'invalid';

const FAR_BEHIND = 0.5;

function stateOf(cells: readonly ReportCell[], share: number): FieldState {
  if (worstVerdict(cells) === 'INVALID') return 'invalid';
  const kept = !hasTarget(cells) || keepsUp(cells);
  if (kept === null) return 'unknown';
  if (kept && share >= LEAST_ANSWERED_SHARE) return 'kept';
  return share >= FAR_BEHIND ? 'behind' : 'far-behind';
}

function p99Of(cells: readonly ReportCell[]): string {
  const p99 = medianOf(cells, figureById('p99'));
  if (p99 === null) return NOT_KNOWN;
  const before = `${hasTooFew(cells) ? '~' : ''}${p99.isLowerBound ? '≥' : ''}`;
  return `${before}${formatFigure(p99.value)}${worstVerdict(cells) === 'INVALID' ? '?' : ''}`;
}

function hasTooFew(cells: readonly ReportCell[]): boolean {
  return cells.some(({ record }) => record.counts.planned < LEAST_FOR_P99);
}

function shareWords(share: number): string {
  return share > 0 && share < 0.01 ? '<1 %' : `${Math.floor(100 * share)} %`;
}

/** An image, since the page's policy lets no element carry a width of its own. */
function bar(share: number): Markup {
  const width = Math.round(100 * Math.min(1, share));
  return trusted(
    `<svg viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true"><rect width="100" height="1"/><rect width="${width}" height="1"/></svg>`,
  );
}
