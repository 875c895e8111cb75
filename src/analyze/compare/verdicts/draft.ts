import type { ChangeVerdict, JudgedChange } from '../../../model/results/comparison.js';
import { adjustForNumber } from '../statistics/benjamini-hochberg.js';

/** What the other figures of its family make of a change. */
export interface Ruling {
  readonly adjustedPValue: number | null;
  /** Whether it is more than chance and the margin. */
  readonly isFound: boolean;
  /** Of its interval, 0 to 1. */
  readonly confidence: number;
}

/** A figure of a cell, before all are corrected for their number. */
export interface Draft {
  readonly family: JudgedChange['family'];
  /** `null` = not one that could be found: it does not count for the others. */
  readonly pValue: number | null;
  readonly settle: (ruling: Ruling) => JudgedChange;
}

/** At most this share of what is found in a family was found by chance. */
const FALSE_DISCOVERY_RATE = 0.05;
/** Of two one-sided tests at 5 %: what lies in it is unchanged. */
const EQUIVALENCE_CONFIDENCE = 0.9;

/**
 * Judgements in the order of the drafts: of each family Benjamini and Hochberg's procedure (1995). Intervals of what was
 * found have the confidence that selection leaves (Benjamini and Yekutieli, 2005), all others that of the test for no change.
 */
export function settleAll(drafts: readonly Draft[]): JudgedChange[] {
  const rulings = new Map<Draft, Ruling>();
  for (const family of ['primary', 'exploratory'] as const) {
    const tested = drafts.filter((draft) => draft.family === family && draft.pValue !== null);
    const adjusted = adjustForNumber(tested.map(({ pValue }) => pValue ?? 1));
    const found = adjusted.filter((one) => one <= FALSE_DISCOVERY_RATE).length;
    const confidence = 1 - (found * FALSE_DISCOVERY_RATE) / tested.length;
    tested.forEach((draft, at) => {
      const adjustedPValue = adjusted[at] ?? 1;
      const isFound = adjustedPValue <= FALSE_DISCOVERY_RATE;
      rulings.set(draft, {
        adjustedPValue,
        isFound,
        confidence: isFound ? confidence : EQUIVALENCE_CONFIDENCE,
      });
    });
  }
  return drafts.map((draft) => draft.settle(rulings.get(draft) ?? NOT_TESTED));
}

const NOT_TESTED: Ruling = { adjustedPValue: null, isFound: false, confidence: EQUIVALENCE_CONFIDENCE };

/** What is said of a change that was found; of single runs no more than that it is worth a repeat. */
export function foundVerdict(isWorse: boolean, isOfSingleRuns: boolean): ChangeVerdict {
  if (isOfSingleRuns) return 'SUSPECT';
  return isWorse ? 'REGRESSED' : 'IMPROVED';
}
