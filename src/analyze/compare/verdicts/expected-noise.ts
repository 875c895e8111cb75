import { highestRateOf } from '../../../model/loads/index.js';
import { targetKey } from '../../../model/results/cell-key.js';
import type { CellRecord } from '../../../model/results/cell-record.js';
import { keepsUp } from '../../../model/results/keeps-up.js';
import { loadBandOf, noiseOf, type NoiseFloor } from '../../../model/results/noise-floor.js';
import type { JudgedFigure } from './judged-figures.js';

/** How far a figure of a cell lies from run to run when nothing has changed: SD of its logarithm. */
export type ExpectedNoise = (figure: JudgedFigure, cell: CellRecord) => number;

/** By the noise floor, or where there is none of the figure by what the load makes likely. */
export function expectedNoise(cells: readonly CellRecord[], floor: NoiseFloor | null): ExpectedNoise {
  const highest = new Map<string, Reached>();
  // Asked for of each figure of each cell.
  const keys = new Map(cells.map((cell) => [cell, targetKey(cell)]));
  for (const [cell, key] of keys) highest.set(key, withCell(highest.get(key), cell));
  return (figure, cell) => {
    const reached = highest.get(keys.get(cell) ?? targetKey(cell));
    return floorOf(floor, figure, cell, reached) ?? assumedNoise(figure, cell, reached);
  };
}

/** What a subject reached at a sizing, in requests a second. */
interface Reached {
  readonly rates: ReadonlySet<number>;
  readonly highestKept: number;
  /** Achieved where it did not keep up; 0 = it always did. */
  readonly limit: number;
}

function withCell(before: Reached | undefined, cell: CellRecord): Reached {
  const { rates, highestKept, limit } = before ?? { rates: new Set<number>(), highestKept: 0, limit: 0 };
  const rate = cell.window.plannedRps ?? 0;
  const kept = keepsUp(cell);
  return {
    rates: new Set([...rates, highestRateOf(cell.load)]),
    highestKept: kept === true ? Math.max(highestKept, rate) : highestKept,
    limit: kept === false ? Math.max(limit, cell.achievedRps) : limit,
  };
}

function floorOf(
  floor: NoiseFloor | null,
  { id }: JudgedFigure,
  { window }: CellRecord,
  reached: Reached | undefined,
): number | undefined {
  if (floor === null) return undefined;
  // One rate alone does not tell how far it is from the highest.
  const isBandKnown = reached !== undefined && reached.highestKept > 0 && reached.rates.size > 1;
  const band =
    isBandKnown && window.plannedRps !== null ? loadBandOf(window.plannedRps / reached.highestKept) : null;
  return noiseOf(floor, id, band);
}

/** Of the service time, from run to run, on machines that are not known. */
const LEAST_NOISE = 0.05;
/** Nearer to its limit a target's latencies are anybody's guess. */
const HIGHEST_USE = 0.9;
const USE_NOT_KNOWN = 0.5;

/** A queue makes of a change of the service time 1 / (1 − ρ) times as much. */
function assumedNoise({ latency }: JudgedFigure, cell: CellRecord, reached: Reached | undefined): number {
  if (latency === undefined) return LEAST_NOISE;
  return LEAST_NOISE / (1 - Math.min(HIGHEST_USE, useOf(cell, reached)));
}

/** ρ: of what the target can do where that was seen, else of the CPU of its workers. */
function useOf({ window, gauges, workers }: CellRecord, reached: Reached | undefined): number {
  if (reached !== undefined && reached.limit > 0 && window.plannedRps !== null)
    return window.plannedRps / reached.limit;
  const percent = gauges['target.cpu']?.mean;
  return percent === undefined || percent === null ? USE_NOT_KNOWN : percent / (100 * Math.max(1, workers));
}
