import { plural } from '../../../kernel/format.js';
import type { CellRecord } from '../../../model/results/cell-record.js';
import type { AbPair } from '../../../model/results/run-record.js';
import type { MatchedCells, Repeats } from '../match-cells.js';

type MatchedPair = MatchedCells['pairs'][number];

/** The repeats of a cell that can be judged: without INVALID ones, for which the generator was the limit. */
export interface JudgedRepeats {
  readonly base: readonly CellRecord[];
  readonly candidate: readonly CellRecord[];
  /** Whether the nth of both sides are a pair of `bench ab`. */
  readonly isPaired: boolean;
  /** What was left out; `null` = nothing. */
  readonly leftOut: string | null;
}

/** Fewer differences have too few degrees of freedom: then the sides are compared as a whole. */
const LEAST_PAIRS = 5;

export function repeatsToJudge(pair: MatchedPair, pairOf: (cell: CellRecord) => AbPair | undefined): JudgedRepeats {
  const [base, candidate] = [pair.base, pair.candidate].map(withoutInvalid) as [CellRecord[], CellRecord[]];
  const leftOut = leftOutWords(pair, base, candidate);
  const places = placesOf(base, candidate, pairOf);
  if (places === undefined || places.length < LEAST_PAIRS) return { base, candidate, isPaired: false, leftOut };
  return {
    base: places.map(([ofBase]) => ofBase),
    candidate: places.map(([, ofCandidate]) => ofCandidate),
    isPaired: true,
    leftOut,
  };
}

function withoutInvalid(repeats: Repeats): CellRecord[] {
  return repeats.filter(({ verdict }) => verdict.state !== 'INVALID');
}

/** Pairs of which both sides are there; undefined where the runs are no pairs of one `bench ab`. */
function placesOf(
  base: readonly CellRecord[],
  candidate: readonly CellRecord[],
  pairOf: (cell: CellRecord) => AbPair | undefined,
): [CellRecord, CellRecord][] | undefined {
  const pairs = [...base, ...candidate].map((cell) => pairOf(cell));
  const isOfOne = pairs.every((one) => one !== undefined && one.id === pairs[0]?.id);
  const [ofBase, ofCandidate] = [base, candidate].map(
    (cells) => new Map(cells.map((cell) => [pairOf(cell)?.index, cell])),
  ) as [Map<number | undefined, CellRecord>, Map<number | undefined, CellRecord>];
  // With several repeats in a run none of them has a partner of its own.
  if (!isOfOne || ofBase.size < base.length || ofCandidate.size < candidate.length) return undefined;
  return [...ofBase].flatMap(([index, cell]): [CellRecord, CellRecord][] => {
    const partner = ofCandidate.get(index);
    return partner === undefined ? [] : [[cell, partner]];
  });
}

function leftOutWords(
  pair: MatchedPair,
  base: readonly CellRecord[],
  candidate: readonly CellRecord[],
): string | null {
  const ofBase = pair.base.length - base.length;
  const ofCandidate = pair.candidate.length - candidate.length;
  const words = [
    ...(ofBase === 0 ? [] : [`${plural(ofBase, 'INVALID repeat')} of A`]),
    ...(ofCandidate === 0 ? [] : [`${plural(ofCandidate, 'INVALID repeat')} of B`]),
  ];
  return words.length === 0 ? null : `left out: ${words.join(', ')}`;
}
