import { subjectKey } from '../../model/results/subject.js';
import { identityOf } from '../../model/loads/index.js';
import { sizingKey } from '../../model/results/sizing.js';
import type { CellRecord } from '../../model/results/cell-record.js';

/** The repeats of one cell in one run, at least one, in the order in which they were measured. */
export type Repeats = readonly [CellRecord, ...CellRecord[]];

export interface MatchedCells {
  /** In the order of the base. */
  readonly pairs: readonly { readonly base: Repeats; readonly candidate: Repeats }[];
  readonly onlyInBase: readonly Repeats[];
  readonly onlyInCandidate: readonly Repeats[];
}

/**
 * Which cells of two runs measured the same: operations with their weights, sizing and load. The length of the load may
 * differ where no cell of the same length is there.
 */
export function matchCells(base: readonly CellRecord[], candidate: readonly CellRecord[]): MatchedCells {
  const groups = repeatsOf(base);
  const exact = pairUp(groups, repeatsOf(candidate), keyOf);
  const rest = pairUp(
    groups.filter((group) => !exact.pairs.has(group)),
    exact.unpaired,
    keyWithoutLength,
  );
  const partnerOf = (group: Repeats): Repeats | undefined => exact.pairs.get(group) ?? rest.pairs.get(group);
  return {
    pairs: groups.flatMap((group) => {
      const partner = partnerOf(group);
      return partner === undefined ? [] : [{ base: group, candidate: partner }];
    }),
    onlyInBase: groups.filter((group) => partnerOf(group) === undefined),
    onlyInCandidate: rest.unpaired,
  };
}

function repeatsOf(cells: readonly CellRecord[]): Repeats[] {
  const groups = new Map<string, [CellRecord, ...CellRecord[]]>();
  for (const cell of cells) {
    const group = groups.get(keyOf([cell]));
    if (group) group.push(cell);
    else groups.set(keyOf([cell]), [cell]);
  }
  return [...groups.values()];
}

interface Pairing {
  readonly pairs: ReadonlyMap<Repeats, Repeats>;
  /** Of the candidate. */
  readonly unpaired: readonly Repeats[];
}

function pairUp(
  base: readonly Repeats[],
  candidate: readonly Repeats[],
  key: (group: Repeats) => string,
): Pairing {
  const waiting = new Map<string, Repeats[]>();
  for (const group of candidate) waiting.set(key(group), [...(waiting.get(key(group)) ?? []), group]);
  const pairs = new Map<Repeats, Repeats>();
  for (const group of base) {
    const partner = waiting.get(key(group))?.shift();
    if (partner) pairs.set(group, partner);
  }
  const paired = new Set(pairs.values());
  return { pairs, unpaired: candidate.filter((group) => !paired.has(group)) };
}

function keyOf(group: Repeats): string {
  return JSON.stringify([keyWithoutLength(group), identityOf(group[0].load).length]);
}

function keyWithoutLength([cell]: Repeats): string {
  return JSON.stringify([subjectKey(cell.subject), sizingKey(cell), identityOf(cell.load).shape]);
}
