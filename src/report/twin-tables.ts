import { grouped } from '../kernel/grouped.js';
import type { FigureDefinition, FigureSource } from '../model/figures/figure.js';
import { figureById } from '../model/figures/index.js';
import { operationsOf } from '../model/figures/operation-figures.js';
import type { ComparedOperation } from '../model/report/analysis.js';
import { gridLoadOf } from '../model/report/grid-load.js';
import { medianFigure } from '../model/report/median-figure.js';
import type { Report } from '../model/report/report.js';
import type { CellRecord } from '../model/results/cell-record.js';
import { shownName } from './shown-text.js';
import {
  figureCell,
  NOT_KNOWN,
  plain,
  titleOf,
  verdictCell,
  type ResultTable,
  type TableCell,
} from './table-model.js';
import { ratioOf, ratioText } from './twin-ratio.js';

/** Two operations under one load, a figure in each row: left, right, and right ÷ left. */
export interface TwinTable extends ResultTable {
  /** What a reader must know of its figures. */
  readonly notes: readonly string[];
}

/** As `ab` calls them; a row of what is known of neither is left out. */
const ROWS: readonly (readonly [title: string, figure: string])[] = [
  ['Requests per second', 'achieved'],
  ['Mean response time, ms', 'mean'],
  ['50 %, ms', 'p50'],
  ['75 %, ms', 'p75'],
  ['90 %, ms', 'p90'],
  ['95 %, ms', 'p95'],
  ['99 %, ms', 'p99'],
  ['100 % (longest), ms', 'max'],
  ['Failures', 'failures'],
  ['Transfer rate, KB/s', 'transfer-rate'],
  ['CPU for each request, ms', 'cpu-per-request'],
];
const FIGURES = ROWS.map(([title, id]) => ({ title, figure: figureById(id) }));

export const RATIO = 'Right ÷ left';

/** Of each twin a table for each load that both of its operations were measured under. */
export function twinTables({ cells, analysis }: Report): TwinTable[] {
  const { pairs } = analysis.twins;
  if (pairs.length === 0) return [];
  const records = cells.map(({ record }) => record);
  const byOperation = grouped(records.flatMap(measuredIn), ({ operation }) => operation);
  const measuredOf = (one: ComparedOperation): Measured[] => byOperation.get(operationKey(one)) ?? [];
  return pairs.flatMap((twin) => {
    const lefts = grouped(measuredOf(twin.left), ({ cell }) => gridLoadOf(cell).key);
    const rights = grouped(measuredOf(twin.right), ({ cell }) => gridLoadOf(cell).key);
    return [...lefts].flatMap(([load, left]) => {
      const right = rights.get(load);
      return right === undefined
        ? []
        : tableOf({ of: twin.left, measured: left }, { of: twin.right, measured: right });
    });
  });
}

/** What one cell says of one operation. */
interface Measured {
  readonly operation: string;
  readonly cell: CellRecord;
  readonly source: FigureSource;
}

function measuredIn(cell: CellRecord): Measured[] {
  const mixed = operationsOf(cell);
  if (mixed.length > 0)
    return mixed.map((one) => ({ operation: operationKey(one), cell, source: one.source }));
  const [only, ...others] = cell.subject.operations;
  if (only === undefined || others.length > 0) return [];
  return [{ operation: operationKey(only), cell, source: cell }];
}

function operationKey({ method, path }: Pick<ComparedOperation, 'method' | 'path'>): string {
  return `${method} ${path}`;
}

/** One of two columns; repeats together. */
interface Side {
  readonly of: ComparedOperation;
  readonly measured: readonly Measured[];
}

function tableOf(left: Side, right: Side): TwinTable[] {
  const [first] = left.measured;
  if (first === undefined) return [];
  const repeats = new Set([left, right].flatMap(({ measured }) => measured.map(({ cell }) => cell.repeat)))
    .size;
  const title = [
    `${requestOf(left)} against ${requestOf(right)}`,
    titleOf(first.cell, false),
    ...(repeats > 1 ? [`medians of ${repeats} repeats`] : []),
  ].join(' · ');
  const [leftVerdict, rightVerdict] = [verdictCell(cellsOf(left)), verdictCell(cellsOf(right))];
  const isInvalid = [leftVerdict, rightVerdict].some(({ text }) => text === 'INVALID');
  return [
    {
      title,
      columns: [
        { heading: ['', ''], holds: 'words' },
        { heading: [shownName(left.of.name), ''], isForeign: true },
        { heading: [shownName(right.of.name), ''], isForeign: true },
        { heading: [RATIO, ''], holds: 'figures' },
      ],
      rows: [
        ...FIGURES.flatMap(({ title: name, figure }) => rowOf(name, figure, left, right, isInvalid)),
        [plain('Verdict'), leftVerdict, rightVerdict, plain('')],
      ],
      notes: [...(isInvalid ? [NO_RATIOS] : []), ...(first.cell === first.source ? [] : [OF_MIXTURE])],
    },
  ];
}

const NO_RATIOS = 'No ratios: INVALID figures say nothing of the target.';
const OF_MIXTURE = 'Both were asked in one mixture, where weights say how often each is asked.';

function requestOf({ of: { method, path } }: Side): string {
  return shownName(`${method} ${path}`);
}

function cellsOf({ measured }: Side): CellRecord[] {
  return measured.map(({ cell }) => cell);
}

function rowOf(
  title: string,
  figure: FigureDefinition,
  left: Side,
  right: Side,
  isInvalid: boolean,
): TableCell[][] {
  const [ofLeft, ofRight] = [shownOf(figure, left), shownOf(figure, right)];
  if (ofLeft.text === NOT_KNOWN && ofRight.text === NOT_KNOWN) return [];
  const ratio = isInvalid ? null : ratioOf(medianOf(figure, right), medianOf(figure, left));
  const isUnsure = [ofLeft, ofRight].some(({ text }) => text.startsWith('~'));
  const shown: TableCell =
    ratio === null
      ? plain(NOT_KNOWN)
      : {
          text: `${isUnsure ? '~' : ''}${ratioText(ratio)}`,
          tone: ratio.bound === 'exact' ? 'plain' : 'warning',
        };
  return [[plain(title), ofLeft, ofRight, shown]];
}

function shownOf(figure: FigureDefinition, side: Side): TableCell {
  const isMixture = side.measured.some(({ cell, source }) => cell !== source);
  return figureCell(figure, sourcesOf(side), isMixture ? null : cellsOf(side));
}

function medianOf(figure: FigureDefinition, side: Side): ReturnType<typeof medianFigure> {
  return medianFigure(sourcesOf(side).map((source) => figure.storedOf(source)));
}

function sourcesOf({ measured }: Side): FigureSource[] {
  return measured.map(({ source }) => source);
}
