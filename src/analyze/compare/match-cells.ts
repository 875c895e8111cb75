import { grouped } from '../../kernel/grouped.js';
import { identityOf, type Load } from '../../model/loads/index.js';
import { ACROSS, type Across } from '../../model/results/comparison.js';
import type { CellRecord } from '../../model/results/cell-record.js';
import { caseKey } from '../../model/results/sizing.js';
import { subjectKey, type Subject } from '../../model/results/subject.js';

/** The repeats of one cell in one run, at least one, in the order in which they were measured. */
export type Repeats = readonly [CellRecord, ...CellRecord[]];

export interface MatchedCells {
  /** In the order of the base. */
  readonly pairs: readonly { readonly base: Repeats; readonly candidate: Repeats }[];
  readonly onlyInBase: readonly Repeats[];
  readonly onlyInCandidate: readonly Repeats[];
}

/** What two cells may differ in and still be held against one another. */
export interface MatchOptions {
  readonly across?: readonly Across[];
  /** The subject of the candidate's run that a subject of the base has become. */
  readonly renamed?: (subject: Subject) => Subject;
}

/**
 * Which cells of two runs measured the same: operations with their weights, sizing and load. The length of the load may
 * differ where no cell of the same length is there, and what is in `across` where none is the same in it: then the first of
 * the base goes with the first of the candidate, the second with the second.
 */
export function matchCells(
  base: readonly CellRecord[],
  candidate: readonly CellRecord[],
  { across = [], renamed = (subject) => subject }: MatchOptions = {},
): MatchedCells {
  const groups = repeatsOf(base);
  const pairs = new Map<Repeats, Repeats>();
  let unpaired: readonly Repeats[] = repeatsOf(candidate);
  const keys = [keyOf, keyWithoutLength, (group: Repeats) => keyAcross(group, across)];
  for (const key of keys) {
    const lone = groups.filter((group) => !pairs.has(group));
    if (lone.length === 0 || unpaired.length === 0) break;
    const found = pairUp(lone, unpaired, key, renamed);
    found.pairs.forEach((partner, group) => pairs.set(group, partner));
    unpaired = found.unpaired;
  }
  return {
    pairs: groups.flatMap((group) => {
      const partner = pairs.get(group);
      return partner === undefined ? [] : [{ base: group, candidate: partner }];
    }),
    onlyInBase: groups.filter((group) => !pairs.has(group)),
    onlyInCandidate: unpaired,
  };
}

function repeatsOf(cells: readonly CellRecord[]): Repeats[] {
  const groups = new Map<string, [CellRecord, ...CellRecord[]]>();
  for (const cell of cells) {
    const key = keyOf([cell]);
    const group = groups.get(key);
    if (group) group.push(cell);
    else groups.set(key, [cell]);
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
  renamed: (subject: Subject) => Subject,
): Pairing {
  const waiting = grouped(candidate, key);
  const pairs = new Map<Repeats, Repeats>();
  for (const group of base) {
    const [first, ...others] = group;
    const partner = waiting.get(key([{ ...first, subject: renamed(first.subject) }, ...others]))?.shift();
    if (partner) pairs.set(group, partner);
  }
  const paired = new Set(pairs.values());
  return { pairs, unpaired: candidate.filter((group) => !paired.has(group)) };
}

function keyOf(group: Repeats): string {
  return JSON.stringify([keyWithoutLength(group), identityOf(group[0].load).length]);
}

function keyWithoutLength(group: Repeats): string {
  return keyAcross(group, []);
}

/** The same for cells that differ in nothing, or in what is left out alone. */
function keyAcross([cell]: Repeats, across: readonly Across[]): string {
  const parts: Record<Across, unknown> = {
    workers: cell.workers,
    limits: caseKey(cell),
    rates: identityOf(evenly(cell.load)).shape,
    arrivals: 'arrivals' in cell.load ? cell.load.arrivals : null,
  };
  const kept = ACROSS.filter((one) => !across.includes(one)).map((one) => parts[one]);
  return JSON.stringify([subjectKey(cell.subject), cell.load.kind, ...kept]);
}

/** Arrivals are a part of their own. */
function evenly(load: Load): Load {
  if (load.kind !== 'constant-rate') return load;
  const { kind, ratePerSecond, durationMs } = load;
  return { kind, ratePerSecond, durationMs, arrivals: 'constant' };
}
