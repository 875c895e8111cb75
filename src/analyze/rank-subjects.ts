import type { Endurance, Ranking } from '../model/report/analysis.js';
import { figureById } from '../model/figures/index.js';
import type { GridLoad } from '../model/report/grid-load.js';
import {
  achievedShare,
  keepsUp,
  medianOf,
  worstVerdict,
  type GridSubject,
  type LoadGrid,
} from '../model/report/load-grid.js';
import { sizingKey, type Sizing } from '../model/results/sizing.js';
import { LEAST_ANSWERED_SHARE } from '../model/results/verdict.js';

const P99 = figureById('p99');

/**
 * Worst first: those that stop keeping up before the others, at the lowest rate first; then those of which it is not
 * known; of these and of the rest the one that achieves the smaller share of the reference load, where that is not
 * nearly all; then the one with the higher p99 there.
 */
export function rankSubjects(grid: LoadGrid): Ranking {
  const reference = referenceLoad(grid);
  const ranked = grid.subjects.map((subject) => {
    const endurance = grid.sizings.map((sizing) => enduranceOf(subject, grid.loads, sizing));
    return { key: subject.key, endurance, ...placeOf(subject, endurance, reference) };
  });
  ranked.sort(
    (a, b) =>
      ascending(a.stopRate, b.stopRate) ||
      ascending(a.certainty, b.certainty) ||
      ascending(a.share, b.share) ||
      ascending(b.p99Ms, a.p99Ms),
  );
  return { subjects: ranked.map(({ key, endurance }) => ({ key, endurance })), reference };
}

function referenceLoad({ loads, subjects }: LoadGrid): GridLoad | null {
  const measured = (load: GridLoad): number => subjects.filter(({ byLoad }) => byLoad.has(load.key)).length;
  const counts = new Map(loads.map((load) => [load, measured(load)]));
  const most = Math.max(0, ...counts.values());
  const common = loads.filter((load) => counts.get(load) === most);
  // Of equal ones that of the first sizing, as they come.
  common.sort((a, b) => b.size - a.size);
  return common[0] ?? null;
}

function enduranceOf({ byLoad }: GridSubject, loads: readonly GridLoad[], sizing: Sizing): Endurance {
  const firstWith = (found: boolean | null): GridLoad | undefined =>
    loads.find((load) => {
      const isHere = sizingKey(load) === sizingKey(sizing) && !load.isClosed;
      const cells = isHere ? byLoad.get(load.key) : undefined;
      return cells !== undefined && keepsUp(cells) === found;
    });
  const stopsAt = firstWith(false) ?? null;
  const unknown = firstWith(null);
  const isUncertain = unknown !== undefined && (stopsAt === null || unknown.size < stopsAt.size);
  const isDoubtful = stopsAt !== null && worstVerdict(byLoad.get(stopsAt.key) ?? []) === 'INVALID';
  return { sizing, stopsAt, isUncertain, isDoubtful };
}

function placeOf(
  { byLoad }: GridSubject,
  endurance: readonly Endurance[],
  reference: GridLoad | null,
): { stopRate: number; certainty: number; share: number; p99Ms: number } {
  const cells = reference ? (byLoad.get(reference.key) ?? []) : [];
  const stopRate = Math.min(...endurance.map(({ stopsAt }) => stopsAt?.size ?? Infinity));
  const share = achievedShare(cells);
  return {
    stopRate,
    certainty: endurance.some(({ isUncertain }) => isUncertain) ? 0 : 1,
    share: stopRate === Infinity && share >= LEAST_ANSWERED_SHARE ? 1 : share,
    p99Ms: medianOf(cells, P99)?.value ?? 0,
  };
}

function ascending(a: number, b: number): number {
  return a === b ? 0 : a - b;
}
