import { meanOf, squaresOf, varianceOf } from './moments.js';
import { squeezeVariances, type Variance } from './squeeze-variances.js';
import type { Estimate } from './treat.js';

/** One figure of one cell: the logarithm of its value in each run. At least two a side. */
export interface RunValues {
  readonly base: readonly number[];
  readonly candidate: readonly number[];
  /** Whether the nth of both sides were measured together. */
  readonly isPaired: boolean;
}

export interface RunEstimate extends Estimate {
  /** Of the logarithm, between runs of a side. */
  readonly sdOfRuns: number;
}

/** Fewer tell too little of how variances differ. */
const LEAST_CELLS_TO_SQUEEZE = 8;
/** Pairs cost half of the degrees of freedom, which fewer cannot spare. */
const LEAST_PAIRS = 5;
/** With more on one side than this times the other, variances that differ would mislead a common one. */
const MOST_LOPSIDED = 2;
/** Figures are kept to three digits: what differs by less is not known to. */
const LEAST_VARIANCE = 0.001 ** 2 / 12;

type Design = 'paired' | 'pooled' | 'apart';

/** The changes of one figure in many cells. */
export function estimateChanges(cells: readonly RunValues[]): RunEstimate[] {
  const designs = cells.map(designOf);
  const squeezed = new Map<number, Variance>();
  for (const design of ['paired', 'pooled'] as const) {
    const places = [...cells.keys()].filter((at) => designs[at] === design);
    if (places.length < LEAST_CELLS_TO_SQUEEZE) continue;
    const own = places.map((at) => varianceIn(cells[at] as RunValues, design));
    squeezeVariances(own).forEach((variance, place) => squeezed.set(places[place] as number, variance));
  }
  return cells.map((cell, at) => {
    const design = designs[at] as Design;
    const variance = squeezed.get(at);
    if (design === 'paired') return paired(cell, variance ?? varianceIn(cell, design));
    return variance === undefined ? welch(cell) : pooled(cell, variance);
  });
}

function designOf({ base, candidate, isPaired }: RunValues): Design {
  const [fewer, more] = [base.length, candidate.length].sort((a, b) => a - b) as [number, number];
  if (isPaired && fewer === more && fewer >= LEAST_PAIRS) return 'paired';
  return more > MOST_LOPSIDED * fewer ? 'apart' : 'pooled';
}

function differencesIn({ base, candidate }: RunValues): number[] {
  return candidate.map((value, at) => value - (base[at] ?? Number.NaN));
}

function varianceIn(cell: RunValues, design: Exclude<Design, 'apart'>): Variance {
  if (design === 'paired') {
    const differences = differencesIn(cell);
    return known(varianceOf(differences), differences.length - 1);
  }
  const degreesOfFreedom = cell.base.length + cell.candidate.length - 2;
  return known((squaresOf(cell.base) + squaresOf(cell.candidate)) / degreesOfFreedom, degreesOfFreedom);
}

function known(value: number, degreesOfFreedom: number): Variance {
  return { value: Math.max(value, LEAST_VARIANCE), degreesOfFreedom };
}

function paired(cell: RunValues, { value, degreesOfFreedom }: Variance): RunEstimate {
  const differences = differencesIn(cell);
  return {
    change: meanOf(differences),
    standardError: Math.sqrt(value / differences.length),
    degreesOfFreedom,
    // A difference holds the variation of two runs.
    sdOfRuns: Math.sqrt(value / 2),
  };
}

function pooled(cell: RunValues, { value, degreesOfFreedom }: Variance): RunEstimate {
  return {
    change: changeIn(cell),
    standardError: Math.sqrt(value * (1 / cell.base.length + 1 / cell.candidate.length)),
    degreesOfFreedom,
    sdOfRuns: Math.sqrt(value),
  };
}

function welch(cell: RunValues): RunEstimate {
  const base = known(varianceOf(cell.base), cell.base.length - 1);
  const candidate = known(varianceOf(cell.candidate), cell.candidate.length - 1);
  const perBase = base.value / cell.base.length;
  const perCandidate = candidate.value / cell.candidate.length;
  return {
    change: changeIn(cell),
    standardError: Math.sqrt(perBase + perCandidate),
    degreesOfFreedom:
      (perBase + perCandidate) ** 2 /
      (perBase ** 2 / base.degreesOfFreedom + perCandidate ** 2 / candidate.degreesOfFreedom),
    sdOfRuns: Math.sqrt((base.value + candidate.value) / 2),
  };
}

function changeIn({ base, candidate }: RunValues): number {
  return meanOf(candidate) - meanOf(base);
}
