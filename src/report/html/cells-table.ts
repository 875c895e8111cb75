import { formatMebibytes, percent } from '../../kernel/format.js';
import { highestRateOf, isSteady, loadName, loadTarget } from '../../model/loads/index.js';
import { LEAST_FOR_P99 } from '../../model/verdict.js';
import type { CellRecord } from '../../model/run-record.js';
import {
  achievedCell,
  figureOf,
  latencyCell,
  NOT_KNOWN,
  successTone,
  type TableCell,
} from '../table-model.js';
import { shownName } from '../shown-text.js';
import { anchorOf, breakableName, html, NOTHING, type Markup } from './markup.js';
import type { VariedConditions } from '../load-words.js';
import { verdictMark } from './verdict-mark.js';

/** One column of figures: heading, what it means, and the figure of a cell. */
interface Column {
  readonly heading: string;
  readonly meaning: string;
  of(cell: CellRecord): TableCell;
}

interface ColumnGroup {
  readonly heading: string;
  readonly columns: readonly Column[];
}

const COLUMN_GROUPS: readonly ColumnGroup[] = [
  {
    heading: 'Rate, req/s',
    columns: [
      column('Target', 'the rate that was asked for', ({ load }) => plain(loadTarget(load))),
      column('Achieved', 'successes per second; marked unless the target keeps up', achievedCell),
      column('OK %', 'share of the planned requests that succeeded', success),
    ],
  },
  {
    heading: 'Response time, ms',
    columns: [
      column('p50', 'half of all planned requests took at most this long', latencyOf('response', 'p50')),
      column('Mean', 'mean of all planned requests', latencyOf('response', 'mean')),
      column('p95', '95 % took at most this long', latencyOf('response', 'p95')),
      column('p99', '99 % took at most this long; ~ where there are too few requests to be sure', p99),
      column('Max', 'the longest', latencyOf('response', 'max')),
    ],
  },
  {
    heading: 'Send lag, ms',
    columns: [
      column('p50', 'how late the generator itself was: median', latencyOf('sendLag', 'p50')),
      column('p99', 'how late the generator itself was: 99th percentile', latencyOf('sendLag', 'p99')),
      column('Max', 'how late the generator itself was at worst', latencyOf('sendLag', 'max')),
    ],
  },
  {
    heading: 'Target process',
    columns: [
      column('CPU %', 'mean of the process tree, 100 = one core', cpuPercent),
      column('CPU ms/req', 'CPU time for each answer', cpuForRequest),
      column('MB', 'mean resident memory of the process tree', memory),
    ],
  },
];

/** More than these scroll under their headings. */
const FEW_ROWS = 40;

/** Of more than these a browser with a script shows the first alone until asked: a thousand take it seconds to lay out. */
export const MOST_ROWS_AT_FIRST = 200;

/** All cells, a row each, the names of the endpoints leading to what is known of the cell. */
export function cellsTable(cells: readonly CellRecord[], varied: VariedConditions): Markup {
  return html`<div
    class="scroll cells${cells.length > FEW_ROWS ? ' long' : ''}${cells.length > MOST_ROWS_AT_FIRST ? ' short' : ''}"
    role="region"
    aria-label="Table of all cells"
    tabindex="0"
  >
    <table id="cells">
      <thead>
        <tr>
          <td colspan="${2 + count(varied)}"></td>
          ${COLUMN_GROUPS.map(
            ({ heading, columns }) => html`<th scope="colgroup" colspan="${columns.length}">${heading}</th>`,
          )}
        </tr>
        <tr>
          <th scope="col" class="name">Endpoint</th>
          <th scope="col" class="verdict" title="whether the figures can be trusted">Verdict</th>
          ${varied.workers ? html`<th scope="col" title="worker processes of the target">Workers</th>` : NOTHING}
          ${varied.repeats ? html`<th scope="col" title="which time it was measured">Repeat</th>` : NOTHING}
          ${COLUMN_GROUPS.map(({ columns }) => html`${columns.map(headingOf)}`)}
        </tr>
      </thead>
      <tbody>
        ${cells.map((cell) => rowOf(cell, varied))}
      </tbody>
    </table>
  </div>`;
}

function count({ workers, repeats }: VariedConditions): number {
  return Number(workers) + Number(repeats);
}

function headingOf({ heading, meaning }: Column, at: number): Markup {
  return html`<th scope="col" ${at === 0 ? html` class="first"` : NOTHING} title="${meaning}">
    ${heading}
  </th>`;
}

function rowOf(cell: CellRecord, varied: VariedConditions): Markup {
  const { operation, workers, repeat, load, verdict, id } = cell;
  return html`<tr
    id="${anchorOf(id)}"
    data-verdict="${verdict.state}"
    data-load="${loadName(load)}"
    data-workers="${workers}"
  >
    <th scope="row" class="name">
      <a href="#${anchorOf(id)}" title="${shownName(`${operation.method} ${operation.path}`)}"
        >${breakableName(operation.id)}</a
      >
    </th>
    <td class="verdict">${verdictMark(verdict.state)}</td>
    ${
      varied.workers ? html`<td>${workers}</td>` : NOTHING
    }${varied.repeats ? html`<td>${repeat}</td>` : NOTHING}${{ markup: figures(cell) }}
  </tr>`;
}

function figures(cell: CellRecord): string {
  return COLUMN_GROUPS.map(({ columns }) =>
    columns.map((each, at) => figureCell(each.of(cell), at === 0, sortKeyOf(each, cell)).markup).join(''),
  ).join('');
}

/** Where the text of a figure is no number: the highest of several rates. */
function sortKeyOf({ heading }: Column, { load }: CellRecord): number | null {
  return heading === 'Target' && !isSteady(load) ? highestRateOf(load) : null;
}

function figureCell({ text, tone }: TableCell, isFirst: boolean, sortKey: number | null): Markup {
  const classes = [isFirst ? 'first' : '', tone === 'plain' ? '' : tone]
    .filter((name) => name !== '')
    .join(' ');
  return html`<td${classes === '' ? NOTHING : html` class="${classes}"`}${
    sortKey === null ? NOTHING : html` data-sort="${sortKey}"`
  }>${text}</td>`;
}

function column(heading: string, meaning: string, of: Column['of']): Column {
  return { heading, meaning, of };
}

function plain(text: string): TableCell {
  return { text, tone: 'plain' };
}

function latencyOf(kind: 'response' | 'sendLag', name: 'p50' | 'mean' | 'p95' | 'p99' | 'max'): Column['of'] {
  return ({ latencyMs }) => latencyCell(latencyMs[kind], name);
}

function p99({ counts, latencyMs }: CellRecord): TableCell {
  const cell = latencyCell(latencyMs.response, 'p99');
  return counts.planned < LEAST_FOR_P99 ? { ...cell, text: `~${cell.text}` } : cell;
}

function success({ successRate }: CellRecord): TableCell {
  const tone = successTone(successRate);
  return { text: percent(successRate), tone: tone === 'good' ? 'plain' : tone };
}

function cpuPercent({ resources }: CellRecord): TableCell {
  return plain(resources ? resources.cpuPercent.mean.toFixed(0) : NOT_KNOWN);
}

function cpuForRequest({ resources }: CellRecord): TableCell {
  return plain(figureOf(resources?.cpuMsPerRequest ?? null));
}

function memory({ resources }: CellRecord): TableCell {
  return plain(resources ? formatMebibytes(resources.memoryBytes.mean) : NOT_KNOWN);
}
