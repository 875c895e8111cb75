import type { ChangeVerdict, JudgedChange } from '../../../model/results/comparison.js';
import { studentQuantile } from '../statistics/student.js';
import type { RunEstimate } from '../statistics/estimate-changes.js';
import { treatPValue } from '../statistics/treat.js';
import { foundVerdict, type Draft, type Ruling } from './draft.js';

/** What a judgement says of its figure before anything is known of the change. */
export type Named = Pick<JudgedChange, 'figure' | 'title' | 'unit' | 'better' | 'family' | 'repeats'>;

interface LogChange {
  readonly named: Named;
  readonly basis: 'repeats' | 'sections';
  readonly marginPercent: number;
  readonly estimate: RunEstimate;
  readonly why: string | null;
}

/** A change that is a factor. */
export function judgeLogChange(change: LogChange): Draft {
  const { named, estimate, marginPercent } = change;
  const pValue = treatPValue(estimate, Math.log1p(marginPercent / 100));
  return { family: named.family, pValue, settle: (ruling) => settle(change, pValue, ruling) };
}

function settle(
  { named, basis, marginPercent, estimate, why }: LogChange,
  pValue: number,
  { adjustedPValue, isFound, confidence }: Ruling,
): JudgedChange {
  const { change, standardError, degreesOfFreedom } = estimate;
  const margin = Math.log1p(marginPercent / 100);
  const reach = studentQuantile(1 - (1 - confidence) / 2, degreesOfFreedom) * standardError;
  const isWorse = change > 0 === (named.better === 'lower');
  const isInside = Math.abs(change) + reach < margin;
  const ifNotFound: ChangeVerdict = isInside ? 'UNCHANGED' : 'INCONCLUSIVE';
  const verdict = isFound ? foundVerdict(isWorse, basis === 'sections') : ifNotFound;
  return {
    ...named,
    basis,
    percent: percentOf(change),
    interval: {
      lowPercent: percentOf(change - reach),
      highPercent: percentOf(change + reach),
      confidence,
    },
    marginPercent,
    pValue,
    adjustedPValue,
    verdict,
    neededRepeats: neededRepeats(verdict, estimate, margin, named),
    detectablePercent: percentOf(margin + powerReach(degreesOfFreedom) * standardError),
    why: verdict === 'SUSPECT' ? [why, REPEAT].filter((one) => one !== null).join('; ') : why,
  };
}

const REPEAT = 'a single run on a side shows no more than a suspicion: repeat';

function percentOf(log: number): number {
  return 100 * Math.expm1(log);
}

const LEAST_REPEATS = 3;
const POWER = 0.8;

/** Standard errors between the margin and a change that is found in 4 of 5 comparisons, at 5 % of false alarms. */
function powerReach(degreesOfFreedom: number): number {
  return studentQuantile(0.975, degreesOfFreedom) + studentQuantile(POWER, degreesOfFreedom);
}

/**
 * n = 2 (z.975 + z.8)² s² / d²: with d = the margin so many tell no change from one of twice the margin; of a change that is
 * suspected, d is what it has beyond the margin. At least one more than there are, for those did not tell.
 */
function neededRepeats(
  verdict: ChangeVerdict,
  { change, sdOfRuns }: RunEstimate,
  margin: number,
  { repeats }: Named,
): number | null {
  if (verdict !== 'INCONCLUSIVE' && verdict !== 'SUSPECT') return null;
  const distance = verdict === 'SUSPECT' ? Math.abs(change) - margin : margin;
  const needed = Math.ceil(2 * (powerReach(Infinity) * (sdOfRuns / distance)) ** 2);
  return Math.max(LEAST_REPEATS, needed, Math.min(repeats.base, repeats.candidate) + 1);
}
