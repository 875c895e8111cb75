import { grouped } from '../../kernel/grouped.js';
import { shownFigure, type Figure, type FigureDefinition } from '../../model/figures/figure.js';
import { medianFigure } from '../../model/report/median-figure.js';
import { cellKey } from '../../model/results/cell-key.js';
import type { CellRecord } from '../../model/results/cell-record.js';
import type { Series } from '../../model/results/history.js';
import { keepsUp } from '../../model/results/keeps-up.js';

/** A cell with its place in its run, and that of the run among all, oldest first. */
interface Measured {
  readonly run: number;
  readonly place: number;
  readonly cell: CellRecord;
}

type Group = readonly Measured[];

/** A figure of a cell over the runs, not yet searched for change points. */
export type CellSeries = Pick<
  Series,
  'subject' | 'load' | 'workers' | 'case' | 'figure' | 'title' | 'unit' | 'better' | 'values' | 'without'
>;

/**
 * One for each figure of each cell that any run measured; `runs` are their cells. Those of the newest run come first, in
 * its order.
 */
export function cellSeries(
  runs: readonly (readonly CellRecord[])[],
  figures: readonly FigureDefinition[],
): CellSeries[] {
  const all = runs.flatMap((cells, run) => cells.map((cell, place): Measured => ({ run, place, cell })));
  return [...grouped(all, ({ cell }) => cellKey(cell)).values()]
    .sort((a, b) => newestOf(b).run - newestOf(a).run || newestOf(a).place - newestOf(b).place)
    .flatMap((group) => figures.map((figure) => seriesOf(group, figure)))
    .filter(({ values }) => values.length > 0);
}

function newestOf(group: Group): Measured {
  return group.at(-1) as Measured;
}

function seriesOf(group: Group, figure: FigureDefinition): CellSeries {
  const { id, title, unit, better } = figure;
  const { subject, load, workers, case: limits } = newestOf(group).cell;
  const byRun = [...grouped(group, ({ run }) => run)];
  const kinds = byRun.map(([run, repeats]) => ({
    run,
    ...usable(
      repeats.map(({ cell }) => cell),
      figure,
    ),
  }));
  return {
    ...{ subject, load, workers, ...(limits === undefined ? {} : { case: limits }) },
    ...{ figure: id, title, unit: unit.symbol, better },
    values: kinds.flatMap(({ run, value }) => (value === null ? [] : [{ run, ...value }])),
    without: {
      invalid: kinds.filter(({ why }) => why === 'invalid').length,
      behind: kinds.filter(({ why }) => why === 'behind').length,
    },
  };
}

interface Usable {
  readonly value: Figure | null;
  readonly why?: 'invalid' | 'behind';
}

/** The median of the repeats that say something of the target; why there is none. */
function usable(repeats: readonly CellRecord[], figure: FigureDefinition): Usable {
  const valid = repeats.filter(({ verdict }) => verdict.state !== 'INVALID');
  if (valid.length === 0) return { value: null, why: 'invalid' };
  const steady = isLatency(figure) ? valid.filter((cell) => keepsUp(cell) !== false) : valid;
  if (steady.length === 0) return { value: null, why: 'behind' };
  return { value: medianFigure(steady.map((cell) => shownFigure(figure, cell))) };
}

/** Where the backlog grows, a latency says how long the window was. */
function isLatency({ unit }: FigureDefinition): boolean {
  return unit.symbol === 'ms';
}
