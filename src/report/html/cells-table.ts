import { requestWords } from '../../model/results/subject.js';
import { PAGE_GROUPS, type PageGroup } from '../../model/figures/figure.js';
import { figuresOf } from '../../model/figures/gauge-figures.js';
import {
  AGGREGATED,
  operationsOf,
  tabulated,
  type MixedOperation,
} from '../../model/figures/operation-figures.js';
import { figuresIn, type Shown } from '../../model/figures/index.js';
import { isClosedLoop, isSteady, loadName, loadTarget, sizeOf } from '../../model/loads/index.js';
import type { CellRecord } from '../../model/results/cell-record.js';
import { figureCell, figureOf, type TableCell } from '../table-model.js';
import { shownName } from '../shown-text.js';
import { anchorOf, breakableName, html, NOTHING, type Markup } from './markup.js';
import type { VariedConditions } from '../load-words.js';
import { verdictMark } from './verdict-mark.js';

/** One column of figures: heading, what it means, and the figure of a cell. */
interface Column {
  readonly heading: string;
  readonly meaning: string;
  of(cell: CellRecord): TableCell;
  ofOperation(operation: MixedOperation): TableCell;
}

interface ColumnGroup {
  readonly heading: PageGroup;
  readonly columns: readonly Column[];
}

const TARGET: Column = {
  heading: 'Target',
  meaning: 'the rate that was asked for',
  of: ({ load }) => ({ text: loadTarget(load), tone: 'plain' }),
  ofOperation: ({ source: { window } }) => ({ text: figureOf(window.plannedRps), tone: 'plain' }),
};

function columnGroups(cells: readonly CellRecord[]): ColumnGroup[] {
  const figures = tabulated(
    figuresIn('page', ([, place]) => place, figuresOf(cells)),
    cells,
  );
  return PAGE_GROUPS.map((heading) => ({
    heading,
    columns: [
      ...(heading === 'Rate, req/s' ? [TARGET] : []),
      ...figures.filter(({ page: [group] }) => group === heading).map(columnOf),
    ],
  })).filter(({ columns }) => columns.length > 0);
}

function columnOf(figure: Shown<'page'>): Column {
  const [, , heading, meaning] = figure.page;
  return {
    heading,
    meaning,
    of: (cell) => withoutPraise(figureCell(figure, [cell], [cell])),
    ofOperation: ({ source }) => withoutPraise(figureCell(figure, [source], null)),
  };
}

/** What is as it should be needs no colour among so many. */
function withoutPraise({ text, tone }: TableCell): TableCell {
  return { text, tone: tone === 'good' ? 'plain' : tone };
}

/** More than these scroll under their headings. */
const FEW_ROWS = 40;

/** Of more than these a browser with a script shows the first alone until asked: a thousand take it seconds to lay out. */
export const MOST_ROWS_AT_FIRST = 200;

/** How many rows the table has for these cells. */
export function rowCount(cells: readonly CellRecord[]): number {
  return cells.reduce((sum, { byOperation = [] }) => sum + 1 + byOperation.length, 0);
}

/** All cells, a row each, of a mixture also one for each operation before it, the names of the endpoints leading to what is known of the cell. */
export function cellsTable(cells: readonly CellRecord[], varied: VariedConditions): Markup {
  const groups = columnGroups(cells);
  const rows = rowCount(cells);
  return html`<div
    class="scroll cells${rows > FEW_ROWS ? ' long' : ''}${rows > MOST_ROWS_AT_FIRST ? ' short' : ''}"
    role="region"
    aria-label="Table of all cells"
    tabindex="0"
  >
    <table id="cells">
      <thead>
        <tr>
          <td colspan="${2 + count(varied)}"></td>
          ${groups.map(
            ({ heading, columns }) => html`<th scope="colgroup" colspan="${columns.length}">${heading}</th>`,
          )}
        </tr>
        <tr>
          <th scope="col" class="name">Endpoint</th>
          <th scope="col" class="verdict" title="whether the figures can be trusted">Verdict</th>
          ${varied.workers ? html`<th scope="col" title="worker processes of the target">Workers</th>` : NOTHING}
          ${varied.cases ? html`<th scope="col" class="words" title="what the target may use">Case</th>` : NOTHING}
          ${varied.repeats ? html`<th scope="col" title="which time it was measured">Repeat</th>` : NOTHING}
          ${groups.map(({ columns }) => html`${columns.map(headingOf)}`)}
        </tr>
      </thead>
      <tbody>
        ${cells.flatMap((cell) => rowsOf(cell, varied, groups))}
      </tbody>
    </table>
  </div>`;
}

function count({ workers, cases, repeats }: VariedConditions): number {
  return Number(workers) + Number(cases) + Number(repeats);
}

function headingOf({ heading, meaning }: Column, at: number): Markup {
  return html`<th scope="col" ${at === 0 ? html` class="first"` : NOTHING} title="${meaning}">
    ${heading}
  </th>`;
}

/** What a row shows beside what it shares with all rows of its cell. */
interface Row {
  readonly name: string;
  readonly asked: string;
  readonly isCell: boolean;
  readonly of: (column: Column) => TableCell;
}

function rowsOf(cell: CellRecord, varied: VariedConditions, groups: readonly ColumnGroup[]): Markup[] {
  const operations = operationsOf(cell);
  const { id, operations: asked } = cell.subject;
  const rows = [
    ...operations.map((operation): Row => ({
      name: operation.id,
      asked: `${operation.method} ${operation.path}`,
      isCell: false,
      of: (column) => column.ofOperation(operation),
    })),
    {
      name: operations.length > 0 ? AGGREGATED : id,
      asked: asked.length > 1 ? `${id}: ${requestWords(cell.subject)}` : requestWords(cell.subject),
      isCell: true,
      of: (column: Column) => column.of(cell),
    },
  ];
  return rows.map((row) => drawnRow(row, cell, varied, groups));
}

function drawnRow(
  { name, asked, isCell, of }: Row,
  cell: CellRecord,
  varied: VariedConditions,
  groups: readonly ColumnGroup[],
): Markup {
  const { workers, case: limits, repeat, load, verdict, id } = cell;
  return html`<tr${isCell ? html` id="${anchorOf(id)}"` : NOTHING}
    data-verdict="${verdict.state}"
    data-load="${loadName(load)}"
    data-workers="${workers}"${limits === undefined ? NOTHING : html` data-case="${limits.name}"`}
  >
    <th scope="row" class="name">
      <a href="#${anchorOf(id)}" title="${shownName(asked)}">${breakableName(name)}</a>
    </th>
    <td class="verdict">${isCell ? verdictMark(verdict.state) : NOTHING}</td>
    ${
      varied.workers ? html`<td>${workers}</td>` : NOTHING
    }${varied.cases ? html`<td class="words">${shownName(limits?.name ?? 'no limits')}</td>` : NOTHING}${varied.repeats ? html`<td>${repeat}</td>` : NOTHING}${{ markup: figures(of, cell, groups) }}
  </tr>`;
}

function figures(of: Row['of'], cell: CellRecord, groups: readonly ColumnGroup[]): string {
  return groups
    .map(({ columns }) =>
      columns.map((each, at) => drawnCell(of(each), at === 0, sortKeyOf(each, cell)).markup).join(''),
    )
    .join('');
}

/** Where the text of a figure is no number: the highest of several rates. */
function sortKeyOf(column: Column, { load }: CellRecord): number | null {
  return column === TARGET && (!isSteady(load) || isClosedLoop(load)) ? sizeOf(load) : null;
}

function drawnCell({ text, tone }: TableCell, isFirst: boolean, sortKey: number | null): Markup {
  const classes = [isFirst ? 'first' : '', tone === 'plain' ? '' : tone]
    .filter((name) => name !== '')
    .join(' ');
  return html`<td${classes === '' ? NOTHING : html` class="${classes}"`}${
    sortKey === null ? NOTHING : html` data-sort="${sortKey}"`
  }>${text}</td>`;
}
