import { coresInWords, percent } from '../kernel/format.js';
import { grouped } from '../kernel/grouped.js';
import { bytesInWords } from '../kernel/units.js';
import type { FigureDefinition } from '../model/figures/figure.js';
import { figureById } from '../model/figures/index.js';
import { loadTitle } from '../model/loads/index.js';
import { medianFigure } from '../model/report/median-figure.js';
import type { Report } from '../model/report/report.js';
import type { CellRecord } from '../model/results/cell-record.js';
import { throttledShare } from '../model/results/cpu-quota.js';
import { caseKey, sizingWords } from '../model/results/sizing.js';
import { requestWords, subjectKey } from '../model/results/subject.js';
import { shownName } from './shown-text.js';
import {
  figureCell,
  NOT_KNOWN,
  plain,
  verdictCell,
  type ResultTable,
  type TableCell,
} from './table-model.js';
import { ratioOf, ratioText } from './twin-ratio.js';

/** One endpoint or mixture under one load: a column for each resource case, with what it is of the first. */
export interface CaseTable extends ResultTable {
  /** What a reader must know of its figures. */
  readonly notes: readonly string[];
}

const FIGURES: readonly (readonly [title: string, figure: string])[] = [
  ['Requests per second', 'achieved'],
  ['50 %, ms', 'p50'],
  ['95 %, ms', 'p95'],
  ['99 %, ms', 'p99'],
  ['Failures', 'failures'],
  ['CPU, 100 % = a core', 'cpu'],
];
const ROWS = FIGURES.map(([title, id]) => ({ title, figure: figureById(id) }));
const MEMORY = { title: 'Memory, MB at most', figure: figureById('memory.max') };

/** The repeats of one cell in one case. */
type Repeats = readonly CellRecord[];

/** In the order in which they were measured; none where a run has but one case. */
export function caseTables({ cells }: Pick<Report, 'cells'>): CaseTable[] {
  const records = cells.map(({ record }) => record).filter((record) => record.case !== undefined);
  const groups = grouped(records, ({ subject, load, workers }) =>
    JSON.stringify([subjectKey(subject), loadTitle(load), workers]),
  );
  return [...groups.values()].flatMap((members) => {
    const columns = [...grouped(members, caseKey).values()];
    return columns.length < 2 ? [] : [tableOf(columns)];
  });
}

function tableOf(columns: readonly Repeats[]): CaseTable {
  const [first] = columns[0] ?? [];
  const verdicts = columns.map(verdictCell);
  const isInvalid = verdicts.some(({ text }) => text === 'INVALID');
  return {
    title: first === undefined ? '' : titleOf(first, columns),
    columns: [
      { heading: ['', ''], holds: 'words' },
      ...columns.map(([cell]) => ({
        heading: [shownName(cell?.case?.name ?? ''), ''] as const,
        isForeign: true as const,
        holds: 'figures' as const,
      })),
    ],
    rows: [
      [plain('Limits'), ...columns.map(([cell]) => plain(limitsOf(cell)))],
      ...ROWS.flatMap((row) => rowOf(row, columns, isInvalid)),
      ...shareRow('CPU, % of its limit', columns, cpuShare),
      ...shareRow('Throttled, % of periods', columns, throttled),
      ...rowOf(MEMORY, columns, isInvalid),
      ...shareRow('Memory, % of its limit', columns, memoryShare),
      [plain('Verdict'), ...verdicts],
    ],
    notes: [isInvalid ? NO_RATIOS : BESIDE, ...notesOf(columns)],
  };
}

const NO_RATIOS = 'No ratios: INVALID figures say nothing of the target.';
const BESIDE = 'In brackets: the figure ÷ that of the first case.';

function titleOf(cell: CellRecord, columns: readonly Repeats[]): string {
  const repeats = Math.max(...columns.map(({ length }) => length));
  return [
    `Resource cases of ${shownName(requestWords(cell.subject))}`,
    loadTitle(cell.load),
    sizingWords({ workers: cell.workers }),
    ...(repeats > 1 ? [`medians of ${repeats} repeats`] : []),
  ].join(' · ');
}

/** `0.5 cores, 256 MiB`. */
function limitsOf(cell: CellRecord | undefined): string {
  const { cpuCores = null, memoryBytes = null, memoryBy = null } = cell?.case ?? {};
  return [
    ...(cpuCores === null ? [] : [coresInWords(cpuCores)]),
    ...(memoryBytes === null || memoryBy === 'nothing' ? [] : [bytesInWords(memoryBytes)]),
  ].join(', ');
}

interface Row {
  readonly title: string;
  readonly figure: FigureDefinition;
}

function rowOf({ title, figure }: Row, columns: readonly Repeats[], isInvalid: boolean): TableCell[][] {
  const shown = columns.map((repeats) => figureCell(figure, repeats, repeats));
  if (shown.every(({ text }) => text === NOT_KNOWN)) return [];
  const medians = columns.map((repeats) => medianFigure(repeats.map((cell) => figure.storedOf(cell))));
  const cells = shown.map((cell, at) => {
    const ratio = at === 0 || isInvalid ? null : ratioOf(medians[at] ?? null, medians[0] ?? null);
    return ratio === null ? cell : { ...cell, text: `${cell.text} (${ratioText(ratio)})` };
  });
  return [[plain(title), ...cells]];
}

/** Left out where none is known. */
function shareRow(
  title: string,
  columns: readonly Repeats[],
  shareOf: (cell: CellRecord) => number | null,
): TableCell[][] {
  const texts = columns.map((repeats) => {
    const shares = repeats.map(shareOf);
    const median = medianFigure(
      shares.map((value) => (value === null ? null : { value, isLowerBound: false })),
    );
    return median === null ? NOT_KNOWN : percent(median.value);
  });
  if (texts.every((text) => text === NOT_KNOWN)) return [];
  return [[plain(title), ...texts.map(plain)]];
}

function cpuShare({ gauges, case: limits, cpuQuota }: CellRecord): number | null {
  const mean = gauges['target.cpu']?.mean ?? null;
  const { cpuCores = null } = limits ?? {};
  if (mean === null || cpuCores === null) return null;
  // Of a case with more cores than there were, what was really granted.
  return mean / 100 / Math.min(cpuCores, cpuQuota?.target?.cores ?? cpuCores);
}

function throttled({ cpuQuota, window }: CellRecord): number | null {
  return cpuQuota?.target ? throttledShare(cpuQuota.target, window.durationMs) : null;
}

function memoryShare({ gauges }: CellRecord): number | null {
  const most = gauges['target.memory.share']?.max;
  return most === undefined ? null : most / 100;
}

function notesOf(columns: readonly Repeats[]): string[] {
  const named = (isMeant: (one: NonNullable<CellRecord['case']>) => boolean): string =>
    columns
      .flatMap(([cell]) => (cell?.case !== undefined && isMeant(cell.case) ? shownName(cell.case.name) : []))
      .join('; ');
  const open = named(({ memoryBy }) => memoryBy === 'nothing');
  const pinned = named(({ cpuBy }) => cpuBy === 'taskset');
  return [
    ...(open === '' ? [] : [`The memory was not limited, as no control group could do it: ${open}.`]),
    ...(pinned === ''
      ? []
      : [`Pinned to whole cores with taskset, which other programs used too: ${pinned}.`]),
  ];
}
