import { grouped } from '../../kernel/grouped.js';
import type { FigureDefinition } from '../../model/figures/figure.js';
import { cellKey, targetKey } from '../../model/results/cell-key.js';
import type { CellRecord } from '../../model/results/cell-record.js';
import { keepsUp } from '../../model/results/keeps-up.js';
import { LOAD_BANDS, loadBandOf, type BandFloor, type LoadBand } from '../../model/results/noise-floor.js';

/**
 * How far figures lie apart between runs of the same, by band of the load; `runs` are their cells. Variances of cells are
 * pooled by their degrees of freedom. Cells that are INVALID, or whose target did not keep up, tell nothing of it.
 */
export function noiseOfRuns(
  runs: readonly (readonly CellRecord[])[],
  figures: readonly FigureDefinition[],
): BandFloor[] {
  const usable = runs.map((cells) => cells.filter(isUsable));
  const highest = highestRates(usable.flat());
  const cells = [...grouped(usable.flat(), cellKey).values()].filter(({ length }) => length > 1);
  const inBands = grouped(cells, ([first]) => bandOf(first as CellRecord, highest));
  return figures.flatMap((figure) =>
    [...LOAD_BANDS, null].flatMap((band) => floorOf(figure, band, inBands.get(band) ?? [])),
  );
}

function isUsable(cell: CellRecord): boolean {
  return cell.verdict.state !== 'INVALID' && keepsUp(cell) !== false;
}

/** That the targets kept up with, in requests a second; of one rate alone nobody knows how far it is from the highest. */
function highestRates(cells: readonly CellRecord[]): ReadonlyMap<string, number> {
  const byTarget = [...grouped(cells, targetKey)].map(([key, members]) => {
    const rates = new Set(members.map(({ window }) => window.plannedRps ?? 0));
    return [key, rates.size > 1 ? Math.max(...rates) : 0] as const;
  });
  return new Map(byTarget);
}

function bandOf(cell: CellRecord, highest: ReadonlyMap<string, number>): LoadBand | null {
  const { plannedRps } = cell.window;
  const most = highest.get(targetKey(cell)) ?? 0;
  return plannedRps === null || most === 0 ? null : loadBandOf(plannedRps / most);
}

function floorOf(
  figure: FigureDefinition,
  band: LoadBand | null,
  cells: readonly (readonly CellRecord[])[],
): BandFloor[] {
  const known = cells
    .map((repeats) => logsOf(figure, repeats))
    .filter((logs): logs is readonly number[] => logs !== null);
  if (known.length === 0) return [];
  const degreesOfFreedom = known.reduce((sum, logs) => sum + logs.length - 1, 0);
  const squares = known.reduce((sum, logs) => sum + squaresAroundMean(logs), 0);
  return [
    {
      ...{ figure: figure.id, band, sdLog: Math.sqrt(squares / degreesOfFreedom) },
      repeats: Math.max(...known.map(({ length }) => length)),
      ...{ cells: known.length, degreesOfFreedom },
    },
  ];
}

/** Null where the figure is not known exactly, and above 0, in two runs at least. */
function logsOf({ storedOf }: FigureDefinition, repeats: readonly CellRecord[]): readonly number[] | null {
  const logs = repeats.flatMap((cell) => {
    const figure = storedOf(cell);
    return figure === null || figure.isLowerBound || figure.value <= 0 ? [] : [Math.log(figure.value)];
  });
  return logs.length > 1 ? logs : null;
}

function squaresAroundMean(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
}
